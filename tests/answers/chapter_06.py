"""Answers to the exercises of chapter 6."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
