"""Papers as the simulated printer gives them out, and its troubles by key. No Qt.

The folder is asked, not watched: a picture's name appears only when the whole file is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from counter_app.i18n import Translator
from counter_app.ui.training.controls import PrinterControl, trouble

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class PaperPicture:
    name: str
    path: Path


class PaperView(Protocol):
    def show_papers(self, papers: tuple[PaperPicture, ...]) -> None:
        """Newest first."""
        ...

    def show_said(self, text: str) -> None: ...


class PaperPresenter:
    def __init__(self, view: PaperView, folder: Path, control: PrinterControl, t: Translator) -> None:
        """`folder` holds `NNN.png`; it need not be there yet."""
        self._view = view
        self._folder = folder
        self._control = control
        self._t = t
        self._shown: tuple[PaperPicture, ...] | None = None

    def poll(self) -> None:
        """Look whether a paper came out."""
        pictures = sorted(
            (path for path in self._folder.glob("*.png") if path.stem.isdecimal()),
            key=lambda path: int(path.stem),
            reverse=True,
        )
        papers = tuple(PaperPicture(path.stem, path) for path in pictures[:MOST])
        if papers != self._shown:
            self._shown = papers
            self._view.show_papers(papers)

    def paper_out(self) -> None:
        self._do("fault paper-out", self._t("The roll is used up."))

    def cover_open(self) -> None:
        self._do("fault cover-open", self._t("The cover is open."))

    def silent(self) -> None:
        self._do("fault silent", self._t("The printer answers nothing."))

    def mend(self) -> None:
        self._do("mend", self._t("The printer is in order."))

    def _do(self, command: str, done: str) -> None:
        self._view.show_said(trouble(self._control.command(command)) or done)
