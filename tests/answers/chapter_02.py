"""Answers to the exercises of chapter 2."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
