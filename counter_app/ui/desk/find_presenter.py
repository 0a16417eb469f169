"""The one box of the desk: cases by number, name, item or paper, and commands by their words. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from counter_app.domain.intake.words import STAGE_WORDS
from counter_app.errors import UserFacingError
from counter_app.ui.desk.commands import finds
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.widgets.commands import Key
from counter_app.ui.widgets.findbox import FoundRow
from counter_app.use_cases.casework.finding import FoundCase

MOST_COMMANDS: Final = 5


class FindPresenter:
    """`show(rows)` lists hits, `empty()` clears the box, `open_case` takes one in hand, `run` a command."""

    def __init__(
        self,
        here: DeskPlace,
        show: Callable[[Sequence[FoundRow]], None],
        empty: Callable[[], None],
        open_case: Callable[[str], None],
        run: Callable[[str], None],
    ) -> None:
        self._here = here
        self._show, self._empty, self._open_case, self._run = show, empty, open_case, run
        self._typed = ""
        self._searching = False

    def typed(self, text: str) -> None:
        """Search as one types, one search at a time."""
        self._typed = text
        if not text.strip():
            self._show(())
        elif not self._searching:
            self._search(text)

    def entered(self, text: str) -> None:
        """Enter before anything was found, or a scan: search and take the best."""
        here, text = self._here, text.strip()
        self._typed = ""
        if not text or not here.at_work:
            return
        actor = here.actor

        def found(cases: tuple[FoundCase, ...]) -> None:
            commands, meant = finds(text, here.t)
            if commands and (meant or not cases):
                self._run(commands[0].command)
            elif cases:
                self._take(cases[0].case)
            else:
                self._nothing(text)

        here.reads.run(lambda: here.deps.finder.search(actor, text), found)

    def taken(self, row: str) -> None:
        """A hit was chosen from the list."""
        kind, _, id = row.partition(":")
        self._typed = ""
        self._empty()
        if kind == "command":
            self._run(id)
        else:
            self._open_case(id)

    def _search(self, text: str) -> None:
        here = self._here
        actor = here.actor

        def found(cases: tuple[FoundCase, ...]) -> None:
            self._searching = False
            if text == self._typed:
                self._list(text, cases)
            elif self._typed.strip():
                self._search(self._typed)

        def failed(error: UserFacingError) -> None:
            self._searching = False
            here.error(error)

        self._searching = True
        here.reads.run(lambda: here.deps.finder.search(actor, text), found, failed)

    def _list(self, text: str, cases: tuple[FoundCase, ...]) -> None:
        t = self._here.t
        rows = [
            FoundRow(
                f"case:{one.case}",
                t("Case"),
                " ".join(part for part in (one.applicant, one.item) if part),
                f"{one.number} · {t(STAGE_WORDS[one.stage])}",
            )
            for one in cases
        ]
        commands, meant = finds(text, t)
        found = [self._command(key) for key in commands[:MOST_COMMANDS]]
        self._show(found + rows if meant else rows + found)

    def _command(self, key: Key) -> FoundRow:
        t = self._here.t
        return FoundRow(f"command:{key.command}", t("Command"), t(key.words), key.cap if key.key else "")

    def _take(self, case: str) -> None:
        self._empty()
        self._open_case(case)

    def _nothing(self, text: str) -> None:
        t = self._here.t
        self._here.tell(
            t("Nothing is found for “{text}”.", text=text[:40]),
            remedy=t("Cases of other departments are found by their exact number."),
        )
