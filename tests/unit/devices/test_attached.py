"""Serial ports of the board: those that are there, of all that the kernel lists."""

from __future__ import annotations

from pathlib import Path

from counter_app.devices.attached import board_ports


def test_the_boards_own_ports_are_those_with_a_chip(tmp_path: Path) -> None:
    for name, chip in (("ttyS0", "4"), ("ttyS1", "0"), ("ttyS10", "4"), ("ttyS2", "4"), ("ttyAMA0", "32")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(f"{chip}\n", encoding="ascii")
    (tmp_path / "ttyUSB0").mkdir()  # found by its name at the USB, not here
    assert board_ports(tmp_path) == ("/dev/ttyS0", "/dev/ttyS2", "/dev/ttyS10", "/dev/ttyAMA0")
    assert board_ports(tmp_path / "none") == ()
