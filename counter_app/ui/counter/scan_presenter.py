"""Scans at the counter: what came is recognised, said, and acts; half-read codes are shown. No Qt.

A scan needs no click before or after it, whatever field had the keys (`ui/widgets/key_gate.py`), and no
timers: it acts with the Enter the scanner sends.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, Protocol

from counter_app.domain.identity.document import TYPE_NAMES
from counter_app.domain.identity.masking import mask_number
from counter_app.domain.identity.mrz import parse_mrz
from counter_app.domain.paper.cards import Card
from counter_app.domain.scanning.codes import CODE_NAMES, CodeKind, Recognised, own_code_at, recognise
from counter_app.errors import UserFacingError
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.find_presenter import FindPresenter
from counter_app.ui.counter.foot_presenter import FootPresenter
from counter_app.ui.counter.persons_presenter import DOCUMENTS, SERVICE_DOCUMENT, PersonsPresenter
from counter_app.use_cases.papers.cards import Cards
from counter_app.use_cases.ports.identity import CardRead, ReaderChanged
from counter_app.use_cases.ports.inputs import ChipFailed, ChipLaid, Scanned, ScanNews

Way = Literal["wedge", "line", "box"]
SERVICE_CARD: Final = DOCUMENTS[SERVICE_DOCUMENT]
LONGEST_SHOWN: Final = 60
LONGEST_BADGE: Final = 20
LONGEST_SEEN: Final = 24


class ScanBox(Protocol):
    """The one box: says what was scanned, lets a half-read code stand."""

    def show_scanned(self, words: str) -> None: ...

    def keep(self, text: str) -> None: ...


class BadgeTaker(Protocol):
    """The log-in: a scanned badge is its name, the PIN comes next."""

    def take_badge(self, badge: str) -> None: ...


class ScanPresenter:
    """What each scan does; `news` is for sources with a line of their own."""

    def __init__(
        self,
        desk: Desk,
        finder: FindPresenter,
        persons: PersonsPresenter,
        foot: FootPresenter,
        box: ScanBox,
        log_in: BadgeTaker,
    ) -> None:
        self._desk = desk
        self._finder = finder
        self._persons = persons
        self._foot = foot
        self._show, self._keep = box.show_scanned, box.keep
        self._badge = log_in.take_badge
        self._items: frozenset[str] = frozenset()

    def refresh(self) -> None:
        """The catalogue may be another: a bare code of an item is known by it."""
        self._desk.reads.run(self._desk.deps.finder.item_codes, self._known)

    def _known(self, items: frozenset[str]) -> None:
        self._items = items

    def wedge(self, raw: str) -> None:
        """By the keyboard's cable, with its prefix or known by its own words."""
        self.scanned(raw, "wedge")

    def news(self, name: str, news: ScanNews) -> None:
        """By a line of its own, or what became of that line."""
        match news:
            case Scanned(text):
                self.scanned(text, "line")
            case ChipLaid(serial):
                self._chip(serial)
            case ChipFailed(error):
                self._desk.error(error)
            case ReaderChanged():
                self._foot.source_changed(name, news)

    def on_its_way(self, text: str) -> None:
        """A code under way is seen, so that a scanner that sends no Enter is found out."""
        words = self._desk.t("Scanning {text} …", text=text[-LONGEST_SEEN:]) if text else ""
        self._show(words)

    def entered(self, raw: str) -> None:
        """Enter in the one box: typed, or a scanner without prefix. What is no code is searched for."""
        code = self._recognise(raw)
        either = code.kind is CodeKind.ITEM and recognise(raw).kind is CodeKind.TICKET
        by_hand = own_code_at(raw) < 0 and len(raw) < LONGEST_SHOWN
        searched = (CodeKind.FOREIGN, CodeKind.PERSON, *((CodeKind.HALF,) if by_hand else ()))
        if either or code.kind in searched:
            self._finder.entered(raw)
        else:
            self._act(code, "box")

    def scanned(self, raw: str, way: Way) -> None:
        code = self._recognise(raw)
        if self._desk.at_work:
            self._act(code, way)
        elif 0 < len(code.text) <= LONGEST_BADGE and code.kind is not CodeKind.HALF:
            self._badge(code.text)

    def _recognise(self, raw: str) -> Recognised:
        return recognise(raw, self._items.__contains__)

    def _chip(self, serial: str) -> None:
        """A smart card: a staff badge at the log-in, a citizen's service card at work (mission: M2, X3)."""
        desk = self._desk
        holder = desk.deps.plan.holder_of(serial)
        if not desk.at_work:
            self._badge(holder.badge if holder is not None else serial)
        elif holder is not None:
            desk.tell(desk.t("This is the badge of {name}.", name=holder.name))
        else:
            self._recognised(f"{desk.t(SERVICE_CARD)} {mask_number(serial)}")
            self._finder.service_card(serial, lambda: self._unknown_card(serial))

    def _unknown_card(self, serial: str) -> None:
        """The new card of the case in hand, perhaps; else one to be taken over."""
        desk, case, tools = self._desk, self._desk.hands.case, self._desk.deps.cards
        if case is None or tools is None:
            self._take_over(serial)
            return

        def known(cards: tuple[Card, ...]) -> None:
            own = [card for card in cards if card.kind == "service" and not card.gone]
            if own:
                self._offer_link(tools.cards, own[-1], serial)
            else:
                self._take_over(serial)

        desk.reads.run(lambda: tools.cards.of_case(case), known, desk.error)

    def _offer_link(self, cards: Cards, card: Card, serial: str) -> None:
        desk, t = self._desk, self._desk.t

        def link() -> None:
            desk.act(
                "link_card",
                lambda actor, key: cards.link(actor, key, card.id, serial),
                lambda _: desk.tell(t("The chip leads to this card's holder."), level="good"),
                right="case.open",
            )

        desk.tell(
            t("The chip of this card is not known here."),
            remedy=t("If it is the new card of this case, let its chip lead to the holder."),
            action=t("It is card {number}", number=card.number),
            act=link,
        )

    def _take_over(self, serial: str) -> None:
        desk = self._desk
        desk.tell(
            desk.t("This service card is not known here."),
            remedy=desk.t("Compare it with its holder's ID card, then take it over by typing the name."),
            action=desk.t("Take the card over"),
            act=lambda: self._persons.begin_form(SERVICE_DOCUMENT, {"number": serial}),
        )

    def sheet(self) -> None:
        """The page that sets scanners up, in the system's viewer, to be printed from there."""
        desk, write = self._desk, self._desk.deps.scanner_sheet
        if write is None:
            desk.tell(desk.t("This window makes no sheets."))
            return

        def made(path: Path) -> None:
            if not desk.deps.open_file(path):
                desk.tell(desk.t("The paper is saved: {path}", path=str(path)), level="good")

        desk.reads.run(write, made, desk.error)

    def _act(self, code: Recognised, way: Way) -> None:
        if code.kind is CodeKind.SETUP:
            self._set_up(way)
        elif code.kind is CodeKind.HALF:
            self._half(code)
        elif code.kind is CodeKind.MRZ:
            self._lines(code)
        else:
            if code.kind is CodeKind.FOREIGN:
                self._show("")
            else:
                self._recognised(self._said(code))
            self._finder.scanned(code, lambda: self._foreign(code))

    def _recognised(self, what: str) -> None:
        self._show(self._desk.t("Recognised: {what}", what=what))

    def _lines(self, code: Recognised) -> None:
        """A passport is as good as a card laid on."""
        desk, clock = self._desk, self._desk.deps.clock
        try:
            document = parse_mrz(code.text, clock.now().date())
        except UserFacingError as error:
            desk.error(error)
            return
        self._recognised(f"{desk.t(TYPE_NAMES[document.kind])} {mask_number(document.number)}")
        self._persons.document(CardRead(document, clock.monotonic()))

    def _half(self, code: Recognised) -> None:
        t = self._desk.t
        self._show("")
        self._keep(code.shown)
        self._desk.tell(
            t("The code was read only in part: {text}", text=_cut(code.shown)),
            remedy=t("Hold the scanner still and scan it again. What was read stands in the box above."),
            level="warn",
        )

    def _foreign(self, code: Recognised) -> None:
        t = self._desk.t
        whose = f" ({t(code.whose)})" if code.whose else ""
        self._desk.tell(
            t("This code is none of this hall's: {text}", text=_cut(code.shown) + whose),
            remedy=t("Scan the code at the foot of our paper, the ticket, or the lines of a passport."),
            level="warn",
        )

    def _set_up(self, way: Way) -> None:
        t = self._desk.t
        if way == "box":
            self._desk.tell(
                t("This scanner sends Enter, but no prefix: its codes are known in the one box only."),
                remedy=t("Set its prefix by the sheet for scanners (Ctrl+M), then scan this code again."),
                level="warn",
            )
        elif way == "wedge":
            self._desk.tell(
                t("The scanner is set up: prefix and Enter arrived, codes are known in any field."),
                level="good",
            )
        else:
            self._desk.tell(t("The scanner is set up: it has a line of its own."), level="good")

    def _said(self, code: Recognised) -> str:
        """What was scanned, for a clerk in a hurry: kind, and its number as far as may be seen."""
        kind = self._desk.t(CODE_NAMES[code.kind])
        if code.kind in (CodeKind.PAPER, CodeKind.TICKET):
            return kind  # what it states is said once it is known to be genuine
        number = mask_number(code.text) if code.kind is CodeKind.PERSON else code.shown
        return f"{kind} {number}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
