"""Answers to the exercises of chapter 10."""

RIGHT = {}
SLIPS = {}
UNKNOWN = {}
