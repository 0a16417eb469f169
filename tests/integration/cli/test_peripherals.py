"""`counter-app peripheral`: declared, found wrong, tried and changed by command (mission: M1, M4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.home import DESCRIPTION, open_home
from counter_app.peripherals import Kind
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.line import tcp_line
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter
from counter_app.simulators.scanner.serve import RunningScanner, ScannerServing
from tests.integration.cli.conftest import Commands


@pytest.fixture
def printer() -> Iterator[RunningPrinter]:
    running = RunningPrinter(PrinterServing(tcp="127.0.0.1:0"))
    yield running
    running.stop()


def states(app: Commands) -> dict[str, str]:
    return {row["name"]: row["state"] for row in app.json("peripheral", "list")}


def test_a_printer_is_added_tried_renamed_and_taken_out(app: Commands, printer: RunningPrinter) -> None:
    app.json("peripheral", "add", "printer", "roll", printer.url)
    assert states(app) == {"roll": "unknown"}
    assert app.json("peripheral", "look", "roll")["state"] == "ready"
    assert app.json("peripheral", "test", "roll")["state"] == "ready"
    assert "打印机测试页" in printer.printer.sheets[0].text
    app.json("peripheral", "add", "printer", "spare", "file:///tmp/", "--stands-in-for", "roll")
    app.json("peripheral", "name", "roll", "窗口打印机")
    spare = open_home(app.home).peripherals.named("spare")
    assert spare is not None
    assert spare.stands_in_for == "窗口打印机"
    app.json("peripheral", "remove", "spare")
    app.json("peripheral", "remove", "窗口打印机")
    assert states(app) == {}


def test_what_its_driver_does_not_understand_is_not_declared(app: Commands) -> None:
    for words, code in (
        (("add", "printer", "roll", "no-such://place"), "printer.bad-url"),
        (("add", "printer", "roll", "tcp://10.0.0.9", "--model", "toaster"), "printer.bad-model"),
        (("add", "id-reader", "reader", "COM3", "--stands-in-for", "nobody"), "peripheral.wrong"),
        (("remove", "nobody"), "peripheral.unknown"),
    ):
        assert app.refused("peripheral", *words) == code
    assert states(app) == {}


def test_an_option_is_set_in_its_own_type(app: Commands) -> None:
    app.json("peripheral", "add", "id-reader", "reader", "/dev/ttyUSB7", "--option", "baud=9600")
    reader = open_home(app.home).peripherals.first(Kind.ID_READER)
    assert reader is not None
    assert reader.options == {"baud": 9600}
    for option in ("baud=1", "baud=fast", "colour=red"):
        assert app.refused("peripheral", "set", "reader", "--option", option) == "peripheral.bad-option"
    new = (
        "peripheral",
        "add",
        "id-reader",
        "second",
        "/dev/ttyUSB8",
        "--option",
        "baud=9600",
        "--option",
        "x=1",
    )
    assert app.refused(*new) == "peripheral.bad-option"
    assert "second" not in {row["name"] for row in app.json("peripheral", "list")}


def test_a_wrong_entry_is_listed_and_may_be_taken_out(app: Commands) -> None:
    with (app.home / DESCRIPTION).open("a", encoding="utf-8") as file:
        file.write('\n[[peripherals]]\nkind = "toaster"\nname = "breakfast"\nurl = "x"\n')
    assert states(app) == {"breakfast": "wrong"}
    found = {entry["name"]: entry["state"] for entry in app.json("doctor")}
    assert found["peripheral breakfast"] == "warning"
    app.json("peripheral", "remove", "breakfast")
    assert states(app) == {}


def test_a_real_home_takes_no_simulator(app: Commands, printer: RunningPrinter) -> None:
    replace(open_home(app.home), training=False).save()
    assert app.refused("peripheral", "add", "printer", "roll", printer.url) == "peripheral.simulated"
    assert app.refused("peripheral", "add", "led", "strip", "COM4", "--simulated") == "peripheral.simulated"


# mission: M1
def test_a_printer_that_is_a_folder_says_that_nothing_is_on_paper(app: Commands, tmp_path: Path) -> None:
    """To practise with; a real home sets it aside and says why, with all others in use."""
    app.json("peripheral", "add", "printer", "tray", f"{tmp_path.as_uri()}/")
    for verb, words in (("look", "不会出纸"), ("test", "不在纸上")):
        told = app.json("peripheral", verb, "tray")
        assert (told["state"], words in told["told"]) == ("unknown", True)
    replace(open_home(app.home), training=False).save()
    assert states(app) == {"tray": "refused"}
    assert {entry["name"]: entry["state"] for entry in app.json("doctor")}["peripheral tray"] == "warning"
    roll = ("add", "printer", "roll", f"{tmp_path.as_uri()}/")
    assert app.refused("peripheral", *roll) == "peripheral.no-paper"


# mission: I1 M3
@pytest.mark.parametrize(("code", "told"), [("0603", "本大厅的事项编码。"), ("0699", "别处的码")])
def test_the_trial_of_a_scanner_knows_the_items_of_the_catalogue(app: Commands, code: str, told: str) -> None:
    running = RunningScanner(ScannerServing(tcp="127.0.0.1:0"))
    running.scanner.when_heard(code)
    try:
        app.json("peripheral", "add", "scanner", "gun", running.url)
        running.scanner.when_heard(code)
        assert told in app.json("peripheral", "test", "gun")["told"]
    finally:
        running.stop()


def test_a_converter_here_is_declared_in_a_real_home_and_a_simulator_behind_it_is_not(app: Commands) -> None:
    replace(open_home(app.home), training=False).save()
    bridged = ("--option", "bridge=true")
    app.json("peripheral", "add", "scanner", "gun", "socket://127.0.0.1:1", "--option", "baud=9600", *bridged)
    gun = open_home(app.home).peripherals.named("gun")
    assert gun is not None
    assert gun.options == {"baud": 9600, "bridge": True}
    app.json("peripheral", "set", "gun", *bridged)  # as it is already: no error
    app.json("peripheral", "set", "gun", "--url", "socket://127.0.0.1:2", *bridged)
    assert app.refused("peripheral", "set", "gun", "--option", "bridge=false") == "peripheral.simulated"
    app.json("peripheral", "set", "gun", "--url", "socket://127.0.0.1:1", *bridged)
    with tcp_line(SimulatedReader(pace=0)) as cable:
        words = ("add", "id-reader", "reader", cable.url, *bridged)
        assert app.refused("peripheral", *words) == "peripheral.simulated"
    assert states(app) == {"gun": "unknown"}


def test_models_and_options_of_a_kind_are_told(app: Commands, tmp_path: Path) -> None:
    told = app.json("peripheral", "models", "printer")
    assert "epson-80" in told["models"]
    assert json.dumps(app.json("peripheral", "models", "id-reader")["options"]).count("baud") == 1
