"""Answers to the exercises of chapter 9."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
