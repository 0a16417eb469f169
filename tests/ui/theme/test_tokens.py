"""Colours can be read, states differ by shape, and the style sheet is whole."""

from __future__ import annotations

import re

import pytest

from counter_app.ui.theme.stylesheet import stylesheet
from counter_app.ui.theme.tokens import READ_TOGETHER, SHAPES, THEMES, State, Theme, contrast, fitting_scale


def test_contrast_is_the_standard_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_whatever_is_read_together_can_be_read(theme: Theme) -> None:
    weak = {
        (fore, back): round(contrast(getattr(theme, fore), getattr(theme, back)), 2)
        for fore, back in READ_TOGETHER
        if contrast(getattr(theme, fore), getattr(theme, back)) < 4.5
    }
    assert weak == {}


def test_every_state_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(State)
    assert len(set(SHAPES.values())) == len(State)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_every_state_is_read_on_every_ground(theme: Theme) -> None:
    for state in State:
        assert contrast(theme.state(state), theme.surface) >= 4.5
        assert contrast(theme.state(state), theme.selected) >= 4.5


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_sizes_grow_with_the_scale(scale: float) -> None:
    sheet = stylesheet(THEMES["light"], scale)
    assert "$" not in sheet
    assert f"font-size: {round(14 * scale)}px" in sheet
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", sheet)]
    assert min(sizes) == round(12 * scale)


def test_larger_screens_begin_with_larger_text() -> None:
    assert [fitting_scale(width) for width in (1024, 1366, 1920, 3840)] == [1.0, 1.0, 1.15, 1.3]
