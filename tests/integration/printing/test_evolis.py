"""Cards through the Evolis library: one card a call, and no word that is not certain (mission: P9 M1)."""

from __future__ import annotations

import ctypes
import io
import random
from pathlib import Path

import pytest
from PIL import Image

from counter_app.bootstrap.cards import TRIAL, drawn
from counter_app.devices.evolis.codes import ended, refused, state_of
from counter_app.devices.evolis.library import Library, LibraryAbsent
from counter_app.devices.evolis.printer import EvolisPrinter, NoLibrary, usual_library
from counter_app.peripherals import Kind, Peripheral
from counter_app.simulators.evolis.build import build, compiler
from counter_app.use_cases.ports.printing import DrawnCard, PrintEnd, PrinterState, Why

CARD = DrawnCard(lambda: b"", lambda: (b"BM" + bytes(60), b"BM" + bytes(70)))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    if compiler() is None:
        pytest.skip("no C compiler to build the simulated library with")
    path = tmp_path_factory.mktemp("evolis") / "libevolis.so"
    build(path)
    return str(path)


class Bench:
    """The printer as a folder, and what it let go."""

    def __init__(self, folder: Path, library: str) -> None:
        self.folder = folder
        folder.mkdir()
        self.printer = EvolisPrinter(str(folder), library, print_seconds=1, grace=0.5)

    def is_in(self, state: str) -> None:
        (self.folder / "state").write_text(state)

    def ends(self, how: str) -> None:
        (self.folder / "end").write_text(how)

    @property
    def cards(self) -> int:
        count = self.folder / "count"
        return int(count.read_text()) if count.exists() else 0


@pytest.fixture
def bench(tmp_path: Path, library: str) -> Bench:
    return Bench(tmp_path / "printer", library)


def test_both_faces_come_out_once_as_drawn(bench: Bench) -> None:
    declared = Peripheral(Kind.CARD_PRINTER, "cards", "evolis://x")
    outcome = bench.printer.print_card("试-1", drawn(TRIAL, declared))
    assert (outcome.end, bench.cards) == (PrintEnd.PRINTED, 1)
    for side in ("front", "back"):
        face = Image.open(io.BytesIO((bench.folder / f"card-1-{side}.bmp").read_bytes()))
        assert (face.format, face.size) == ("BMP", (1016, 648))
        assert len(set(face.convert("L").tobytes())) > 8


@pytest.mark.parametrize(
    ("state", "seen", "why"),
    [
        ("3 92", PrinterState.RIBBON_OUT, Why.RIBBON_OUT),
        ("2 59", PrinterState.CARDS_OUT, Why.CARDS_OUT),
        ("3 85", PrinterState.JAMMED, Why.JAMMED),
        ("2 60", PrinterState.TRAY_FULL, Why.TRAY_FULL),
        ("2 58", PrinterState.COVER_OPEN, Why.COVER_OPEN),
        ("0 1", PrinterState.ABSENT, Why.ABSENT),
        ("3 9", PrinterState.OFFLINE, Why.OFFLINE),
    ],
)
def test_nothing_moves_while_it_needs_somebody(
    bench: Bench, state: str, seen: PrinterState, why: Why
) -> None:
    bench.is_in(state)
    assert bench.printer.state() is seen
    outcome = bench.printer.print_card("试-1", CARD)
    assert (outcome.end, outcome.why, outcome.may_have_printed) == (PrintEnd.FAILED, why, False)
    assert bench.cards == 0
    bench.is_in("1 6")
    assert bench.printer.print_card("试-1", CARD).end is PrintEnd.PRINTED


@pytest.mark.parametrize("state", ["2 42", "2 38", "2 33", "1 6"])
def test_what_is_nearly_used_up_still_prints(bench: Bench, state: str) -> None:
    bench.is_in(state)
    assert bench.printer.state().can_print
    assert bench.printer.print_card("试-1", CARD).end is PrintEnd.PRINTED


