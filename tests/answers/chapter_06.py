"""Answers to the exercises of chapter 6."""

import numpy as np
import torch


def by_hand(u=-1.0, weight=1.0, slope=2.0, steps=2, order="u first", gradient=None):
    """Exercise 6.1 with its slips: x and u after the steps, and eta times u."""
    x = 3.0
    for _ in range(steps):
        g = slope * x if gradient is None else gradient
        before = u
        u = 0.8 * u + weight * g
        x -= 0.2 * (u if order == "u first" else before)
    return x, u, 0.2 * u


def buffer_holds_v():
    x, v = 3.0, -1.0
    for _ in range(2):
        v = 0.8 * v + 0.2 * 2 * x
        x -= v
    return x, v / 0.2, v


class MyMomentum:
    def __init__(self, params, lr, momentum):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.u = [torch.zeros_like(p) for p in params]

    def step(self):
        for p, u in zip(self.params, self.u, strict=True):
            self.update(p, u)

    def update(self, p, u):
        u[:] = self.momentum * u + p.grad
        p.data -= self.lr * u

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class Order(MyMomentum):
    def update(self, p, u):
        p.data -= self.lr * u
        u[:] = self.momentum * u + p.grad


class Forgetful(MyMomentum):
    def update(self, p, u):
        u = self.momentum * u + p.grad
        p.data -= self.lr * u


class NeverCleared(MyMomentum):
    def zero_grad(self):
        pass


class LrTwice(MyMomentum):
    def update(self, p, u):
        u[:] = self.momentum * u + self.lr * p.grad
        p.data -= self.lr * u


class LrLeftOut(MyMomentum):
    def update(self, p, u):
        u[:] = self.momentum * u + p.grad
        p.data -= u


class LrStored(MyMomentum):
    def update(self, p, u):
        u[:] = self.lr * (self.momentum * u + p.grad)
        p.data -= u


class Average(MyMomentum):
    def update(self, p, u):
        u[:] = self.momentum * u + (1 - self.momentum) * p.grad
        p.data -= self.lr * u


class HardCoded(MyMomentum):
    def __init__(self, params, lr, momentum):
        super().__init__(params, 0.004, 0.9)


class Descent(MyMomentum):
    """No momentum, and another learning rate: a mistake that no hint knows."""

    def update(self, p, u):
        p.data -= 3 * self.lr * p.grad


def changed(form, after=10, factor=1.0):
    """Exercise 6.3: x1 after 20 steps, eta changed after so many; v times factor there."""
    x, moving, eta = -5.0, 0.0, 0.4
    for step in range(20):
        if step == after:
            eta = 0.04
            moving *= factor
        gradient = 0.2 * x
        moving = 0.5 * moving + (gradient if form == "u" else eta * gradient)
        x -= eta * moving if form == "u" else moving
    return x


def both_changed(after):
    return changed("u", after), changed("v", after)


def left_of_x(steps=300, first=(0, 1), read=1):
    """Exercise 6.6: the flattest direction with exact gradients."""
    s = 0.004 * 0.17368647418368485
    R = np.array([[0.9, s], [-0.9, 1 - s]])
    return (np.linalg.matrix_power(R, steps) @ first)[read]


EXCESS, DEVIATION = 0.00110461, 0.00155904  # of 6.6: b, and np.std over the seeds

RIGHT = {
    "6.1": by_hand(),
    "6.2": MyMomentum,
    "6.3": (11, *both_changed(10), 0.04 / 0.4),
    "6.4": (0.004 / (1 - 0.9), 10, 0.390, 13),
    "6.5": ("A", 2 * 0.9, True),
    "6.6": (0.112, left_of_x(), "B", (DEVIATION / EXCESS) ** 0.5),
}
SLIPS = {
    "6.1": {
        "one_step": by_hand(steps=1),
        "buffer_holds_v": buffer_holds_v(),
        "old_velocity": by_hand(order="x first"),
        "average": by_hand(weight=1 - 0.8),
        "gradient_kept": by_hand(gradient=6.0),
        "half_gradient": by_hand(slope=1.0),
        "upside_down": (*by_hand()[:2], by_hand()[1] / 0.2),
    },
    "6.2": {
        "order": Order,
        "forgetful": Forgetful,
        "never_cleared": NeverCleared,
        "lr_twice": LrTwice,
        "lr_left_out": LrLeftOut,
        "lr_stored": LrStored,
        "average": Average,
        "hard_coded": HardCoded,
    },
    "6.3": {
        "swapped": (11, changed("v"), changed("u"), 0.1),
        "a_step_early": (10, *both_changed(9), 0.1),
        "a_step_late": (12, *both_changed(11), 0.1),
        "only_one_changed": (11, changed("u"), changed("v", after=20), 0.1),
        "velocity_lost": (11, changed("u", factor=0), changed("v", factor=0), 0.1),
        "optimizer_renewed": (11, changed("u", factor=0), changed("v"), 0.1),
        "upside_down": (11, *both_changed(10), 0.4 / 0.04),
        "last_alike": (10, *both_changed(10), 0.1),
    },
    "6.4": {
        "lr_kept": (0.004, 1, 0.480, 30),
        "upside_down": (0.004 * (1 - 0.9), 1, 0.492, 30),
        "divided_twice": (0.004 / (1 - 0.9) ** 2, 100, 0.554, 30),
        "own_average": (0.04, 1, 0.44767, 0),
        "first_step_forgotten": (0.04, 1, 0.390, 13),
        "only_the_first_step": (0.04, 10 - 1, 0.390, 13),
        "last_above": (0.04, 10, 0.390, 13 - 1),
        "counts_from_one": (0.04, 10, 0.390, 13 + 1),
        "first_below": (0.04, 10, 0.390, 0),
    },
    "6.5": {
        "in_place": ("B", 1.8, True),
        "added_in_place": ("C", 1.8, True),
        "step_itself": ("D", 1.8, True),
        "gradient_untouched": ("A", 1 + 0.9, True),
        "velocity_zero": ("A", 1, True),
        "as_meant": ("A", 1 / (1 - 0.9), True),
        "not_cured": ("A", 1.8, False),
    },
    "6.6": {
        "swapped": (0.1144, 0.1123, "B", 1.19),
        "asymptotic": (0.112, 0.106, "B", 1.19),
        "as_descent": (0.112, (1 - 0.04 * 0.173686) ** 300, "B", 1.19),
        "one_epoch": (0.112, left_of_x(150), "B", 1.19),
        "pair_turned": (0.112, left_of_x(first=(1, 0)), "B", 1.19),
        "velocity_read": (0.112, left_of_x(read=0), "B", 1.19),
        "own_direction": (0.112, 0.114, "A", 1.19),
        "everywhere": (0.112, 0.114, "C", 1.19),
        "no_root": (0.112, 0.114, "B", DEVIATION / EXCESS),
        "too_rough": (0.112, 0.114, "B", 1.2),
        "other_deviation": (0.112, 0.114, "B", (DEVIATION * (20 / 19) ** 0.5 / EXCESS) ** 0.5),
        "one_side": (0.112, 0.114, "B", 0.857),
    },
}
UNKNOWN = {
    "6.1": (1.0, 2.0, 0.4),
    "6.2": Descent,
    "6.3": (11, -0.5, -0.5, 0.1),
    "6.4": (0.04, 10, 0.390, 20),
    "6.5": ("A", 0.9, True),
    "6.6": (0.2, 0.114, "B", 1.19),
}
