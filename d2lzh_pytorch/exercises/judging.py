"""One answer against what is right and against the known slips."""

import math
import reprlib
from typing import Any, NamedTuple

from d2lzh_pytorch.exercises.measuring import MEASURES, not_as_asked


class Verdict(NamedTuple):
    """``kind`` is "right", "unanswered", "wrong" or "partly"; ``hint`` names what to say.

    ``parts`` are the places that are right, counted from 1, where only some are.
    """

    kind: str
    hint: str = ""
    parts: tuple[int, ...] = ()


def judge(exercise: dict, answer: Any) -> Verdict:
    """Judge an answer; ``exercise`` has parts, answer, tolerance, slips and how to measure.

    TypeError where the answer cannot be measured or has not as many parts as asked for;
    RuntimeError where it is a function that raises what "raises" has no hint for.
    """
    if _unanswered(answer):
        return Verdict("unanswered")
    measure = exercise.get("measure", "values")
    try:
        measured = MEASURES[measure](answer, exercise)
    except RuntimeError as error:
        known = exercise.get("raises", {}).get(type(error.__cause__).__name__)
        if known is None:
            raise
        return Verdict("wrong", known)
    right = exercise["answer"]
    if len(measured) != len(right):
        raise not_as_asked(exercise, f"{len(measured)} values in {reprlib.repr(answer)}")
    tolerances = exercise.get("tolerance", 1e-9)
    if not isinstance(tolerances, list):
        tolerances = [tolerances] * len(right)
    hits = [_agrees(*triple, exercise) for triple in zip(measured, right, tolerances, strict=True)]
    if all(hits):
        return Verdict("right")
    places = tuple(place for place, hit in enumerate(hits, start=1) if hit)
    # Of a function's values, which ones are right tells a reader nothing.
    partly = bool(places) and measure == "values"
    hint = _slip(exercise, measured, tolerances)
    if hint == "otherwise" and _has_few_digits(measured, right, hits):
        hint = "few_digits"
    return Verdict("partly" if partly else "wrong", hint, places if partly else ())


def _unanswered(answer):
    """An ellipsis, alone or among the parts, is what the notebooks leave to fill in."""
    return answer is ... or (
        isinstance(answer, tuple | list) and any(part is ... for part in answer)
    )


def _has_few_digits(measured, right, hits):
    """Whether all that is wrong is only rounded too far."""
    triples = zip(measured, right, hits, strict=True)
    return all(hit or _is_rounded(got, wanted) for got, wanted, hit in triples)


def _is_rounded(got, wanted):
    """Whether got is wanted rounded; 0.7 for 0.65 changes it too much, and is a wrong answer."""
    if not isinstance(wanted, float) or not math.isclose(got, wanted, rel_tol=0.05):
        return False
    return any(got == round(wanted, places) for places in range(1, 7))


def _slip(exercise, measured, tolerances):
    """Return the first slip that gives what was measured; null in a slip may be anything."""
    for hint, values in exercise.get("slips", {}).items():
        triples = zip(measured, values, tolerances, strict=True)
        if all(value is None or _agrees(x, value, t, exercise) for x, value, t in triples):
            return hint
    return "otherwise"


def _agrees(got, wanted, tolerance, exercise):
    """Compare one part; [low, high] is a range, and a tolerance is relative."""
    if isinstance(wanted, str | bool):
        if type(got) is not type(wanted):
            kind = "a letter" if isinstance(wanted, str) else "True or False"
            raise not_as_asked(exercise, f"{got!r} where {kind} belongs")
        return got == wanted
    if isinstance(got, str | bool):
        raise not_as_asked(exercise, f"{got!r} where a number belongs")
    if isinstance(wanted, list):
        low, high = wanted
        return low <= got <= high
    return math.isclose(got, wanted, rel_tol=tolerance, abs_tol=1e-12)
