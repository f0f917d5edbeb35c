"""Answers to the exercises of chapter 4."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
