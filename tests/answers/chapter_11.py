"""Answers to the exercises of chapter 11."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
