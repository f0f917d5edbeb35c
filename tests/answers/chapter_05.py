"""Answers to the exercises of chapter 5."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
