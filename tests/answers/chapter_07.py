"""Answers to the exercises of chapter 7."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
