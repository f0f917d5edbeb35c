"""Answers to the exercises of chapter 3."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
