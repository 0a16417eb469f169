"""What is set for one printer goes before what its model says; a model nobody knows is refused in words."""

from __future__ import annotations

import pytest

from counter_app.devices.printer.peripheral import ABILITIES, profile_of
from counter_app.devices.printer.profiles import PROFILES
from counter_app.errors import UserFacingError
from counter_app.peripherals import Kind, Peripheral


def declared(model: str = "", **options: str) -> Peripheral:
    return Peripheral(Kind.PRINTER, "roll", "tcp://10.0.0.9", model, options=options)


@pytest.mark.parametrize("model", sorted(PROFILES))
def test_a_model_is_what_its_profile_says(model: str) -> None:
    assert profile_of(declared(model)) == PROFILES[model]
    assert PROFILES[model].columns * 12 == PROFILES[model].width_dots


@pytest.mark.parametrize("option", sorted(ABILITIES))
def test_a_setting_goes_before_the_model(option: str) -> None:
    field, _ = ABILITIES[option]
    usual = getattr(PROFILES["generic-80"], field)
    other = "no" if usual else "yes"
    assert getattr(profile_of(declared("generic-80", **{option: other})), field) is not usual
    assert getattr(profile_of(declared("generic-80", **{option: "model"})), field) is usual


def test_an_unknown_model_is_refused_with_those_known() -> None:
    with pytest.raises(UserFacingError) as refused:
        profile_of(declared("toaster"))
    assert refused.value.code == "printer.bad-model"
    assert "epson-80" in str(refused.value)
