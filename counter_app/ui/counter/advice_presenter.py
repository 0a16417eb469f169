"""Advice before an application: recorded, linked to the case that comes of it, read again (mission: I13).

No Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.arriving.consultations import Consultation
from counter_app.domain.hall.plan import HallPlan
from counter_app.i18n import Translator
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.arriving.consulting import Advice
from counter_app.use_cases.intake.views import CaseView

SHORT: Final = 60


class AdvicePresenter:
    """`view` gives the case in hand."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None]) -> None:
        self._desk = desk
        self._view = view
        self._consulting = desk.deps.around.consulting

    def consult(self) -> None:
        """Advice given before an application; with a case in hand it is linked to it."""
        desk, t, view = self._desk, self._desk.t, self._view()
        item = view.item.code if view and view.item else ""
        asks = (
            Ask("question", t("What was asked?")),
            Ask("answer", t("What was answered?"), hint=t("Procedure, papers, conditions to be met.")),
            Ask("name", t("Name"), needed=False),
            Ask("phone", t("Telephone"), needed=False),
            Ask("item", t("Code of the item it was about"), needed=False, given=item),
            Ask(
                "present",
                t("Who else took part?"),
                needed=False,
                hint=t("Badges or names, with commas; empty: nobody."),
            ),
        )

        def given(answers: Answers) -> None:
            advice = Advice(
                question=answers["question"],
                answer=answers["answer"],
                item=answers["item"],
                name=answers["name"],
                phone=answers["phone"],
                present=_badges(desk.deps.plan, answers["present"]),
            )
            desk.act(
                "consult",
                lambda actor, key: self._consulting.hold(actor, key, advice, view.case if view else ""),
                lambda _: desk.tell(t("The advice is recorded."), level="good"),
                right="case.open",
            )

        ask_all(desk, asks, given)

    def earlier(self) -> None:
        """Advice that led to the case in hand, and what waits for its case: each can be read in full."""
        desk, view = self._desk, self._view()
        case = view.case if view else ""

        def read() -> tuple[tuple[Consultation, ...], tuple[Consultation, ...]]:
            return self._consulting.of_case(case) if case else (), self._consulting.unlinked()

        desk.reads.run(read, lambda found: self._list(case, *found), desk.error)

    def _list(self, case: str, own: tuple[Consultation, ...], waiting: tuple[Consultation, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not own and not waiting:
            desk.tell(t("No advice waits for its case."), level="good")
            return
        known = {one.id: one for one in (*own, *waiting)}
        here = {one.id for one in own}
        lines = choices_of(
            tuple(
                (id, one.question[:SHORT], _beside(one, t("of this case") if id in here else ""))
                for id, one in known.items()
            )
        )
        desk.ask(
            t("Which advice led to this case?"),
            lines,
            lambda id, _: self._one(case, known[id], linked=id in here),
        )

    def _one(self, case: str, advice: Consultation, *, linked: bool) -> None:
        """All of it; then it is linked to the case in hand, or only read."""
        desk, t = self._desk, self._desk.t
        why = t("It is linked already.") if linked else t("No case is in hand.")
        choices = (
            Choice("link", "1", t("It led to the case in hand"), "", bool(case) and not linked, why),
            Choice("back", "0", t("Back to the list")),
        )

        def taken(choice: str, _: str) -> None:
            if choice == "back":
                self.earlier()
                return
            desk.act(
                "link_advice",
                lambda actor, key: self._consulting.link(actor, key, advice.id, case),
                lambda _: desk.tell(t("Linked to this case."), level="good"),
                right="case.open",
            )

        title = t("Advice of {day}", day=f"{advice.at:%Y-%m-%d}")
        desk.ask(title, choices, taken, hint="\n".join(advice_lines(advice, desk.deps.plan, t)))


def advice_lines(advice: Consultation, plan: HallPlan, t: Translator) -> tuple[str, ...]:
    """Who asked what, what he was told, by whom: in full."""
    people = (advice.staff, *advice.present)
    told = "、".join(member.name if (member := plan.member(one)) else one for one in people)
    who = " ".join(part for part in (advice.name, advice.phone) if part)
    head = " · ".join(part for part in (f"{advice.at:%Y-%m-%d}", who, _code(advice.item)) if part)
    return (
        t("Advice: {head}", head=head),
        t("Asked: {words}", words=advice.question),
        t("Told by {people}: {words}", people=told, words=advice.answer),
    )


def _code(item: str) -> str:
    return item.partition("@")[0]


def _beside(advice: Consultation, whose: str) -> str:
    return " · ".join(part for part in (f"{advice.at:%m-%d}", advice.name, _code(advice.item), whose) if part)


def _badges(plan: HallPlan, text: str) -> tuple[str, ...]:
    """Staff as typed, by badge or by whole name; what is neither is refused when it is recorded."""
    known = {member.name: member.badge for member in plan.staff}
    parts = (part.strip() for part in text.replace("，", ",").replace("、", ",").split(","))
    return tuple(known.get(part, part) for part in parts if part)
