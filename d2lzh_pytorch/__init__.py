"""Helpers for the momentum notebooks: data, 2-D traces, training loops, theory and figures."""

from d2lzh_pytorch import theory
from d2lzh_pytorch.data import get_data_ch7
from d2lzh_pytorch.draws import Draw, draw_run
from d2lzh_pytorch.exercises import check_answer
from d2lzh_pytorch.explorer import explore_momentum
from d2lzh_pytorch.figure_words import describe
from d2lzh_pytorch.fitting import fit_ch7, fit_pytorch_ch7
from d2lzh_pytorch.locale import set_language
from d2lzh_pytorch.loop import History
from d2lzh_pytorch.loss_figure import show_loss
from d2lzh_pytorch.model import linreg, squared_loss
from d2lzh_pytorch.moments import Moments, loss_moments, mean_loss
from d2lzh_pytorch.prediction import Prediction, predict_ch7
from d2lzh_pytorch.style import plt, set_figsize, use_svg_display
from d2lzh_pytorch.sweep import loss_curves, sweep_2d, sweep_ch7
from d2lzh_pytorch.trace import Trace, trace_2d, train_2d
from d2lzh_pytorch.trace_figure import show_trace_2d
from d2lzh_pytorch.training import train_ch7, train_pytorch_ch7

__version__ = "0.1.0"

__all__ = [
    "Draw",
    "History",
    "Moments",
    "Prediction",
    "Trace",
    "check_answer",
    "describe",
    "draw_run",
    "explore_momentum",
    "fit_ch7",
    "fit_pytorch_ch7",
    "get_data_ch7",
    "linreg",
    "loss_curves",
    "loss_moments",
    "mean_loss",
    "plt",
    "predict_ch7",
    "set_figsize",
    "set_language",
    "show_loss",
    "show_trace_2d",
    "squared_loss",
    "sweep_2d",
    "sweep_ch7",
    "theory",
    "trace_2d",
    "train_2d",
    "train_ch7",
    "train_pytorch_ch7",
    "use_svg_display",
]
