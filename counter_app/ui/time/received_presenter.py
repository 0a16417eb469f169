"""Received and not accepted yet: the list with its two days and five, and the look of who will handle it
(mission: I7). No Qt.

At a counter Enter opens the case. At a desk it shows what was received; there the lead says what is short.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from counter_app.domain.intake.case import MarkKind
from counter_app.domain.intake.words import MARK_WORDS, item_words
from counter_app.domain.journal import Actor
from counter_app.domain.time.alarms import LEVELS, Level
from counter_app.errors import mark
from counter_app.ui.theme.tokens import State
from counter_app.ui.time.clock_presenter import Show
from counter_app.ui.time.words import SIGNS
from counter_app.ui.widgets.facts_shown import KeyShown, PageShown, RowShown, SentenceShown
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.time.received import Received
from counter_app.use_cases.time.views import ReceivedPage, ReceivedRow

MARK_SIGNS: Final[Mapping[MarkKind, State]] = {
    "present": State.DONE,
    "to_correct": State.CORRECT,
    "missing": State.FAULT,
    "lacking": State.LACKING,
}
SAID: Final[Mapping[str, MarkKind]] = {"correct": "to_correct", "missing": "missing", "present": "present"}


@dataclass(frozen=True, slots=True)
class ReceivedNeeds:
    """`open_case` takes a case in hand, where the workspace can: then Enter does. Else the page is shown, and
    `looked` keeps the look at the person: who, case, party, number (mission: X3)."""

    open_case: Callable[[str], None] | None = None
    looked: Callable[[Actor, str, str, str], None] = lambda actor, case, party, number: None


class ReceivedPresenter:
    """`show` puts a page over the window."""

    def __init__(self, here: Workplace, received: Received, show: Show, needs: ReceivedNeeds) -> None:
        self._here = here
        self._received = received
        self._show = show
        self._needs = needs
        self._page: ReceivedPage | None = None
        self._chosen = ""

    def list(self) -> None:
        actor = self._here.actor
        self._here.reads.run(lambda: self._received.list(actor), self._list, self._here.error)

    def remind(self) -> None:
        """At the beginning of a shift: whose days to ask end now is not found out by looking."""
        here = self._here

        def found(rows: tuple[ReceivedRow, ...]) -> None:
            near = [row for row in rows if (row.lead_level or row.level) and row.asked_on is None]
            if near:
                here.tell(
                    here.t(
                        "{count} received cases wait for a first word, the first until {day}.",
                        count=len(near),
                        day=near[0].lead_by,
                    ),
                    remedy=here.t("After the two days the time is the lead's; after five, silence accepts."),
                    level="warn",
                    action=here.t("Look at them"),
                    act=self.list,
                )

        actor = here.actor
        here.reads.run(lambda: self._received.list(actor), found, lambda error: None)

    def opened(self, row: str) -> None:
        """Enter: on a case of the list, or on a material of a case."""
        if self._page is not None:
            self._ask_mark(row)
        elif row and self._needs.open_case is not None:
            self._needs.open_case(row)
        elif row:
            self._look(row)

    def command(self, name: str, row: str) -> None:
        if name == "list":
            self.list()
        elif name in SAID and row and self._page is not None:
            self._said(row, SAID[name])

    def _list(self, rows: tuple[ReceivedRow, ...]) -> None:
        t, self._page = self._here.t, None
        late = sum(bool(row.lead_late) for row in rows)
        said = t("{count} wait, {late} of them past the lead's two days", count=len(rows), late=late)
        self._show(
            PageShown(
                title=t("Received, not accepted yet"),
                sentences=(SentenceShown(said, State.LATE if late else State.READY, strong=True),),
                columns=(
                    t("Case"),
                    t("Item"),
                    t("Department"),
                    t("Received on"),
                    t("The lead asks by"),
                    t("Accepted by silence after"),
                    t("Short"),
                ),
                shares=(22, 18, 11, 9, 22, 12, 6),
                rows=tuple(self._row(row) for row in rows),
                empty=t("Nothing waits to be accepted."),
                keys=self._keys(("Enter", mark("look at it"), "")),
            )
        )

    def _row(self, row: ReceivedRow) -> RowShown:
        t = self._here.t
        worst: Level = max(row.lead_level, row.level, key=LEVELS.index)
        asks = f"{row.lead_by:%m-%d}"
        if row.lead_late:
            asks = t("{day} · {count} days over", day=asks, count=row.lead_late)
        if row.answered_on is not None:
            asks = t("answered {day}, {name}", day=f"{row.answered_on:%m-%d}", name=row.answered_by)
        elif row.asked_on is not None:
            asks = t("asked {day}, {count} days over", day=f"{row.asked_on:%m-%d}", count=row.lead_late)
        cells = (
            row.number,
            item_words(t, row.item, hidden=row.hidden),
            row.department,
            f"{row.received_on:%m-%d}",
            asks,
            f"{row.decide_by:%m-%d}" if row.asked_on is None else "",
            str(row.short or ""),
        )
        return RowShown(row.case, cells, SIGNS[worst])

    def _look(self, case: str) -> None:
        here, actor = self._here, self._here.actor

        def read() -> ReceivedPage:
            page = self._received.page(actor, case)
            if page.party:
                self._needs.looked(actor, case, page.party, page.row.number)
            return page

        here.reads.run(read, self._one, here.error)

    def _one(self, page: ReceivedPage) -> None:
        t, self._page, row = self._here.t, page, page.row
        worst: Level = max(row.lead_level, row.level, key=LEVELS.index)
        days = t("The lead asks by {day}; after {end} silence accepts.", day=row.lead_by, end=row.decide_by)
        if row.answered_on is not None:
            days = t("answered {day}, {name}", day=row.answered_on, name=row.answered_by)
        elif row.asked_on is not None:
            days = t("asked {day}, {count} days over", day=row.asked_on, count=row.lead_late)
        said = [SentenceShown(days, SIGNS[worst], strong=True)]
        if row.lead_late:
            said.append(
                SentenceShown(t("This time is the lead's own: {count} days over.", count=row.lead_late))
            )
        if row.short:
            said.append(
                SentenceShown(
                    t("{count} are short: the counter gives the notice.", count=row.short), State.CORRECT
                )
            )
        marks = (
            ("G", mark("to be corrected"), "correct"),
            ("Q", mark("missing"), "missing"),
            ("Z", mark("in order"), "present"),
        )
        self._show(
            PageShown(
                title="  ".join(part for part in (row.item, row.number, page.applicant) if part),
                sentences=tuple(said),
                columns=(t("Material"), t("Originals"), t("Copies"), t("Mark"), t("Reason")),
                shares=(44, 9, 9, 13, 25),
                rows=tuple(
                    RowShown(
                        line.material,
                        (
                            line.name,
                            str(line.originals or "–"),
                            str(line.copies or "–"),
                            t(MARK_WORDS[line.mark]) if line.mark else "",
                            line.reason,
                        ),
                        MARK_SIGNS[line.mark] if line.mark else None,
                    )
                    for line in page.lines
                ),
                empty=t("none asked"),
                chosen=self._chosen,
                keys=self._keys(*(marks if page.may_say else ()), ("L", mark("the list"), "list")),
            )
        )

    def _ask_mark(self, material: str) -> None:
        """Enter on a material is as G: what is to be corrected is said most often."""
        if self._page is not None and self._page.may_say and material:
            self._said(material, "to_correct")

    def _said(self, material: str, kind: MarkKind) -> None:
        page, here, self._chosen = self._page, self._here, material
        line = next((one for one in page.lines if one.material == material), None) if page else None
        if page is None or line is None or not page.may_say:
            return
        if kind == "to_correct":
            here.ask_reason(
                here.t("What is to be corrected on {material}?", material=line.name),
                line.reasons,
                lambda reason: self._say(page.row.case, material, kind, reason),
            )
        else:
            self._say(page.row.case, material, kind, "")

    def _say(self, case: str, material: str, kind: MarkKind, reason: str) -> None:
        here = self._here
        here.act(
            "say_short",
            lambda actor, key: self._received.say(actor, key, case, material, kind, reason),
            lambda _: self._look(case),
            right="case.review",
        )

    def _keys(self, *keys: tuple[str, str, str]) -> tuple[KeyShown, ...]:
        t = self._here.t
        return tuple(
            KeyShown(cap, t(words), name) for cap, words, name in (*keys, ("Esc", mark("leave"), ""))
        )
