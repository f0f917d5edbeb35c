"""Where runs settle, predicted, against runs that were simulated with other code."""

import math

import numpy as np
import pytest
import torch

import d2lzh_pytorch as d2l
from d2lzh_pytorch.prediction import Prediction

# lr, momentum, batch_size; mean of many runs (thousands, or epochs of one thousand), and its
# standard error.
SETTLED = [
    (0.02, 0.5, 10, 0.243999, 0.000014),
    (0.02, 0.0, 10, 0.242470, 0.000005),
    (0.05, 0.9, 10, 0.29231, 0.00058),
    (0.02, 0.9, 100, 0.241967, 0.000001),
    (0.02, 0.99, 50, 0.273492, 0.000401),
    (0.02, 0.9, 7, 0.266944, 0.000252),
]


@pytest.mark.parametrize(("lr", "momentum", "batch_size", "mean", "error"), SETTLED)
def test_the_mean(lr, momentum, batch_size, mean, error, data):
    found = d2l.predict_ch7(*data, lr, momentum, batch_size)
    assert found.kind == "settles"
    assert abs(found.mean - mean) < 0.003 * mean
    assert abs(found.mean - mean) < 3 * error + 1e-4 * mean


def test_the_whole_batch_reaches_the_floor(data):
    floor = d2l.loss_moments(*data, 0.3, 0.9, steps=0).floor
    found = d2l.predict_ch7(*data, 0.3, 0.9, 1500)
    assert found.kind == "settles"
    np.testing.assert_allclose(found[:3], floor, rtol=1e-6)


def test_the_band(data):
    """Nine in ten of 2,000 runs at the end of their tenth epoch."""
    runs = d2l.loss_curves(
        d2l.sweep_ch7([(0.02, 0.9), (0.02, 0.5)], range(2000), *data, num_epochs=10)
    )
    for (lr, momentum), losses in zip([(0.02, 0.9), (0.02, 0.5)], runs[:, :, -1], strict=True):
        found = d2l.predict_ch7(*data, lr, momentum)
        assert np.mean(losses < found.low) == pytest.approx(0.05, abs=0.015)
        assert np.mean(losses > found.high) == pytest.approx(0.05, abs=0.015)


@pytest.mark.parametrize(
    ("setting", "kind", "mean"),
    [
        ((0.1, 0.9, 10), "heavy tails", 0.382),
        ((0.2, 0.9, 10), "heavy tails", math.nan),
        ((0.02, 0.9, 1), "heavy tails", math.nan),
        ((0.2241, 0.9, 10), "does not settle", math.inf),
        ((-0.1, 0.5, 10), "does not settle", math.inf),
        ((0, 0.5, 10), "does not settle", math.nan),
        ((0.1, 1.0, 10), "does not settle", math.inf),
    ],
)
def test_what_cannot_be_predicted_is_said(setting, kind, mean, data):
    found = d2l.predict_ch7(*data, *setting)
    assert found.kind == kind
    assert found.mean == pytest.approx(mean, abs=0.002, nan_ok=True)
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_the_limit_of_the_mean(data):
    """At momentum 0.9, batch size 10: 0.2241, computed independently."""
    below, above = (d2l.predict_ch7(*data, lr, 0.9).radius for lr in (0.2240, 0.2241))
    assert below < 1 < above


def test_other_data():
    """One feature, additive noise: what the formula for one direction gives."""
    X = torch.tensor([[1.0], [-1.0]]).repeat(50, 1)
    y = torch.linspace(-1, 1, 100)
    assert isinstance(d2l.predict_ch7(X, y, 0.05, 0.5, 10), Prediction)
    found = d2l.predict_ch7(X, y, 0.05, 0.5, 10)
    runs = d2l.loss_curves(d2l.sweep_ch7([(0.05, 0.5)], range(500), X, y, num_epochs=40))
    ends = runs[0, :, 20:]
    assert found.mean == pytest.approx(ends.mean(), rel=0.005)


def test_a_feature_that_stands_there_twice_changes_nothing_but_the_steps():
    """The copy adds to the curvature, as a feature larger by the root of 2 would."""
    X = torch.randn(60, 1, generator=torch.manual_seed(0))
    y = torch.linspace(-1, 1, 60)
    twice = d2l.predict_ch7(torch.cat([X, X], 1), y, 0.05, 0.5)
    larger = d2l.predict_ch7(2**0.5 * X, y, 0.05, 0.5)
    assert twice.kind == "settles"
    assert twice.mean == pytest.approx(larger.mean, rel=1e-9)
