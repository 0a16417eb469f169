"""What rings: calls for help, lines past the promise, posts to stand in at (mission: H5, Q5). No Qt.

A call is told once; it stays in the left zone until somebody says that he goes there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from counter_app.domain.waiting.rules import POST_NAMES
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.shown import AlarmsShown
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.casework.posts import Offer
from counter_app.use_cases.waiting.help_desk import HelpRow
from counter_app.use_cases.waiting.rows import LineAlert


@dataclass(frozen=True, slots=True)
class Ringing:
    """All that rings as of now."""

    calls: tuple[HelpRow, ...]
    alerts: tuple[LineAlert, ...]
    offers: tuple[Offer, ...]


class HelpPresenter:
    """`show` draws the alarms. `refresh` is called on changes and every half minute."""

    def __init__(self, desk: Desk, show: Callable[[AlarmsShown], None]) -> None:
        self._desk = desk
        self._show = show
        self._calls: tuple[HelpRow, ...] = ()
        self._told: set[str] = set()

    def refresh(self) -> None:
        deps, shift = self._desk.deps, self._desk.hands.shift
        staff = shift.staff if shift else ""

        def read() -> Ringing:
            return Ringing(
                deps.help_desk.open_calls(), deps.lines.alerts(), deps.casework.posts.offers(staff)
            )

        self._desk.reads.run(read, self._shown)

    def answer(self) -> None:
        """Say that one goes there: at once where one call is open, else the one chosen."""
        self._choose(self._desk.t("Who is helped?"), self._answer)

    def escalate(self) -> None:
        """Ring the next post at once."""
        self._choose(self._desk.t("Which call is passed on?"), self._escalate)

    def _choose(self, title: str, then: Callable[[HelpRow], None]) -> None:
        desk, calls = self._desk, self._calls
        if not calls:
            desk.tell(desk.t("Nobody asks for help."))
        elif len(calls) == 1:
            then(calls[0])
        else:
            choices = tuple(
                Choice(call.call, str(at), self._words(call), self._rings(call))
                for at, call in enumerate(calls[:9], 1)
            )
            rows = {call.call: call for call in calls}
            desk.ask(title, choices, lambda call, text: then(rows[call]))

    def _answer(self, row: HelpRow) -> None:
        desk, help_desk = self._desk, self._desk.deps.help_desk

        def answered(_: None) -> None:
            desk.tell(desk.t("You go to {place}.", place=self._place(row)), level="good")
            self.refresh()

        desk.act(
            "help", lambda actor, key: help_desk.answer(actor, key, row.call), answered, right="help.answer"
        )

    def _escalate(self, row: HelpRow) -> None:
        desk, help_desk = self._desk, self._desk.deps.help_desk

        def passed_on(now: HelpRow) -> None:
            desk.tell(self._rings(now), level="good")
            self.refresh()

        desk.act(
            "help",
            lambda actor, key: help_desk.escalate(actor, key, row.call),
            passed_on,
            right="help.answer",
        )

    def _shown(self, found: Ringing) -> None:
        t = self._desk.t
        self._calls, alerts = found.calls, found.alerts
        late = tuple(
            t(
                "{line}: waits {minutes} min, promised {promised}",
                line=alert.name,
                minutes=alert.longest_minutes,
                promised=alert.promised_minutes,
            )
            for alert in alerts
        )
        posts = tuple(self._stand_in(offer) for offer in found.offers)
        self._show(AlarmsShown(tuple(self._words(call) for call in self._calls), late, posts))
        self._offer(found.offers)
        for call in self._calls:
            if call.call not in self._told and self._desk.at_work:
                self._told.add(call.call)
                self._desk.tell(
                    self._words(call),
                    remedy=self._rings(call),
                    level="warn",
                    action=t("I go there"),
                    act=partial(self._answer, call),
                )

    def _offer(self, offers: tuple[Offer, ...]) -> None:
        """Told once each: the post is B's now (AB岗制, mission: H5)."""
        for offer in offers:
            told = f"{offer.post}/{offer.since.isoformat()}"
            if told not in self._told and self._desk.at_work:
                self._told.add(told)
                self._desk.tell(
                    self._stand_in(offer),
                    remedy=self._desk.t("Finish here, then log in at that counter."),
                    level="warn",
                )

    def _stand_in(self, offer: Offer) -> str:
        return self._desk.t(
            "Stand in at {post}: {name} is away ({reason})",
            post=offer.name,
            name=offer.away,
            reason=offer.reason,
        )

    def _words(self, call: HelpRow) -> str:
        t = self._desk.t
        words = t("Help wanted: {place}", place=self._place(call))
        return f"{words} · {call.matter}" if call.matter else words

    def _place(self, call: HelpRow) -> str:
        t = self._desk.t
        if call.place.isdecimal():
            return t("Counter {counter}", counter=call.place)
        kiosk, _, number = call.place.partition("-")
        return t("kiosk {number}", number=number) if kiosk == "kiosk" else call.place

    def _rings(self, call: HelpRow) -> str:
        t = self._desk.t
        posts = "、".join(t(POST_NAMES.get(post, post)) for post in call.posts)
        return t("It rings: {posts}", posts=posts) if posts else ""
