"""What a home declares of its peripherals is read without ever keeping the program from starting."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.home import DESCRIPTION, Home, open_home
from counter_app.peripherals import Kind, Peripheral, Peripherals, read_peripherals

PRINTER = {"kind": "printer", "name": "roll", "url": "tcp://10.0.0.9:9100", "model": "generic-58"}


def written(folder: Path, text: str, *, training: bool = False) -> Home:
    head = f'hall = "H"\ndevice = "3"\ntraining = {str(training).lower()}\n'
    (folder / DESCRIPTION).write_text(head + text, encoding="utf-8")
    return open_home(folder)


def codes(found: Peripherals) -> list[str]:
    return [one.error.code for one in found.wrong]


def test_an_earlier_home_keeps_its_devices(tmp_path: Path) -> None:
    old = '[devices]\nprinter = "serial:///dev/ttyS0"\nprinter_width = 58\nreader = "COM3"\n'
    old += 'kiosk_reader = "COM4"\n'
    found = written(tmp_path, old).peripherals
    printer, reader = found.first(Kind.PRINTER), found.first(Kind.ID_READER, "kiosk")
    assert printer is not None
    assert (printer.url, printer.model) == ("serial:///dev/ttyS0", "generic-58")
    assert reader is not None
    assert reader.url == "COM4"
    assert found.wrong == ()


def test_what_is_declared_is_read_again_as_it_was(tmp_path: Path) -> None:
    declared = Peripherals(
        (
            Peripheral(Kind.PRINTER, "roll", "tcp://10.0.0.9:9100", "epson-80", "counter", options={"x": 2}),
            Peripheral(Kind.PRINTER, "spare", "file:///tmp/", stands_in_for="roll"),
            Peripheral(Kind.LED_STRIP, "strip", "COM7", simulated=True),
        )
    )
    replace(Home(tmp_path, "H", "3", training=True), peripherals=declared).save()
    assert open_home(tmp_path).peripherals == declared


@pytest.mark.parametrize(
    "entry",
    [
        "a text",
        {**PRINTER, "kind": "toaster"},
        {**PRINTER, "kind": 3},
        {**PRINTER, "name": ""},
        {**PRINTER, "name": "x" * 30},
        {**PRINTER, "url": 9100},
        {**PRINTER, "used_by": "roof"},
        {**PRINTER, "options": {"x": [1]}},
        {**PRINTER, "name": "other", "stands_in_for": "nobody"},
        {**PRINTER, "name": "other", "stands_in_for": "other"},
        {"kind": "id-reader", "name": "other", "url": "COM3", "stands_in_for": "good"},
        {"kind": "signature", "name": "pad", "url": "screen:1"},
    ],
)
def test_a_wrong_entry_is_set_aside_and_the_others_work(entry: object) -> None:
    found = read_peripherals([entry, {**PRINTER, "name": "good"}], training=False)
    assert [one.name for one in found] == ["good"]
    assert codes(found) == ["peripheral.wrong"]
    assert found.described()[-1] == entry  # it is written back as it was


def test_only_receipt_printers_stand_in_and_for_one_that_works_itself() -> None:
    reader = {"kind": "id-reader", "name": "reader", "url": "COM3"}
    spare = {**reader, "name": "spare reader", "url": "COM4", "stands_in_for": "reader"}
    second = {**PRINTER, "name": "second", "stands_in_for": "roll"}
    third = {**PRINTER, "name": "third", "stands_in_for": "second"}
    found = read_peripherals([reader, spare, PRINTER, second, third], training=False)
    assert [one.name for one in found] == ["reader", "roll", "second"]
    assert [one.error.message[:22] for one in found.wrong] == [
        "Only receipt printers ",
        "A peripheral in home.t",
    ]


def test_of_two_with_one_name_the_first_is_used() -> None:
    found = read_peripherals([PRINTER, {**PRINTER, "url": "COM1"}], training=False)
    assert [one.url for one in found] == [PRINTER["url"]]
    assert codes(found) == ["peripheral.wrong"]


def test_a_home_with_a_wrong_list_opens(tmp_path: Path) -> None:
    home = written(tmp_path, 'peripherals = "all"\n')
    assert codes(home.peripherals) == ["peripheral.wrong"]


@pytest.mark.parametrize(
    "entry",
    [
        {**PRINTER, "simulated": True},
        {**PRINTER, "url": "tcp://127.0.0.1:9100"},
        {**PRINTER, "url": "socket://localhost:9100"},
        {**PRINTER, "url": "serial:///dev/pts/4"},
        {**PRINTER, "url": "/dev/pts/4"},
        {**PRINTER, "url": "tcp://LocalHost.:9100"},
        {**PRINTER, "url": "tcp://localhost.localdomain:9100"},
        {**PRINTER, "url": "socket://0.0.0.0:9100"},
        {**PRINTER, "url": "socket://127.0.0.2:9100"},
        {**PRINTER, "url": "socket://127.1:9100"},
        {**PRINTER, "url": "socket://[::ffff:127.0.0.1]:9100"},
        {"kind": "camera", "name": "camera", "url": "https://localhost/picture.jpg"},
        {"kind": "document-scanner", "name": "scanner", "url": "sane:test"},
        {"kind": "document-scanner", "name": "scanner", "url": "sane:net:10.0.0.4:test:0"},
        {"kind": "id-reader", "name": "reader", "url": "hid:///dev/pts/4?counted=1"},
        {"kind": "pcsc", "name": "slot", "url": "pcsc:Virtual PCD 00 00"},
    ],
)
def test_a_real_home_refuses_simulators_and_a_training_home_uses_them(entry: dict[str, object]) -> None:
    assert codes(read_peripherals([entry], training=False)) == ["peripheral.simulated"]
    assert read_peripherals([entry], training=True).wrong == ()


@pytest.mark.parametrize("url", ["file:///tmp/", "file:///papers.escpos", "file:relative", "FILE:///tmp/"])
@pytest.mark.parametrize("stands_in_for", ["", "roll"])
def test_a_real_home_takes_no_receipt_printer_that_is_a_file(url: str, stands_in_for: str) -> None:
    """A citizen would be told that his receipt is printed and hold nothing (decision 034)."""
    entry = {**PRINTER, "name": "spare", "url": url, "stands_in_for": stands_in_for}
    found = read_peripherals([PRINTER, entry], training=False)
    assert codes(found) == ["peripheral.no-paper"]
    assert [one.name for one in found] == ["roll"]
    error = found.wrong[0].error
    assert error.kept
    assert error.remedy
    assert found.described()[-1] == entry
    assert read_peripherals([PRINTER, entry], training=True).wrong == ()


@pytest.mark.parametrize("kind", ["sheet-printer", "card-printer"])
def test_a_real_home_keeps_sheets_and_cards_as_pdf_files(kind: str) -> None:
    entry = {"kind": kind, "name": "pdf", "url": "file:///tmp/"}
    assert read_peripherals([entry], training=False).wrong == ()


def test_a_program_that_prints_what_lies_in_a_folder_is_declared_as_a_bridge() -> None:
    entry = {**PRINTER, "url": "file:///tmp/", "options": {"bridge": True}}
    assert read_peripherals([entry], training=False).wrong == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals with a path")
def test_a_link_to_a_pseudo_terminal_is_one(tmp_path: Path) -> None:
    link = tmp_path / "reader"
    link.symlink_to("/dev/pts/4")
    for url in (str(link), f"serial://{link}?baud=9600"):
        entry = {"kind": "id-reader", "name": "reader", "url": url}
        assert codes(read_peripherals([entry], training=False)) == ["peripheral.simulated"]


@pytest.mark.parametrize(
    "url", ["ipp://localhost:631/printers/A4", "cups://A4", "tcp://10.0.0.9:9100", "COM3", "tcp://[10.0.0.9"]
)
def test_a_real_home_takes_what_leads_to_real_devices(url: str) -> None:
    """A queue of this machine's own printing is a real one; nonsense is its driver's to refuse."""
    assert read_peripherals([{**PRINTER, "url": url}], training=False).wrong == ()


def test_a_converter_on_this_machine_is_declared_as_one() -> None:
    entry = {**PRINTER, "url": "socket://127.0.0.1:4001", "options": {"bridge": True}}
    assert read_peripherals([entry], training=False).wrong == ()


def test_a_workspace_works_with_its_own_before_the_machines() -> None:
    entries = [
        {**PRINTER, "name": "all"},
        {**PRINTER, "name": "kiosk", "used_by": "kiosk"},
        {**PRINTER, "name": "spare", "stands_in_for": "kiosk"},
    ]
    found = read_peripherals(entries, training=False)
    assert [one.name for one in found.used(Kind.PRINTER, "kiosk")] == ["kiosk", "all"]
    assert [one.name for one in found.used(Kind.PRINTER, "counter")] == ["all"]
    own = found.first(Kind.PRINTER, "kiosk")
    assert own is not None
    assert found.stand_in(own) == found.named("spare")
