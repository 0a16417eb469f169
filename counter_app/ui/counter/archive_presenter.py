"""The file of the case in hand: what is missing, closing, opening by right (mission: C14, P8). No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.ui.asking import Ask, ask_all, choices_of
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.archive.archiving import FileView, ToFile
from counter_app.use_cases.intake.views import CaseView

MOST_SHOWN = 6


class ArchivePresenter:
    """`view` gives the case as shown, `refresh` shows it anew, `open_sheet` opens a paper."""

    def __init__(
        self,
        desk: Desk,
        view: Callable[[], CaseView | None],
        refresh: Callable[[], None],
        open_case: Callable[[str], None],
        open_sheet: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._view = view
        self._refresh = refresh
        self._open_case = open_case
        self._open_sheet = open_sheet
        self._archiving = desk.deps.around.archiving

    def page(self) -> None:
        case = self._view()
        if case is None or case.item is None:
            actor = self._desk.actor
            self._desk.reads.run(lambda: self._archiving.to_file(actor), self._to_file, self._desk.error)
            return
        self._desk.reads.run(lambda: self._archiving.view(case.case), self._show, self._desk.error)

    def _to_file(self, rows: tuple[ToFile, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not rows:
            desk.tell(t("Everything that ended is filed."), level="good")
            return
        lines = tuple(
            (row.case, f"{row.number} · {item_words(t, row.item, hidden=row.hidden)}", self._waits(row))
            for row in rows
        )
        title = t("{count} cases that ended are not filed", count=len(rows))
        desk.ask(title, choices_of(lines), lambda case, _: self._open_case(case))

    def _waits(self, row: ToFile) -> str:
        t = self._desk.t
        needed = t("{count} things keep it open", count=row.needed) if row.needed else t("can be filed")
        return " · ".join((t(STAGE_WORDS[row.stage]), row.ended_on.isoformat(), needed))

    def _show(self, view: FileView) -> None:
        desk, t = self._desk, self._desk.t
        closed = view.file is not None and view.file.closed
        first = view.missing[0] if view.missing else None
        why = first.words(t) if first and first.needed else t("It is closed already.")
        not_yet = t("It is not closed yet.")
        choices = (
            Choice("archive", "1", t("Close the file"), "", view.complete and not closed, why),
            Choice("volume", "2", t("Open the whole file as PDF"), "", view.file is not None, not_yet),
            Choice("open", "3", t("Open the file again, by right"), "", closed, t("It is not closed.")),
            Choice("undo", "4", t("Set the end of the case aside, by right")),
            Choice("package", "5", t("Write the whole package out"), "", view.file is not None, not_yet),
        )
        does: Mapping[str, Callable[[FileView], None]] = {
            "archive": self._archive,
            "volume": self._volume,
            "open": self._open,
            "undo": self._undo,
            "package": self._package,
        }
        title = t("File of {number}", number=view.number or view.item)
        desk.ask(title, choices, lambda choice, _: does[choice](view), hint=self._standing(view))

    def _standing(self, view: FileView) -> str:
        t, file = self._desk.t, view.file
        lines = [t("{count} papers and pictures", count=len(view.entries))]
        if file is not None and file.closed:
            lines.append(t("Closed under {number}, {day}", number=file.number, day=f"{file.at:%Y-%m-%d}"))
            return "\n".join(lines)
        lines += [f"{'●' if one.needed else '○'} {one.words(t)}" for one in view.missing[:MOST_SHOWN]]
        if len(view.missing) > MOST_SHOWN:
            lines.append(t("… and {count} more", count=len(view.missing) - MOST_SHOWN))
        if not view.missing:
            lines.append(t("Nothing is missing."))
        return "\n".join(lines)

    def _archive(self, view: FileView) -> None:
        desk, t = self._desk, self._desk.t

        def close(reason: str) -> None:
            desk.act(
                "archive",
                lambda actor, key: self._archiving.archive(actor, key, view.case, reason),
                self._closed,
                right="case.archive",
            )

        if view.missing:
            phrases = (t("The paper originals are in the file"), t("Sealed before the register began"))
            desk.ask_reason(t("Something is missing that may be let pass: why?"), phrases, close)
        else:
            close("")

    def _closed(self, paper: str) -> None:
        self._desk.tell(self._desk.t("The file is closed."), level="good")
        self._refresh()
        self._open_sheet(paper)

    def _volume(self, view: FileView) -> None:
        desk = self._desk

        def made(path: Path) -> None:
            words = desk.t("The paper is open in the viewer.")
            if not desk.deps.open_file(path):
                words = desk.t("The paper is saved: {path}", path=str(path))
            desk.tell(words, level="good")

        desk.reads.run(lambda: desk.deps.volume(view.case), made, desk.error)

    def _package(self, view: FileView) -> None:
        desk = self._desk

        def made(folder: Path) -> None:
            desk.deps.open_file(folder)
            desk.tell(desk.t("Written to {folder}", folder=str(folder)), level="good")

        desk.reads.run(lambda: desk.deps.package(view.case), made, desk.error)

    def _open(self, view: FileView) -> None:
        desk, t = self._desk, self._desk.t
        ask_all(
            desk,
            (Ask("reason", t("Why is the file opened again?")),),
            lambda answers: desk.act(
                "open_file",
                lambda actor, key: self._archiving.open_file(actor, key, view.case, answers["reason"]),
                lambda _: desk.tell(t("The file is open again."), level="good"),
                right="case.reopen",
            ),
        )

    def _undo(self, view: FileView) -> None:
        desk, t = self._desk, self._desk.t

        def done(paper: str) -> None:
            desk.tell(t("The case goes on. Its notice is being printed."), level="good")
            self._refresh()

        asks = (Ask("reason", t("Why is the end set aside?")), Ask("article", t("Law and article")))
        ask_all(
            desk,
            asks,
            lambda answers: desk.act(
                "undo_end",
                lambda actor, key: self._archiving.undo_end(
                    actor, key, view.case, answers["reason"], answers["article"]
                ),
                done,
                right="case.reopen",
            ),
        )
