"""Answers to the exercises of chapter 1."""

RIGHT = {"1.1": 1}
SLIPS = {"1.1": {"counts_the_start": 2, "never": 20}}
UNKNOWN = {"1.1": 7}
