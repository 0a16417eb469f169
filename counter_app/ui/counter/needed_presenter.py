"""Results that a case needs first, at the counter: the joint matter, the first look meanwhile, what is done
when a result does not come, is applied for again, or is shown here (mission: C2). No Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.casework.state import WAYS, WayOut
from counter_app.domain.casework.words import (
    FAILED_WORDS,
    PREREQUISITE_WORDS,
    WAY_WORDS,
    chosen_words,
)
from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.errors import mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.of_case import OfCase
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.casework.joint_views import JointRow, NeededRow, PrerequisiteRow
from counter_app.use_cases.casework.views import CasePage
from counter_app.use_cases.intake.views import CaseView

SHOWN: Final = "shown"
AGAIN: Final = "again"
NEEDED: Final[Mapping[str, str]] = {
    "choice": mark("does not come:"),
    "held_up": mark("all here, acceptance held up:"),
    "waiting": mark("waited for:"),
}


class NeededPresenter(OfCase):
    """`view` gives the case as shown, `refresh` shows it anew, `open_case` takes one in hand."""

    def __init__(
        self,
        desk: Desk,
        view: Callable[[], CaseView | None],
        refresh: Callable[[], None],
        open_case: Callable[[str], None],
    ) -> None:
        super().__init__(desk, view, refresh)
        self._open_case = open_case
        self._casework = desk.deps.casework

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """By the names that `commands.py` gives them."""
        return {
            "joint": self.joint,
            "joint_pre_review": self.pre_review,
            "ways_out": self.ways_out,
        }

    def joint(self) -> None:
        """Open the cases this one needs first; once that was done, go from one of them to another."""
        case, desk = self._case(), self._desk
        if case is None:
            return
        queries = self._casework.queries

        def found(rows: tuple[JointRow, ...]) -> None:
            if rows:
                self._choose(case, rows)
            else:
                self._open(case)

        desk.reads.run(lambda: queries.matter(case.case), found, desk.error)

    def _choose(self, case: CaseView, rows: tuple[JointRow, ...]) -> None:
        """Go on with another case of the same matter."""
        desk, t = self._desk, self._desk.t
        here = t("in hand")
        lines = tuple(
            Choice(row.case, str(at), row.name, " · ".join(self._joint(row)), row.case != case.case, here)
            for at, row in enumerate(rows, 1)
        )
        desk.ask(t("The cases of this matter"), lines, lambda chosen, _: self._open_case(chosen))

    def _joint(self, row: JointRow) -> tuple[str, ...]:
        stage = self._desk.t(STAGE_WORDS[row.stage])
        return (row.number, stage) if row.number else (stage,)

    def _open(self, case: CaseView) -> None:
        """The clerk goes on with the first of them."""
        desk = self._desk
        if not case.prerequisites:
            desk.tell(desk.t("This case needs no results of other items."))
            return
        joint = self._casework.joint
        names = "、".join(text for _, text, _ in case.prerequisites)

        def opened(cases: Mapping[str, str]) -> None:
            desk.tell(desk.t("Opened beside it: {names}", names=names), level="good")
            first = next((id for id in cases.values() if id != case.case), case.case)
            self._open_case(first)

        desk.act("joint", lambda actor, key: joint.open(actor, key, case.case), opened, right="case.open")

    def pre_review(self) -> None:
        """Let its department look it through while the earlier cases run."""
        case, desk, joint = self._case(), self._desk, self._casework.joint
        if case is not None:
            desk.act(
                "pre_review",
                lambda actor, key: joint.pre_review(actor, key, case.case),
                lambda _: self._done(desk.t("It is with its department for a first look.")),
                right="case.decide",
            )

    def ways_out(self) -> None:
        """A prerequisite does not come: the applicant chooses, for the case in hand or one that waits
        (C2)."""
        case, desk, actor = self._view(), self._desk, self._desk.actor
        if case is None or not case.prerequisites:
            self._waiting()
            return

        def found(page: CasePage) -> None:
            rows = [row for row in page.prerequisites if row.state in ("open", "failed")]
            rows.sort(key=lambda row: not row.ways)
            if not rows:
                self._waiting()
                return
            named = {row.item: row for row in rows}
            lines = choices_of(
                tuple((row.item, row.name, desk.t(PREREQUISITE_WORDS[row.state])) for row in rows)
            )
            ask = Ask("item", desk.t("Which result does not come?"), lines, when=lambda _: len(rows) > 1)
            first = rows[0].item
            ask_all(desk, (ask,), lambda given: self._way(page.case, named[given.get("item", first)]))

        queries = self._casework.queries
        desk.reads.run(lambda: queries.page(actor, case.case), found, lambda _: self._waiting())

    def _waiting(self) -> None:
        """Every case of the hall whose applicant is to choose, or that is held up with its results here."""
        desk, t = self._desk, self._desk.t

        def found(rows: tuple[NeededRow, ...]) -> None:
            if not rows:
                desk.tell(t("Nothing waits."), level="good")
                return
            known = {row.case: row for row in rows}
            lines = tuple((row.case, f"{row.number} {self._named(row)}", self._stands(row)) for row in rows)
            desk.ask(
                t("A prerequisite does not come"),
                choices_of(lines),
                lambda case, _: self._needed(known[case]),
            )

        queries, actor = self._casework.queries, desk.actor
        desk.reads.run(lambda: queries.results_needed(actor), found, desk.error)

    def _named(self, row: NeededRow) -> str:
        item = item_words(self._desk.t, row.item, hidden=row.hidden)
        return f"{item} {row.applicant}".rstrip()

    def _stands(self, row: NeededRow) -> str:
        t = self._desk.t
        words = f"{t(NEEDED[row.what])} {'、'.join(row.names)}"
        return f"{words}，{chosen_words(t, row.since, row.chosen_name)}" if row.what == "waiting" else words

    def _needed(self, row: NeededRow) -> None:
        if row.what == "held_up" or row.hidden:
            self._open_case(row.case)
            return
        desk, actor, queries = self._desk, self._desk.actor, self._casework.queries

        def found(page: CasePage) -> None:
            asked = [one for one in page.prerequisites if one.asked or one.item in row.items]
            if asked:
                self._way(row.case, asked[0])

        desk.reads.run(lambda: queries.page(actor, row.case), found, desk.error)

    def _way(self, case: str, row: PrerequisiteRow) -> None:
        """What can be done about one result that is not here: the three ways, a new application, the result
        itself when somebody brings it."""
        desk, t = self._desk, self._desk.t
        known = t(FAILED_WORDS[row.how]) if row.how else t(PREREQUISITE_WORDS[row.state])
        lines: tuple[tuple[str, str, str], ...] = tuple((way, t(WAY_WORDS[way]), "") for way in row.ways)
        if row.again:
            lines += ((AGAIN, t("apply for it again"), t("a new application opens; this case waits for it")),)
        lines += ((SHOWN, t("the result was shown here"), t("enter its number")),)

        def chosen(choice: str, _: str) -> None:
            if choice == AGAIN:
                self._again(case, row)
            elif choice == SHOWN:
                self._shown(case, row)
            else:
                self._settle(case, row, next(one for one in WAYS if one == choice))

        hint = f"{row.name}：{known} {row.number}".strip()
        desk.ask(t("What did the applicant choose?"), choices_of(lines), chosen, hint=hint)

    def _settle(self, case: str, row: PrerequisiteRow, way: WayOut) -> None:
        joint = self._casework.joint
        self._desk.act(
            "way",
            lambda actor, key: joint.settle(actor, key, case, row.item, way),
            lambda _: self._done(self._desk.t("The choice is recorded.")),
            right="case.decide",
        )

    def _again(self, case: str, row: PrerequisiteRow) -> None:
        desk, joint = self._desk, self._casework.joint

        def opened(new: str) -> None:
            desk.tell(desk.t("Opened beside it: {names}", names=row.name), level="good")
            self._open_case(new)

        desk.act(
            "again",
            lambda actor, key: joint.apply_again(actor, key, case, row.item),
            opened,
            right="case.open",
        )

    def _shown(self, case: str, row: PrerequisiteRow) -> None:
        desk, joint = self._desk, self._casework.joint

        def given(answers: Answers) -> None:
            desk.act(
                "arrived",
                lambda actor, key: joint.arrived(actor, key, case, row.item, answers["number"]),
                lambda _: self._done(desk.t("The result is here.")),
                right="case.decide",
            )

        number = Ask("number", desk.t("Number of the result"), hint=row.name)
        ask_all(desk, (number,), given)
