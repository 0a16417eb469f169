"""Where the citizen is reached, where he lives or trades, how he wants the result, and the clerk's word on
who is competent. No Qt.

Asked one after another, each with what is known; Enter keeps it (mission: I16, I17, C13).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from counter_app.domain.intake.competence import ELSEWHERE, Finding
from counter_app.domain.intake.words import DELIVERY_WORDS
from counter_app.errors import UserFacingError, mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.telling_presenter import WAYS
from counter_app.use_cases.intake.contact import ContactView, From, Offered
from counter_app.use_cases.intake.views import CaseView

SOURCES: Final[Mapping[From, str]] = {
    "kept": mark("kept in this case"),
    "typed": mark("typed with the person"),
    "card": mark("as the card says"),
    "earlier": mark("from an earlier case"),
}
OURS: Final = "ours"
OTHER: Final = "other"
BY_PLACE: Final = "place"


class ContactPresenter:
    """`view` gives the case as shown; `refresh` shows it anew."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], refresh: Callable[[], None]) -> None:
        self._desk = desk
        self._view = view
        self._refresh = refresh

    def page(self) -> None:
        """Everything the item needs of it; then who is competent, where the place does not say "ours"."""
        case, desk = self._view(), self._desk
        if case is None or case.item is None:
            desk.tell(desk.t("Choose an item first."))
            return
        desk.reads.run(lambda: desk.deps.cases.contact(case.case), self._ask, desk.error)

    def _ask(self, known: ContactView) -> None:
        def given(answers: Answers) -> None:
            self._keep(known.case, answers, lambda: self._then_competence(known.case), again)

        def again(error: UserFacingError, answers: Answers) -> None:
            """What was typed is not lost over a wrong digit."""
            self._desk.error(error)
            self._ask(_typed(known, answers))

        ask_all(self._desk, self._asks(known), given)

    def _asks(self, known: ContactView) -> tuple[Ask, ...]:
        t = self._desk.t
        by_address, by_business = known.rule == "current_address", known.rule == "business_place"
        delivery = choices_of(tuple((way, t(DELIVERY_WORDS[way]), "") for way in known.ways))
        business = self._text("business_place", t("Where is the business?"), known.business_place)
        address = self._text("address", t("Current address"), known.address)
        return (
            self._text("phone", t("Telephone"), known.phone),
            *((address,) if by_address else ()),
            *((business,) if by_business and known.open else ()),
            Ask(
                "delivery",
                t("How is the result to be handed over?"),
                delivery,
                hint=self._hint(known.delivery),
                chosen=known.delivery.text,
            ),
            Ask(
                "tell",
                t("How does the citizen want to be told?"),
                worded(t, WAYS),
                hint=self._hint(known.tell),
                chosen=known.tell.text,
            ),
            *(() if by_address else (self._letters_to(known),)),
        )

    def _letters_to(self, known: ContactView) -> Ask:
        """An address is needed only for what is sent there."""
        t = self._desk.t
        return Ask(
            "address",
            t("To which address?"),
            label=t("Address"),
            given=known.address.text,
            hint=self._hint(known.address),
            needed=False,
            when=lambda answers: answers["delivery"] == "post" or answers["tell"] == "letter",
        )

    def _text(self, id: str, title: str, known: Offered) -> Ask:
        return Ask(id, title, given=known.text, hint=self._hint(known), needed=False)

    def _hint(self, known: Offered) -> str:
        return self._desk.t(SOURCES[known.source]) if known.source else ""

    def _keep(
        self,
        case: str,
        answers: Answers,
        then: Callable[[], None],
        failed: Callable[[UserFacingError, Answers], None],
    ) -> None:
        desk, intake = self._desk, self._desk.deps.intake
        given = dict(answers)

        def kept(_: None) -> None:
            self._refresh()
            desk.tell(desk.t("Kept."), level="good")
            then()

        desk.act(
            "contact",
            lambda actor, key: intake.set_contact(actor, key, case, given),
            kept,
            lambda error: failed(error, given),
            right="case.open",
        )

    def _then_competence(self, case: str) -> None:
        desk = self._desk
        desk.reads.run(lambda: desk.deps.cases.contact(case), self._competence, desk.error)

    def _competence(self, known: ContactView) -> None:
        """Asked where the place says another body, or nothing, and where the clerk said something before."""
        if known.rule == "none" or not known.open:
            return
        if known.found.found == OURS and not known.competence:
            return
        t = self._desk.t
        choices = (
            (OURS, t("This hall is competent"), t("with what was found out")),
            (OTHER, t("Another body is competent"), known.elsewhere),
            (BY_PLACE, t("As the place says"), ""),
        )
        said = known.competence
        chosen = (OURS if said == OURS else OTHER) if said else BY_PLACE
        asks = (
            Ask(
                "competence",
                t("Who is competent?"),
                choices_of(choices),
                hint=self._found(known.found),
                chosen=chosen,
            ),
            Ask(
                "body",
                t("Which body?"),
                given=known.elsewhere if said in ("", OURS, ELSEWHERE) else said,
                when=lambda answers: answers["competence"] == OTHER,
            ),
            Ask(
                "why",
                t("What was found out?"),
                label=t("Reason"),
                given=known.found.why,
                when=lambda answers: answers["competence"] != BY_PLACE,
            ),
        )
        desk = self._desk
        ask_all(
            desk,
            asks,
            lambda given: self._keep(
                known.case, _overruled(given), lambda: None, lambda error, _: desk.error(error)
            ),
        )

    def _found(self, found: Finding) -> str:
        return self._desk.t(found.reason, address=found.address, why=found.why) if found.reason else ""


def _typed(known: ContactView, answers: Answers) -> ContactView:
    def typed(id: str, before: Offered) -> Offered:
        return Offered(answers[id]) if id in answers else before

    return replace(
        known,
        phone=typed("phone", known.phone),
        address=typed("address", known.address),
        business_place=typed("business_place", known.business_place),
        delivery=typed("delivery", known.delivery),
        tell=typed("tell", known.tell),
    )


def _overruled(given: Answers) -> dict[str, str]:
    said = {OURS: OURS, OTHER: given.get("body", "") or ELSEWHERE}.get(given["competence"], "")
    return {"competence": said, "competence_reason": given.get("why", "")}
