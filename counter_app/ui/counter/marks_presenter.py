"""Marking the checklist: one letter a line, reasons by one digit, and on to the next open line. No Qt."""

from __future__ import annotations

from counter_app.domain.intake.case import MARKS, MarkKind
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.work_presenter import WorkPresenter
from counter_app.use_cases.intake.views import LineView

MISSING = (mark("Not brought"), mark("Not applied for yet"), mark("Lost"), mark("Expired"))


class MarksPresenter:
    """Works on the case that `work` has in hand."""

    def __init__(self, desk: Desk, work: WorkPresenter) -> None:
        self._desk = desk
        self._work = work
        self._under_way: set[str] = set()

    def mark(self, material: str, kind: str) -> None:
        """`kind` as the table asks: `present`, `to_correct`, `missing`, `lacking`, or "" to clear."""
        line = self._line(material)
        if line is None:
            return
        chosen = next((one for one in MARKS if one == kind), None)
        if chosen not in ("to_correct", "missing"):
            self._mark(material, chosen, "")
            return
        desk, t = self._desk, self._desk.t
        phrases = line.reasons if chosen == "to_correct" else tuple(t(reason) for reason in MISSING)
        title = (
            t("To correct: {material}", material=line.name)
            if chosen == "to_correct"
            else t("Missing: {material}", material=line.name)
        )
        desk.ask_reason(title, phrases, lambda reason: self._mark(material, chosen, reason))

    def _line(self, material: str) -> LineView | None:
        view = self._work.view
        return next((one for one in view.lines if one.material == material), None) if view else None

    def _mark(self, material: str, kind: MarkKind | None, reason: str) -> None:
        """The keys go on at once; a mark that is refused brings them back to its line."""
        intake = self._desk.deps.intake
        self._under_way.add(material)

        def marked(_: object) -> None:
            self._under_way.discard(material)
            self._work.refresh()

        def refused(error: UserFacingError) -> None:
            self._under_way.discard(material)
            self._desk.error(error)
            self._work.choose_material(material)

        if kind is not None:
            self._go_on(material)
        self._work.on_case(
            f"mark:{material}",
            lambda actor, key, case: intake.mark(actor, key, case, material, kind, reason),
            marked,
            refused,
        )
        self._desk.screen.focus_work()

    def _go_on(self, after: str) -> None:
        """To the next line that is not marked; the row stays when all are."""
        view = self._work.view
        codes = [one.material for one in view.lines] if view else []
        if view is None or after not in codes:
            return
        at = codes.index(after) + 1
        later = (*view.lines[at:], *view.lines[:at])
        upcoming = next(
            (one.material for one in later if not one.mark and one.material not in self._under_way), ""
        )
        if upcoming:
            self._work.choose_material(upcoming)
