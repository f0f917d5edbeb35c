"""The former place of these names; ``__init__`` can import them from where they are now."""

from d2lzh_pytorch.figure_words import describe
from d2lzh_pytorch.loss_figure import show_loss
from d2lzh_pytorch.style import plt, set_figsize, use_svg_display

__all__ = ["describe", "plt", "set_figsize", "show_loss", "use_svg_display"]
