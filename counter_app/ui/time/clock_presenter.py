"""The clock of one case: its page, and what stops it, lets it go on, adds to it (mission: T2, T3, C8). No Qt.

Every act asks in the window, does one command and shows the page as it is then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.domain.time.clock import AskKind
from counter_app.domain.time.stopping import GROUNDS, SITE_VISIT
from counter_app.domain.time.words import ASK_WORDS, ask_words
from counter_app.errors import UserFacingError, mark
from counter_app.ui.time.words import LEGEND, days, sentences
from counter_app.ui.widgets.facts_shown import KeyShown, PageShown
from counter_app.ui.widgets.question import Choice
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.casework.restricted import Opening
from counter_app.use_cases.time.requests import Request
from counter_app.use_cases.time.room import TimeRoom
from counter_app.use_cases.time.views import ClockView, UrgeOffer, UrgeTo

KEYS: Final = (
    ("P", mark("progress slip"), "slip"),
    ("X", mark("time not counted"), "exclude"),
    ("B", mark("papers to be corrected"), "correct"),
    ("R", mark("time runs again"), "resume"),
    ("G", mark("suspend"), "suspension"),
    ("Y", mark("extend"), "extension"),
    ("Z", mark("more time"), "more"),
    ("A", mark("approve, or not"), "approve"),
    ("U", mark("urge"), "urge"),
    ("Esc", mark("leave"), ""),
)
REASONS: Final[tuple[str, ...]] = ("等待上级或其他机关答复", "等待规划或标准公布", "案情复杂，需进一步核实")
Show = Callable[[PageShown], None]


def read_day(text: str, today: date, *, past: bool = False) -> date | None:
    """`2026-12-31`, `12-31` (the next such day, or with `past` the last), `+30`; None when it is none."""
    typed = text.strip().replace("/", "-").replace(".", "-")
    try:
        if typed.startswith("+"):
            return today + timedelta(days=int(typed[1:]))
        if typed.count("-") == 1:
            month, _, day = typed.partition("-")
            found = date(today.year, int(month), int(day))
            if past:
                return found if found <= today else found.replace(year=today.year - 1)
            return found if found >= today else found.replace(year=today.year + 1)
        return date.fromisoformat(typed)
    except ValueError:
        return None


class ClockPresenter:
    """`show(page)` puts the page over the window."""

    def __init__(self, here: Workplace, room: TimeRoom, show: Show) -> None:
        self._here = here
        self._room = room
        self._show = show
        self._view: ClockView | None = None
        self._urged: Callable[[], None] = lambda: None

    @property
    def case(self) -> str:
        return self._view.case if self._view else ""

    def open(self, case: str | None, *, listed: bool = False) -> None:
        """Show a case's clock; before acceptance there is none. `listed`: somebody came upon it in a list
        (mission: I10)."""
        here = self._here
        if not case:
            here.tell(here.t("Open a case first."))
            return
        opening = Opening(here.actor) if listed else None
        here.reads.run(lambda: self._room.queries.clock_of(case, opening), self._opened, here.error)

    def command(self, name: str) -> None:
        """A letter of the page."""
        acts = {
            "slip": self._slip,
            "exclude": self._exclude,
            "correct": self._correct,
            "resume": self._resume,
            "suspension": self._suspend,
            "extension": lambda: self._amount("extension", "10"),
            "more": self._more,
            "approve": self._approve,
            "urge": self.urge,
        }
        if self._view is not None and name in acts:
            acts[name]()

    def _opened(self, view: ClockView | None) -> None:
        here, t = self._here, self._here.t
        if view is None:
            here.tell(t("No clock runs before acceptance."))
            return
        self._view = view
        self._show(
            PageShown(
                title=t("Time of {number} {item}", number=view.number, item=view.item),
                sentences=sentences(view, t),
                days=days(view.ledger, view.today, t) if view.ledger else (),
                empty=t("This item has no limit yet."),
                legend=tuple((paint, t(words)) for paint, words in LEGEND),
                keys=tuple(KeyShown(cap, t(words), name) for cap, words, name in KEYS),
            )
        )

    def _act(self, name: str, work: Callable[[Actor, str], object]) -> None:
        case = self.case
        self._here.act(f"clock:{name}:{case}", work, lambda done: self.open(case))

    def _slip(self) -> None:
        case = self.case
        self._act("slip", lambda actor, key: self._room.progress.issue(actor, key, case))

    def _resume(self) -> None:
        case = self.case
        self._act("resume", lambda actor, key: self._room.commands.resume(actor, key, case))

    def _exclude(self) -> None:
        here, t = self._here, self._here.t
        grounds = [*GROUNDS.items(), (SITE_VISIT, mark("site visit"))]
        signs = "1234567890"
        choices = tuple(Choice(code, signs[at], t(words)) for at, (code, words) in enumerate(grounds))

        def chosen(ground: str, text: str) -> None:
            if ground == "other":
                here.ask(
                    t("Which article leaves this time out?"),
                    (),
                    lambda _, article: self._exclude_days(ground, article),
                    text=t("Law and article"),
                )
            else:
                self._exclude_days(ground, "")

        here.ask(t("Time that the law leaves out"), choices, chosen, hint=t("The list is closed."))

    def _exclude_days(self, ground: str, article: str) -> None:
        here, t, case = self._here, self._here.t, self.case
        today = self._view.today if self._view else date.min

        def chosen(_: str, text: str) -> None:
            first, _sep, last = text.replace("至", "..").partition("..")
            begin, end = (read_day(part, today, past=True) for part in (first, last or first))
            if text.strip() and (begin is None or end is None):
                here.error(_no_day(text))
                return
            if begin and end:
                exclude(None, (begin, end))
            else:
                here.ask(
                    t("Until when is it expected to take?"),
                    (),
                    lambda _, day: until(day),
                    text=t("2026-12-31, 12-31 or +30"),
                    given="+10",
                )

        def until(text: str) -> None:
            expected = read_day(text, today)
            if expected is None:
                here.error(_no_day(text))
            else:
                exclude(expected, None)

        def exclude(expected: date | None, span: tuple[date, date] | None) -> None:
            self._act(
                "exclude",
                lambda actor, key: self._room.commands.exclude(
                    actor, key, case, ground, article=article, expected=expected, days=span
                ),
            )

        title = t("Which days? Nothing typed: from now until time runs again.")
        here.ask(title, (), chosen, text=t("2026-11-24..2026-11-25"))

    def _correct(self) -> None:
        case = self.case
        self._here.ask_reason(
            self._here.t("What is to be corrected?"),
            (),
            lambda reason: self._act(
                "correct", lambda actor, key: self._room.commands.correct(actor, key, case, reason)
            ),
        )

    def _suspend(self) -> None:
        here, t = self._here, self._here.t
        kind: AskKind = "suspension"
        if self._view is not None and self._view.standing is not None:
            kind = "prolonged"

        def expected(reason: str, does: str) -> None:
            here.ask(
                t("Expected end"),
                (),
                lambda _, text: self._request(kind, text, reason=reason, does=does),
                text=t("2026-12-31, 12-31 or +30"),
                given="+30",
            )

        def doing(reason: str) -> None:
            if kind == "prolonged":
                expected(reason, "")
                return
            title = t("What does the lead department do to end it?")
            here.ask(title, (), lambda _, text: expected(reason, text), text=t("Work on its cause"))

        here.ask_reason(t("Why is it suspended?"), REASONS, doing)

    def _request(self, kind: AskKind, day: str, *, reason: str, does: str = "") -> None:
        case, today = self.case, self._view.today if self._view else date.min
        expected = read_day(day, today)
        if expected is None:
            self._here.error(_no_day(day))
            return
        request = Request(kind=kind, expected=expected, reason=reason, does=does)
        self._act("ask", lambda actor, key: self._room.commands.ask(actor, key, case, request))

    def _amount(self, kind: AskKind, given: str, order: str = "") -> None:
        here, t, case = self._here, self._here.t, self.case

        def reasoned(amount: int) -> None:
            here.ask_reason(
                t("Why is more time needed?"),
                REASONS,
                lambda reason: self._act(
                    "ask",
                    lambda actor, key: self._room.commands.ask(
                        actor, key, case, Request(kind=kind, amount=amount, reason=reason, order=order)
                    ),
                ),
            )

        def chosen(_: str, text: str) -> None:
            if text.strip().isdigit():
                reasoned(int(text))
            else:
                here.error(_no_number(text))

        here.ask(
            t("How many working days (hours for a limit in hours)?"),
            (),
            chosen,
            text=t("How many"),
            given=given,
        )

    def _more(self) -> None:
        here, t = self._here, self._here.t

        def chosen(kind: str, text: str) -> None:
            if kind == "rework":
                here.ask(
                    t("Which decision orders the work redone?"),
                    (),
                    lambda _, order: self._amount("rework", "", order),
                    text=t("Its number"),
                )
            else:
                self._amount("supervisor", "")

        choices = (
            Choice("rework", "1", t(ASK_WORDS["rework"]), t("at most 30 % of the limit")),
            Choice("supervisor", "2", t(ASK_WORDS["supervisor"]), t("only a supervisor approves it")),
        )
        here.ask(t("More time"), choices, chosen)

    def _approve(self) -> None:
        here, t, view = self._here, self._here.t, self._view
        waiting = [ask for ask in view.clock.asks if not ask.answer] if view else []
        if not waiting:
            here.tell(t("Nothing waits for approval."))
            return
        choices = tuple(
            Choice(ask.id, str(at), ask_words(ask, t), ask.reason) for at, ask in enumerate(waiting[:9], 1)
        )
        here.ask(t("Which request?"), choices, lambda id, text: self.decide(self.case, id))

    def decide(self, case: str, ask: str, said: str = "") -> None:
        """Approve or refuse one request; `said` is what it asks."""
        here, t = self._here, self._here.t

        def chosen(answer: str, text: str) -> None:
            if answer == "yes":
                here.act(
                    f"approve:{ask}",
                    lambda actor, key: self._room.commands.approve(actor, key, case, ask),
                    lambda done: self.open(case),
                )
            else:
                here.ask_reason(t("Why not?"), (), lambda reason: self._refuse(case, ask, reason))

        choices = (Choice("yes", "1", t("Approve")), Choice("no", "2", t("Do not approve")))
        here.ask(t("Approve this request?"), choices, chosen, hint=said)

    def _refuse(self, case: str, ask: str, reason: str) -> None:
        self._here.act(
            f"refuse:{ask}",
            lambda actor, key: self._room.commands.refuse(actor, key, case, ask, reason),
            lambda done: self.open(case),
        )

    def urge(self, case: str = "", to: UrgeTo | None = None, then: Callable[[], None] | None = None) -> None:
        """Order a reply; at a counter the citizen gets his slip. `to` where it is known whose. `then` shows
        the page anew, else the case's clock is."""
        here, named = self._here, case or self.case
        self._urged = then or (lambda: self.open(named))
        here.reads.run(
            lambda: self._room.queries.urge_offer(named),
            lambda offer: self._urge_whom(named, offer, to),
            here.error,
        )

    def _urge_whom(self, case: str, offer: UrgeOffer, to: UrgeTo | None) -> None:
        here, t = self._here, self._here.t
        if to is not None or len({one.department for one in offer.to}) == 1:
            self._urge_what(case, offer, to or offer.to[0])
            return
        choices = tuple(
            Choice(str(at), str(at + 1), one.department_name, one.step or t("whole case"))
            for at, one in enumerate(offer.to[:9])
        )
        here.ask(
            t("Who is to answer?"), choices, lambda at, _: self._urge_what(case, offer, offer.to[int(at)])
        )

    def _urge_what(self, case: str, offer: UrgeOffer, to: UrgeTo) -> None:
        here, t = self._here, self._here.t

        def by(text: str) -> None:
            here.ask(
                t("By which day is the reply due?"),
                (),
                lambda _, day: self._urge(case, to, text, day),
                text=t("2026-12-31, 12-31 or +30"),
                given=offer.reply_by.isoformat(),
            )

        here.ask_reason(
            t("What is to be answered?"), ("请说明目前进展和办结时间", "请立即办理并书面答复"), by
        )

    def _urge(self, case: str, to: UrgeTo, text: str, day: str) -> None:
        here = self._here
        until = read_day(day, here.clock.now().date())
        if until is None:
            here.error(_no_day(day))
            return
        here.act(
            f"urge:{case}",
            lambda actor, key: self._room.urging.urge(
                actor, key, case, text, reply_by=until, department=to.department, step=to.step
            ),
            lambda done: self._told_urged(),
        )

    def _told_urged(self) -> None:
        self._here.tell(self._here.t("The order is out; its reply stands on the case's page."))
        self._urged()


def _no_day(text: str) -> UserFacingError:
    return UserFacingError(
        "time.no-day",
        "“{text}” is no day.",
        kept="Nothing was changed.",
        remedy="Type it like 2026-12-31, 12-31 or +30.",
        text=text,
    )


def _no_number(text: str) -> UserFacingError:
    return UserFacingError(
        "time.no-number",
        "“{text}” is no number.",
        kept="Nothing was changed.",
        remedy="Type a number.",
        text=text,
    )
