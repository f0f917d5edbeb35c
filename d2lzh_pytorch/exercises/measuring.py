"""How an answer becomes values that can be compared: one function for each way to ask.

Each takes the answer and the exercise, and returns a flat list of numbers, letters, or booleans.
"""

import reprlib
from typing import Any

import numpy as np
import torch

from d2lzh_pytorch import theory
from d2lzh_pytorch.data import get_data_ch7
from d2lzh_pytorch.fitting import fit_pytorch_ch7
from d2lzh_pytorch.trace import trace_2d


def not_as_asked(exercise: dict, got: str, remedy: str = "") -> TypeError:
    """Return the error for what cannot be judged; without a remedy it names the parts to pass."""
    wanted = ", ".join(exercise["parts"])
    if not remedy:
        many = len(exercise["parts"]) > 1
        remedy = f"pass ({wanted}), in this order" if many else f"pass {wanted}"
    return TypeError(f"answer must be {wanted}, got {got}; {remedy}")


def values(answer: Any, exercise: dict) -> list:
    """The parts of the answer as they are; arrays and tensors are taken apart."""
    return _flat(answer, exercise)


def calls(answer: Any, exercise: dict) -> list:
    """What a function returns for each list of arguments in "calls"; a list comes as an array.

    Each call returns as many numbers as "counts" says; without it, all calls return alike.
    """
    _check_function(answer, exercise)
    found: list = []
    every = len(exercise["answer"]) // len(exercise["calls"])
    counts = exercise.get("counts", [every] * len(exercise["calls"]))
    for arguments, count in zip(exercise["calls"], counts, strict=True):
        returned = _called(answer, arguments)
        numbers = [] if returned is None else _flat(returned, exercise)
        if len(numbers) != count:
            call = _call(answer, arguments)
            got = f"{len(numbers)} value(s), {reprlib.repr(returned)}, from {call}"
            raise not_as_asked(exercise, got, f"return {count} value(s) from this call")
        found += numbers
    return found


def trace(answer: Any, exercise: dict) -> list:
    """Points of a 2-D trace: the function is called with each of "calls" and returns a trainer.

    "points" are the steps that are looked at; "start" is where it starts, if not at (-5, -2).
    """
    _check_function(answer, exercise)
    found = []
    for arguments in exercise["calls"]:
        trainer = _called(answer, arguments)
        _check_function(trainer, exercise)
        steps = max(exercise["points"])
        points = trace_2d(trainer, steps=steps, start=exercise.get("start", (-5, -2))).points
        for step in exercise["points"]:
            found += _flat(points[step], exercise)
    return found


def rate_on_bowl(answer: Any, exercise: dict) -> list:
    """The larger convergence factor of the heavy ball at a pair (eta, gamma), for "curvatures".

    So a tie between pairs is judged by what it leads to.
    """
    pair = _flat(answer, exercise)
    if len(pair) != 2:
        raise not_as_asked(exercise, reprlib.repr(answer))
    eta, gamma = pair
    return [float(theory.rate(eta, gamma, exercise["curvatures"]).max())]


def losses(answer: Any, exercise: dict) -> list:
    """Losses of an optimizer class on the airfoil data, float64, at the records in "records".

    It is called as ``answer(params, **hyperparams)``; "seed" and "epochs" say which run.
    """
    _check_function(answer, exercise)
    features, labels = get_data_ch7(dtype=torch.float64)
    history = fit_pytorch_ch7(
        answer,
        exercise["hyperparams"],
        features,
        labels,
        num_epochs=exercise.get("epochs", 2),
        seed=exercise["seed"],
    )
    return [float(history.loss[record]) for record in exercise["records"]]


MEASURES = {
    "values": values,
    "calls": calls,
    "trace": trace,
    "rate_on_bowl": rate_on_bowl,
    "losses": losses,
}


def _flat(answer, exercise):
    if isinstance(answer, str):
        return [answer.strip().upper()]
    if isinstance(answer, torch.Tensor | np.ndarray):
        return _flat(answer.tolist(), exercise)
    if isinstance(answer, bool | np.bool_):
        return [bool(answer)]
    if isinstance(answer, tuple | list):
        return [x for part in answer for x in _flat(part, exercise)]
    try:
        return [float(answer)]
    except (TypeError, ValueError):
        raise not_as_asked(exercise, reprlib.repr(answer)) from None


def _check_function(answer, exercise):
    if not callable(answer):
        remedy = "pass its name, without brackets"
        raise not_as_asked(exercise, reprlib.repr(answer), remedy)


def _called(answer, arguments):
    """Call the reader's function; RuntimeError says which call raised what."""
    given = [np.array(x, dtype=float) if isinstance(x, list) else x for x in arguments]
    try:
        return answer(*given)
    except Exception as error:
        got = f"{error!r} from {_call(answer, arguments)}"
        remedy = "pass its name, without brackets, once this call works"
        raise RuntimeError(f"answer must be a function, got {got}; {remedy}") from error


def _call(answer, arguments):
    name = getattr(answer, "__name__", "answer")
    return f"{name}({', '.join(map(reprlib.repr, arguments))})"
