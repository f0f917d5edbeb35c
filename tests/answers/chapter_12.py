"""Answers to the exercises of chapter 12."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
