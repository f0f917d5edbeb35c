"""Formulas in the text, at many widths; test_pages.py sees those of every page at three."""

import pytest
from layout import torn_formulas


@pytest.mark.parametrize("name", ["03_ewma", "07_why_momentum_works"])
def test_formulas_at_many_widths(name, reading):
    """Each line's end falls on each sign once."""
    page = reading(name, 390)
    for width in range(330, 480, 9):
        page.set_viewport_size({"width": width, "height": 900})
        assert torn_formulas(page) == [], width
