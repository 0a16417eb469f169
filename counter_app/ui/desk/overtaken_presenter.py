"""Work that two did while their machines were cut off: a line in the inbox says what was kept and what to do
(mission: C12, X1). No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.met_acts import MetAct, MetActs
from counter_app.use_cases.casework.overtaken import OvertakenRow

KEPT_SHOWN: Final = 40  # letters; the question shows it whole


class OvertakenPresenter:
    """`show(words)` is the line, "" for none."""

    def __init__(self, here: DeskPlace, show: Callable[[str], None]) -> None:
        self._here = here
        self._show = show
        centre = here.deps.centre
        self._acts = MetActs(here, centre, self.refresh) if centre is not None else None
        self._rows: tuple[OvertakenRow, ...] = ()

    def put_away(self) -> None:
        """Show nothing: whoever was overtaken has left."""
        self._rows = ()
        self._show("")

    def refresh(self) -> None:
        here = self._here
        if self._acts is not None and here.at_work:
            overtaken, actor = here.casework.overtaken, here.actor
            here.reads.run(lambda: overtaken.conflicts(actor), lambda rows: self._seen(actor, rows))

    def answer(self) -> None:
        """The only one at once, several as a list."""
        here, rows = self._here, [self._asked(row) for row in self._rows]
        if self._acts is None or not rows:
            here.tell(here.t("No two people did the same work: there is nothing to answer."), level="good")
        elif len(rows) == 1:
            self._acts.ask(rows[0])
        else:
            self._acts.list(rows)

    def _seen(self, actor: Actor, rows: tuple[OvertakenRow, ...]) -> None:
        if self._here.at_work and self._here.actor == actor:
            self._rows = rows
            self._show(self._words(rows))

    def _words(self, rows: tuple[OvertakenRow, ...]) -> str:
        if not rows:
            return ""
        t, first = self._here.t, rows[0]
        kept = first.kept if len(first.kept) <= KEPT_SHOWN else f"{first.kept[:KEPT_SHOWN]}…"
        more = len(rows) - 1
        parts = (
            first.sentence.said(t),
            t("Kept: {text}", text=kept) if kept else "",
            t("And {count} more: Ctrl+M, K.", count=more) if more else t("Answer it: Ctrl+M, K."),
        )
        return "\n".join(part for part in parts if part)

    def _asked(self, row: OvertakenRow) -> MetAct:
        return MetAct(
            conflict=row.conflict,
            said=row.sentence.said(self._here.t),
            answers=row.answers,
            first_at=row.first_at,
            second_at=row.second_at,
            kept=row.kept,
        )
