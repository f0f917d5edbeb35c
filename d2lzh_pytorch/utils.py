"""The published import path, ``import d2lzh_pytorch.utils as d2l``: the same names."""

from d2lzh_pytorch import *  # noqa: F403
from d2lzh_pytorch import __all__  # noqa: F401
