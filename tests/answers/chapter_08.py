"""Answers to the exercises of chapter 8."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
