"""The result of the case in hand: recorded, handed over, posted, sent to a station, amended. No Qt.

Whoever collects shows a document: the card on the reader, or one typed. Who may and what is missing is said
by the rule (`domain/delivery/rules.py`), all of it at once (mission: C13, C18, P6).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from counter_app.domain.delivery.delivery import Delivery
from counter_app.domain.delivery.rules import RELATIONS
from counter_app.domain.intake.case import Mandate
from counter_app.domain.intake.parties import Identity
from counter_app.domain.intake.words import DELIVERY_WORDS
from counter_app.domain.paper.builders.delivering import MANNERS
from counter_app.domain.paper.builders.delivering import RELATIONS as RELATION_WORDS
from counter_app.errors import UserFacingError, mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.delivery.inputs import (
    Amending,
    AmendInput,
    CollectInput,
    DeliveryView,
    ResultInput,
    ServedInput,
)
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.intake.views import CaseView

STATES: Final[Mapping[str, str]] = {
    "ready": mark("waits to be collected"),
    "posted": mark("under way by post"),
    "at_station": mark("at the station"),
    "handed_over": mark("handed over"),
    "returned": mark("back at its department"),
    "revoked": mark("revoked"),
}
AMENDINGS: Final[Mapping[Amending, str]] = {
    "corrected": mark("Correct it"),
    "reissued": mark("Issue it again"),
    "changed": mark("Change it"),
    "revoked": mark("Revoke it"),
}
BACK: Final = (mark("Nobody at the address"), mark("The address is wrong"), mark("Refused"))


class DeliveryPresenter:
    """`view` gives the case as shown; `done` refreshes what shows it."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], done: Callable[[], None]) -> None:
        self._desk = desk
        self._view = view
        self._refresh = done
        self._delivering = desk.deps.around.delivering

    def page(self) -> None:
        """Where the result stands, and what can be done with it now."""
        case = self._view()
        if case is None or case.item is None:
            self._desk.tell(self._desk.t("No case is in hand."))
            return
        self._desk.reads.run(lambda: self._delivering.view(case.case), self._show, self._desk.error)

    def _show(self, view: DeliveryView) -> None:
        desk, t = self._desk, self._desk.t
        delivery, granted = view.delivery, view.stage == "granted"
        here, waits = bool(delivery.here), bool(delivery.waiting)
        posted = bool(delivery.post and delivery.post.arrived is None and not delivery.post.back)
        none = t("Nothing waits here.")
        choices = (
            Choice("record", "1", t("Record the result"), "", granted, t("The case is not granted.")),
            Choice("hand", "2", t("Hand over at the counter"), "", here, none),
            Choice("post", "3", t("Give to the post"), "", here and "post" in view.ways, none),
            Choice("settled", "4", t("The post arrived, or came back"), "", posted, t("Nothing is posted.")),
            Choice("station", "5", t("Send to a station"), "", here and "station" in view.ways, none),
            Choice("serve", "6", t("Delivered in another way, or refused"), "", waits, none),
            Choice("back", "7", t("Back to its department: nobody came"), "", waits, none),
            Choice("amend", "8", t("Correct, issue again, change, revoke"), "", bool(delivery.results), none),
        )
        does: Mapping[str, Callable[[DeliveryView], None]] = {
            "record": self._record,
            "hand": self._hand,
            "post": self._post,
            "settled": self._settled,
            "station": self._station,
            "serve": self._serve,
            "back": self._back,
            "amend": self._amend,
        }
        title = t("Result of {number}", number=view.number or view.item)
        desk.ask(
            title,
            choices,
            lambda choice, _: does[choice](view),
            hint=self._standing(delivery, view),
            chosen="hand" if here else "settled" if posted else "",
        )

    def _standing(self, delivery: Delivery, view: DeliveryView) -> str:
        t = self._desk.t
        if not delivery.results:
            return t("No result is recorded yet.")
        lines = []
        for one in delivery.results:
            until = t("valid until {day}", day=one.valid_until) if one.valid_until else ""
            parts = (one.name, one.number, t(STATES[one.state]), f"{one.since:%m-%d %H:%M}", until)
            lines.append(" · ".join(part for part in parts if part))
        if view.wished:
            how = next((words for way, words in DELIVERY_WORDS.items() if way == view.wished), "")
            lines.append(t("Wished: {how}", how=t(how) if how else view.wished))
        return "\n".join(lines)

    def _record(self, view: DeliveryView) -> None:
        t = self._desk.t
        asks = (
            Ask("number", t("Number of the result"), needed=False),
            Ask("until", t("Valid until"), needed=False, day=True, hint=t("Empty: as the catalogue says.")),
        )

        def given(answers: Answers) -> None:
            until = date.fromisoformat(answers["until"]) if answers["until"] else None
            result = ResultInput(number=answers["number"], valid_until=until)
            self._act(
                "record_result",
                lambda actor, key: self._delivering.record(actor, key, view.case, result),
                t("The result is recorded; it waits to be collected."),
            )

        ask_all(self._desk, asks, given)

    def _hand(self, view: DeliveryView) -> None:
        desk, t = self._desk, self._desk.t
        card = desk.deps.reader.card
        relations = choices_of(tuple((one, t(RELATION_WORDS[one]), "") for one in view.relations))
        documents = [Choice("typed", "2", t("A document typed by hand"))]
        if card is not None:
            words = t("The card on the reader: {name}", name=card.document.name)
            documents.insert(0, Choice("card", "1", words))
        scan = t("Scan the receipt, or type its number: both go into the line below.")
        asks = (
            Ask("relation", t("Who collects?"), relations, hint=t("For {name}", name=view.applicant)),
            Ask("by", t("Which document?"), tuple(documents)),
            Ask("name", t("Name on the document"), when=lambda a: a["by"] == "typed"),
            Ask("id", t("ID number"), when=lambda a: a["by"] == "typed"),
            Ask(
                "receipt",
                t("Receipt"),
                (
                    Choice("scan", "1", t("It is here"), t("Scan it or type its number"), False, scan),
                    Choice("lost", "0", t("Lost: its loss is declared in writing")),
                ),
                label=t("Number of the receipt"),
            ),
            Ask("mandate", t("Number of the mandate"), needed=False, when=_by_agent),
            Ask("until", t("The mandate ends on"), needed=False, day=True, when=_by_agent),
            Ask("both", t("ID number of the applicant's document"), when=_by_agent),
        )
        ask_all(desk, asks, lambda answers: self._collect(view, answers))

    def _collect(self, view: DeliveryView, answers: Answers) -> None:
        desk, t = self._desk, self._desk.t
        card = desk.deps.reader.card
        if answers["by"] == "card" and card is not None:
            person = PersonInput.from_card(card)
        else:
            identity = Identity(name=answers.get("name", ""), number=answers.get("id", ""))
            person = PersonInput.typed(identity)
        mandate = None
        if answers["relation"] == "agent":
            until = date.fromisoformat(answers["until"]) if answers["until"] else None
            mandate = Mandate(t("collect the result"), until, answers["mandate"])
        lost = answers["receipt"] == "lost"
        given = CollectInput(
            relation=next(one for one in RELATIONS if one == answers["relation"]),
            person=person,
            receipt="" if lost else answers["receipt"],
            declared=lost,
            mandate=mandate,
            applicant_number=answers.get("both", ""),
        )
        desk.act(
            "hand_over",
            lambda actor, key: self._delivering.hand_over(actor, key, view.case, given),
            lambda slip: self._done(t("Handed over. The collection slip is being printed.")),
            self._refused,
            right="result.deliver",
        )

    def _refused(self, error: UserFacingError) -> None:
        """Every reason at once, so that nobody is sent twice."""
        reasons = error.params.get("all")
        if error.code != "delivery.not-allowed" or not isinstance(reasons, tuple):
            self._desk.error(error)
            return
        t = self._desk.t
        words = " ".join(t(str(reason)) for reason in reasons)
        self._desk.tell(words, remedy=t(error.kept), level="bad")

    def _post(self, view: DeliveryView) -> None:
        t = self._desk.t
        asks = (
            Ask("carrier", t("Carrier"), given=t("EMS")),
            Ask("tracking", t("Tracking number")),
            Ask("address", t("Address"), needed=False, hint=t("Empty: the address in the case.")),
        )

        def given(answers: Answers) -> None:
            self._act(
                "post_result",
                lambda actor, key: self._delivering.post(
                    actor, key, view.case, answers["carrier"], answers["tracking"], answers["address"]
                ),
                t("Noted: given to the post."),
            )

        ask_all(self._desk, asks, given)

    def _settled(self, view: DeliveryView) -> None:
        desk, t = self._desk, self._desk.t
        rows = (
            ("arrived", t("Arrived and signed for"), ""),
            *((t(one), t("Came back: {why}", why=t(one)), "") for one in BACK),
        )

        def taken(choice: str, text: str) -> None:
            arrived = choice == "arrived"
            self._act(
                "post_settled",
                lambda actor, key: self._delivering.post_settled(
                    actor, key, view.case, arrived=arrived, reason="" if arrived else choice
                ),
                t("Noted."),
            )

        desk.ask(t("What became of the post?"), choices_of(rows), taken)

    def _station(self, view: DeliveryView) -> None:
        desk, t = self._desk, self._desk.t
        stations = desk.deps.plan.stations()
        if not stations:
            desk.tell(t("This hall has no stations."), level="warn")
            return
        rows = tuple((hall.code, hall.name, "") for hall in stations)

        def taken(code: str, text: str) -> None:
            self._act(
                "to_station",
                lambda actor, key: self._delivering.to_station(actor, key, view.case, code),
                t("Noted: sent to the station."),
            )

        desk.ask(t("To which station?"), choices_of(rows), taken)

    def _serve(self, view: DeliveryView) -> None:
        desk, t = self._desk, self._desk.t
        not_here = {"post"} if "electronic" in view.ways else {"post", "electronic"}
        manners = {one: words for one, words in MANNERS.items() if one not in not_here}
        manners["direct"] = mark("offered in person, and refused")
        asks = (
            Ask("manner", t("How was it delivered?"), worded(t, manners)),
            Ask("receiver", t("Received by"), needed=False, when=lambda a: not _in_person(a)),
            Ask("relation", t("Relation to the applicant"), needed=False, when=lambda a: not _in_person(a)),
            Ask("place", t("Place"), needed=False),
            Ask("why", t("Refused, because"), when=_in_person),
            Ask(
                "refused",
                t("Refused, because"),
                needed=False,
                hint=t("Empty: it was taken."),
                when=lambda a: not _in_person(a),
            ),
            Ask("witness", t("Witness"), needed=False),
        )

        def given(answers: Answers) -> None:
            served = ServedInput(
                manner=next(one for one in MANNERS if one == answers["manner"]),
                receiver=answers.get("receiver", ""),
                relation=answers.get("relation", ""),
                place=answers["place"],
                refused=answers.get("why") or answers.get("refused", ""),
                witness=answers["witness"],
            )
            self._act(
                "serve_result",
                lambda actor, key: self._delivering.serve(actor, key, view.case, served),
                t("The proof of delivery is being printed."),
            )

        ask_all(desk, asks, given)

    def _back(self, view: DeliveryView) -> None:
        t = self._desk.t
        self._act(
            "result_back",
            lambda actor, key: self._delivering.give_back(
                actor, key, view.case, t("Nobody collected it in time")
            ),
            t("Noted: back at its department."),
        )

    def _amend(self, view: DeliveryView) -> None:
        t = self._desk.t
        results = tuple((str(at), one.name, one.number) for at, one in enumerate(view.delivery.results, 1))
        asks = (
            Ask("result", t("Which result?"), choices_of(results), when=lambda a: len(results) > 1),
            Ask(
                "how",
                t("What is to be done?"),
                worded(t, AMENDINGS),
            ),
            Ask("was", t("It read"), when=_reworded),
            Ask("now", t("It now reads"), when=_reworded),
            Ask("number", t("New number"), needed=False, when=lambda a: a["how"] in ("reissued", "changed")),
            Ask("reason", t("Reason")),
            Ask("article", t("Law and article")),
        )

        def given(answers: Answers) -> None:
            amend = AmendInput(
                amendment=next(one for one in AMENDINGS if one == answers["how"]),
                reason=answers["reason"],
                article=answers["article"],
                result=int(answers.get("result", "1")),
                was=answers.get("was", ""),
                now=answers.get("now", ""),
                number=answers.get("number", ""),
            )
            self._act(
                "amend_result",
                lambda actor, key: self._delivering.amend(actor, key, view.case, amend),
                t("Done. The paper is being printed."),
            )

        ask_all(self._desk, asks, given)

    def _act(self, name: str, work: Callable[..., object], words: str) -> None:
        self._desk.act(name, work, lambda _: self._done(words), right="result.deliver")

    def _done(self, words: str) -> None:
        self._desk.tell(words, level="good")
        self._refresh()


def _by_agent(answers: Answers) -> bool:
    return answers["relation"] == "agent"


def _in_person(answers: Answers) -> bool:
    """Taken in person, it is handed over at the counter; here only its refusal is noted."""
    return answers["manner"] == "direct"


def _reworded(answers: Answers) -> bool:
    return answers["how"] in ("corrected", "changed")
