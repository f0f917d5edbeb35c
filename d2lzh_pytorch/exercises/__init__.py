"""Answers to the exercises, judged; what is right and what is a known slip stands in answers/."""

import json
from importlib import resources
from typing import Any

from d2lzh_pytorch.exercises.judging import Verdict, judge
from d2lzh_pytorch.locale import catalogue, hints

__all__ = ["Verdict", "check_answer", "exercises", "judge"]


def check_answer(exercise: str, answer: Any) -> None:
    """Print whether ``answer`` is right, or what to look at; the answer itself is never said.

    ``exercise`` is its number, such as "1.1"; ``answer`` what its statement asks for: a number,
    a tuple of numbers, or a function. An ``...`` in it means that there is no answer yet.
    ValueError for an exercise that does not exist; TypeError for an answer that cannot be
    judged, which says what to pass; RuntimeError for a function that raises, with the call.

    >>> from d2lzh_pytorch.locale import set_language
    >>> set_language("en")
    >>> check_answer("1.1", 1)
    Exercise 1.1: right.
    >>> set_language("zh")
    """
    number = str(exercise)
    chapter = number.partition(".")[0].zfill(2)
    known = exercises(chapter)
    if number not in known:
        remedy = f"pass one of {', '.join(known)}" if known else "pass a number such as '1.1'"
        raise ValueError(f"exercise must be the number of one, got {exercise!r}; {remedy}")
    verdict = judge(known[number], answer)
    words = catalogue()["check"]
    hint = {"": "", **words, **hints(chapter)[number]}[verdict.hint]
    parts = words["comma"].join(map(str, verdict.parts))
    print(words[verdict.kind].format(exercise=number, parts=parts, hint=hint).strip())


def exercises(chapter: str) -> dict[str, dict]:
    """Return the exercises of a chapter, "01" to "12", as answers/ has them; else none."""
    file = resources.files(__package__).joinpath(f"answers/{chapter}.json")
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
