"""A PDF handed to another program is there when that program opens it, and gone later (M1, privacy)."""

from __future__ import annotations

import os
from pathlib import Path

from counter_app.devices.queue.handed import KEPT_SECONDS, PREFIX, HandedFiles
from counter_app.devices.queue.sheets import ShellPrinter
from counter_app.use_cases.ports.printing import PrintOutcome, Why

PDF = b"%PDF-1.7 paper"


def test_a_viewer_that_opens_late_finds_the_file(tmp_path: Path) -> None:
    """The order returns at once; the program reads the PDF after the printer was closed."""
    orders: list[tuple[Path, str]] = []
    printer = ShellPrinter("Room 3", HandedFiles(tmp_path), lambda path, name: orders.append((path, name)))
    assert printer.print_sheet("B3/0318", PDF, "A4") == PrintOutcome.unconfirmed(len(PDF), Why.SPOOLED)
    printer.close()
    ((path, name),) = orders
    assert (path.name, path.read_bytes(), name) == ("B3-0318-A4.pdf", PDF, "Room 3")


def test_two_prints_of_one_paper_do_not_share_a_file(tmp_path: Path) -> None:
    files = HandedFiles(tmp_path)
    assert files.keep("a.pdf", b"1").read_bytes() != files.keep("a.pdf", b"2").read_bytes()


def test_old_files_go_with_the_next_process_and_nothing_else_does(tmp_path: Path) -> None:
    HandedFiles(tmp_path).keep("a.pdf", PDF)
    (old,) = tmp_path.iterdir()
    other = tmp_path / "other"
    other.mkdir()
    moment = old.stat().st_mtime
    os.utime(other, (0, 0))
    ShellPrinter("x", HandedFiles(tmp_path, lambda: moment + KEPT_SECONDS - 1), lambda path, name: None)
    assert old.exists()
    ShellPrinter("x", HandedFiles(tmp_path, lambda: moment + KEPT_SECONDS + 1), lambda path, name: None)
    assert list(tmp_path.iterdir()) == [other]


def test_a_system_without_a_program_for_pdf_says_so(tmp_path: Path) -> None:
    def nobody(path: Path, name: str) -> None:
        raise OSError("no application is associated")

    printer = ShellPrinter("x", HandedFiles(tmp_path), nobody)
    assert printer.print_sheet("B3", PDF, "A4") == PrintOutcome.failed(Why.ABSENT)
    assert all(folder.name.startswith(PREFIX) for folder in tmp_path.iterdir())