@pytest.mark.parametrize(
    ("how", "end", "may"),
    [
        ("-22", PrintEnd.FAILED, True),
        ("-60", PrintEnd.SENT_UNCONFIRMED, True),
        ("-7", PrintEnd.SENT_UNCONFIRMED, True),
        ("crash", PrintEnd.SENT_UNCONFIRMED, True),
        ("hang", PrintEnd.SENT_UNCONFIRMED, True),
        ("-21", PrintEnd.FAILED, False),
        ("-11", PrintEnd.FAILED, False),
        ("noise", PrintEnd.PRINTED, True),
    ],
)
def test_a_card_that_was_let_go_is_never_said_to_be_unprinted(
    bench: Bench, how: str, end: PrintEnd, may: bool
) -> None:
    bench.ends(how)
    outcome = bench.printer.print_card("试-1", CARD)
    assert (outcome.end, outcome.may_have_printed) == (end, may)
    assert bench.cards <= 1
    assert bench.printer.state() is PrinterState.READY


def test_a_library_that_dies_at_any_byte_of_its_dialogue_lies_about_no_card(bench: Bench) -> None:
    assert bench.printer.print_card("试-1", CARD).end is PrintEnd.PRINTED
    size = int((bench.folder / "passed").read_text())
    for at in sorted({*range(8), size - 2, size - 1, *random.Random("dies").sample(range(size), 6)}):
        (bench.folder / "passed").unlink()
        (bench.folder / "trouble").write_text(f"crash {at}")
        before = bench.cards
        outcome = bench.printer.print_card("试-1", CARD)
        came = bench.cards - before
        assert outcome.end is not PrintEnd.PRINTED, at
        assert came == 0 or outcome.end is PrintEnd.SENT_UNCONFIRMED, at
    assert bench.printer.print_card("试-1", CARD).end is PrintEnd.PRINTED


def test_a_printer_of_one_side_prints_no_half_card(bench: Bench, library: str) -> None:
    (bench.folder / "one-sided").touch()
    outcome = bench.printer.print_card("试-1", CARD)
    assert (outcome.why, outcome.may_have_printed, bench.cards) == (Why.ONE_SIDED, False, 0)
    back = EvolisPrinter(str(bench.folder), library, sides="back")
    assert back.print_card("试-1", CARD).end is PrintEnd.PRINTED
    assert len((bench.folder / "card-1-front.bmp").read_bytes()) == len(CARD.faces()[1])
    assert not (bench.folder / "card-1-back.bmp").exists()


def test_pictures_it_refuses_move_nothing(bench: Bench) -> None:
    outcome = bench.printer.print_card("试-1", DrawnCard(lambda: b"", lambda: (b"no picture",)))
    assert (outcome.why, outcome.may_have_printed, bench.cards) == (Why.FILE_REFUSED, False, 0)


def test_a_printer_that_is_not_there_and_a_library_that_is_none(tmp_path: Path, library: str) -> None:
    away = EvolisPrinter(str(tmp_path / "none"), library)
    assert away.state() is PrinterState.ABSENT
    assert away.print_card("试-1", CARD).why is Why.ABSENT
    other = EvolisPrinter("x", ctypes.util.find_library("c") or "libc.so.6")
    assert other.state() is PrinterState.ABSENT
    with pytest.raises(NoLibrary):
        other.print_card("试-1", CARD)


def test_every_code_and_state_of_the_header_means_something() -> None:
    for minor in range(130):
        for major in range(4):
            state_of(0, major, minor)
        assert not state_of(0, 3, 300).can_print
    for code in range(-70, 0):
        assert not refused(code).may_have_printed
        assert ended(code, 1).end is not PrintEnd.PRINTED


def test_the_makers_own_library_has_the_calls_and_knows_no_printer() -> None:
    try:
        path = usual_library()
        found = Library(path)
    except (NoLibrary, LibraryAbsent):
        pytest.skip("the maker's library (package Evolis-SDK) is not installed")
    assert found.open("no printer of this name") is None
    assert EvolisPrinter("no printer of this name", path).state() is PrinterState.ABSENT
