"""The table of `docs/devices.md` against the drivers: every kind, model and way to a device is in it.

Each row says what it was tried on (M1–M4).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from counter_app.bootstrap.cards import trial_card
from counter_app.devices.registry import drivers
from counter_app.peripherals import Kind

PAGE: Final = (Path(__file__).resolve().parents[3] / "docs" / "devices.md").read_text(encoding="utf-8")
TABLE: Final = PAGE.partition("| kind | transports |")[2].partition("\n\n")[0].splitlines()[2:]
TRIED: Final = (
    "simulator", "not tried", "really", "made of software", "no transport here", "`test` device", "no keypad",
    "a real CUPS", "virtual slot", "nothing", "no card printer", "no sound card", "mouse only",
)  # fmt: skip
WAYS: Final = (
    "serial", "tcp", "usb://", "cups://", "ipp", "spooler://", "windows://", "file:///", "printer:", "hid://",
    "keyboard:", "http://", "folder:", "v4l2:", "dshow:", "wia:", "escl://", "sane:", "pcsc:", "evolis://",
    "system:",
)  # fmt: skip
DRIVERS: Final = drivers(lambda *_: b"", lambda *_: b"", trial_card, Path("locks"))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_and_each_of_its_models_is_written_down(kind: Kind) -> None:
    assert f"`{kind.value}`" in PAGE
    missing = [model for model in DRIVERS[kind].models if f"`{model}`" not in "\n".join(TABLE)]
    assert missing == []


def test_every_row_says_what_it_was_tried_on() -> None:
    assert len(TABLE) >= len(Kind)
    for row in TABLE:
        last = row.strip("|").split("|")[-1]
        assert any(word in last for word in TRIED), row


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_device_is_in_the_table(way: str) -> None:
    assert way in "\n".join(TABLE).replace("TCP", "tcp").replace("IPP", "ipp")
