"""A client's optimizer: made, called, and told what it did not do."""

import inspect
import operator
import reprlib
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch.nn import Parameter

from d2lzh_pytorch.arguments import check_callable
from d2lzh_pytorch.telling import warn

Kind = tuple[torch.dtype, torch.Size]


def own_step(
    optimizer_fn: Callable[..., Any],
    params: list[Parameter],
    states: Any,
    hyperparams: Any,
) -> Callable[[], None]:
    """Return the step that calls ``optimizer_fn`` on a list of the parameters, then clears."""
    kinds = [_kind(p) for p in params]

    def step() -> None:
        given = list(params)
        try:
            optimizer_fn(given, states, hyperparams)
        except Exception as error:
            shown = f"states {reprlib.repr(states)} and hyperparams {reprlib.repr(hyperparams)}"
            error.add_note(f"optimizer_fn failed with {shown}: do both fit what it expects?")
            raise
        _check_same(given, params)
        for p, kind in zip(params, kinds, strict=True):
            if _kind(p) != kind:
                _refuse(p, kind)
            p.grad = None

    return step


def _check_same(given: list[Any], params: list[Parameter]) -> None:
    """Require that no parameter of the list was replaced; a list of another length is its own."""
    if all(map(operator.is_, given, params)):  # each step comes here: no loop in Python
        return
    i = [now is p for now, p in zip(given, params, strict=False)].index(False)
    remedy = f"write params[{i}].data -= ..., which changes the parameter itself"
    got = f"params[{i}] = {reprlib.repr(given[i])}; {remedy}"
    raise TypeError(f"optimizer_fn must not replace a parameter, got {got}")


def _refuse(p: Parameter, kind: Kind) -> None:
    remedy = "create states with dtype=p.dtype, or write p.data = (...).to(p.dtype)"
    got = f"{_words(_kind(p))}; {remedy}"
    raise TypeError(f"optimizer_fn must keep a parameter {_words(kind)}, got {got}")


def make_optimizer(
    optimizer_fn: Callable[..., Any], params: list[Parameter], hyperparams: Any
) -> Any:
    """Return what ``optimizer_fn`` makes: any object with ``step()`` and ``zero_grad()``."""
    check_callable("optimizer_fn", optimizer_fn, "a torch.optim class, such as SGD")
    if not (hyperparams is None or isinstance(hyperparams, Mapping)):
        got = reprlib.repr(hyperparams)
        remedy = "it becomes the keyword arguments of optimizer_fn"
        wanted = "a dict such as {'lr': 0.02}"
        raise TypeError(f"optimizer_hyperparams must be {wanted}, got {got}; {remedy}")
    name = getattr(optimizer_fn, "__name__", repr(optimizer_fn))
    try:
        optimizer = optimizer_fn(params, **(hyperparams or {}))
    except (TypeError, ValueError) as error:
        own = not isinstance(optimizer_fn, type)
        remedy = "use train_ch7 for your own function" if own else "see its signature"
        message = f"optimizer_hyperparams must fit {name}, got {hyperparams!r}: {error}; {remedy}"
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(message) from error
    if not all(callable(getattr(optimizer, method, None)) for method in ("step", "zero_grad")):
        got = reprlib.repr(optimizer)
        remedy = "pass a torch.optim class, or use train_ch7 for your own function"
        message = f"optimizer_fn must give an object with step and zero_grad, got {got}; {remedy}"
        raise TypeError(message)
    if _needs_argument(optimizer.step):
        remedy = "use SGD, Adam or another that needs none"
        raise TypeError(f"optimizer_fn must step without a closure, got {name}; {remedy}")
    return optimizer


def copies(params: list[Parameter]) -> list[torch.Tensor]:
    """Return the values of the parameters as they are now."""
    return [p.detach().clone() for p in params]


def warn_if_unchanged(
    before: list[torch.Tensor], params: list[Parameter], hyperparams: Any
) -> None:
    """Warn after a run that changed no parameter, as ``p = p - lr * p.grad`` does not.

    After the run and not after the first step: who accumulates gradients, or warms up from
    lr = 0, changes nothing at first.
    """
    unchanged = all(torch.equal(p, old) for p, old in zip(params, before, strict=True))
    if unchanged and learning_rate(hyperparams) != 0:
        remedy = "change them in place: p.data -= lr * p.grad, not p = p - lr * p.grad"
        warn(f"optimizer_fn must change the parameters, got the initial ones back; {remedy}")


def learning_rate(hyperparams: Any) -> float | None:
    """Return hyperparams["lr"] as a float, or None where there is no such number."""
    lr = hyperparams.get("lr") if isinstance(hyperparams, Mapping) else None
    try:
        return None if lr is None else float(lr)
    except (TypeError, ValueError, RuntimeError):
        return None


def _kind(p: torch.Tensor) -> Kind:
    return p.dtype, p.shape


def _words(kind: Kind) -> str:
    return f"{kind[0]} {tuple(kind[1])}"


def _needs_argument(method: Callable[..., Any]) -> bool:
    """Whether ``method`` cannot be called without arguments, as far as it tells."""
    try:
        parameters = inspect.signature(method).parameters.values()
    except (TypeError, ValueError):
        return False
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return any(p.default is p.empty and p.kind not in optional for p in parameters)
