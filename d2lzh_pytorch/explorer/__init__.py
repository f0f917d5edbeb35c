"""The interactive figure: ``figure.py`` makes it, the ``.mjs`` files run in the browser."""

from d2lzh_pytorch.explorer.figure import explore_momentum

__all__ = ["explore_momentum"]
