"""The first page, what stands under a category, and what is said of a closed one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.words import CITIZEN_STAGES
from counter_app.ui.kiosk.page import Block, Key, Page
from counter_app.ui.kiosk.words import TICKET_STATES, Words
from counter_app.use_cases.waiting.kiosk import KioskTicket, Progress, Visitor
from counter_app.use_cases.waiting.rows import KioskCategory, KioskView

HOME = "start"


@dataclass(frozen=True, slots=True)
class StartData:
    """What the first page shows. `views` by language: `zh_CN` and `en`; `items` are the codes of those in
    force, for the recogniser of scans."""

    plan: HallPlan
    views: Mapping[str, KioskView]
    items: frozenset[str] = frozenset()

    @property
    def as_of(self) -> datetime | None:
        """From when the figures are, while the kiosk is cut off from the hall."""
        return self.view("zh_CN").as_of

    def view(self, language: str) -> KioskView:
        return self.views["en" if language == "en" else "zh_CN"]

    def category(self, language: str, code: str) -> KioskCategory | None:
        return next((entry for entry in self.view(language).categories if entry.code == code), None)


def start_page(data: StartData, words: Words, *, elder: bool, visitor: Visitor | None, card: bool) -> Page:
    """`card`: the reader is ready. Categories are grey while the hall is closed, and
    say when it is open; one that no counter serves just now still gives tickets, and says so."""
    t = words.t
    view = data.view(words.language)
    lead = t("Touch one kind of matter, or lay your ID card on the reader")
    if not card:
        lead = t("Touch one kind of matter")
    if visitor is not None:
        lead = t("{name}, your card is read. Touch what you came for.", name=words.name(visitor.masked_name))
    # large letters leave room for few keys a page: what the elderly come for is on the first
    entries = sorted(view.categories, key=lambda entry: elder and not entry.elder_first)
    return Page(
        name=HOME,
        title=t("What brings you here?"),
        lead=lead,
        tiles=tuple(_tile(entry, view, words, elder=elder) for entry in entries),
        wide=(_card_key(words, ready=card),),
        rows=_rows(words, elder=elder),
    )


def _tile(entry: KioskCategory, view: KioskView, words: Words, *, elder: bool) -> Key:
    t = words.t
    waiting = t("{count} people waiting", count=entry.waiting) if entry.waiting else t("nobody waiting")
    if not entry.open:
        waiting = t("tickets given, not open yet") if view.hall_open else _next_hours(view, words)
    return Key(
        "category",
        words.name(entry.name),
        waiting,
        entry.code,
        kind="tile" if entry.open or view.hall_open else "off",
        hint="" if elder else words.name(entry.hint),
    )


def _next_hours(view: KioskView, words: Words) -> str:
    lines = words.hours(view.hours)
    return words.t("closed; {hours}", hours=lines[0]) if lines else words.t("closed")


def _card_key(words: Words, *, ready: bool) -> Key:
    t = words.t
    if not ready:
        return Key(
            "card",
            t("The card reader is out of order"),
            t("Please use the keys above"),
            kind="off",
            mark="card",
        )
    return Key(
        "card",
        t("Lay your ID card here"),
        t("Matters already under way are recognised"),
        kind="primary",
        mark="card",
    )


def _rows(words: Words, *, elder: bool) -> tuple[tuple[Key, ...], ...]:
    t = words.t
    help_key = Key("help", t("Ask the staff for help"))
    progress = Key("progress", t("Look up progress"))
    collect = Key("collect", t("Collect a result"))
    if elder:
        return ((progress, collect), (Key("normal", t("Normal size"), kind="elder"), help_key))
    return (
        (progress, Key("guides", t("Read the guides")), Key("forms", t("Blank forms"))),
        (collect, Key("verify", t("Check a paper")), Key("opinions", t("Complaints, opinions"))),
        (Key("elder", t("Large print"), kind="elder"), help_key),
    )


def nav(words: Words, *, help_key: bool = True) -> tuple[Key, ...]:
    """The last row of every page but the first."""
    keys = (Key("back", words.t("Back")), Key("home", words.t("First page")))
    return (*keys, Key("help", words.t("Help"))) if help_key else keys


def items_page(
    words: Words, title: str, items: tuple[Item, ...], *, act: str, elder: bool, closed: tuple[str, ...] = ()
) -> Page:
    """`closed`: why no ticket can be had now, and the hours."""
    t = words.t
    lead = t("Which matter is it?") if act == "item" else t("Whose guide do you want to read?")
    return Page(
        name="items",
        title=title,
        lead=lead,
        banner=" ".join(closed),
        tone="warn" if closed else "",
        tiles=tuple(
            Key(act, words.name(item.short_name or item.name, item.name_en), target=item.code, kind="tile")
            for item in items
        ),
        tile_columns=1 if elder else 2,
        rows=(nav(words),),
    )


def closed_words(entry: KioskCategory, view: KioskView, words: Words) -> tuple[str, ...]:
    """Empty while the category is served."""
    t = words.t
    if entry.open:
        return ()
    if view.hall_open:
        return (t("No counter serves this just now. You may take a ticket and will be called later."),)
    return (t("The hall is closed. It is open:"), "; ".join(words.hours(view.hours)))


def card_page(words: Words) -> Page:
    """How to lay the card on: shown when the card key is touched and no card lies there."""
    t = words.t
    return Page(
        name="card",
        title=t("Lay your ID card on the reader"),
        lead=t("The reader is below the screen. Leave the card there for a second."),
        blocks=(
            Block(
                t("The kiosk then shows"),
                (
                    t("matters of yours that are under way"),
                    t("tickets you have taken today"),
                    t("whether you go first because of your age"),
                ),
                numbered=True,
            ),
            Block(t("Without a card"), (t("Go back and touch the kind of matter."),)),
        ),
        rows=(nav(words),),
    )


def visitor_page(words: Words, visitor: Visitor) -> Page:
    """Who laid a card on and has something here: tickets of today, cases under way."""
    t = words.t
    tickets = tuple(
        t("{number}: {state}", number=ticket.number, state=_ticket_state(ticket, words))
        for ticket in visitor.tickets
    )
    blocks = (Block(t("Your tickets today"), tickets),) if tickets else ()
    return Page(
        name="visitor",
        title=t("{name}, welcome", name=words.name(visitor.masked_name)),
        lead=t("Touch the matter you came for."),
        banner=t("Your card has expired: the counter may ask for another paper.") if visitor.expired else "",
        tone="warn" if visitor.expired else "",
        blocks=blocks,
        tiles=tuple(case_tile(words, case) for case in visitor.cases),
        tile_columns=1,
        wide=(Key("choose", t("Something else: take a ticket"), kind="primary"),),
        rows=(nav(words),),
    )


def case_tile(words: Words, case: Progress) -> Key:
    """One of a visitor's cases: its item, how it stands; touched, it opens."""
    name = words.name(case.item_name, case.item_name_en)
    return Key("case", name, words.t(CITIZEN_STAGES[case.stage]), case.case, kind="tile")


def _ticket_state(ticket: KioskTicket, words: Words) -> str:
    if ticket.state in ("called", "serving") and ticket.counter:
        return words.t("please go to counter {counter}", counter=ticket.counter)
    return words.t(TICKET_STATES[ticket.state])


def ticket_state_page(words: Words, ticket: KioskTicket) -> Page:
    """A scanned ticket."""
    return Page(
        name="ticket-state",
        title=words.t("Your ticket"),
        number=ticket.number,
        lead=_ticket_state(ticket, words),
        rows=(nav(words),),
    )
