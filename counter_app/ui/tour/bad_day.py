"""A new clerk's bad day: one citizen served from call to rating while the devices fail, one after another.

Each fails once, the window stays usable and says so, the device is back by itself; pictures show what the
clerk sees (M1–M4). The printer runs out of paper in the middle of the receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt

from counter_app.domain.waiting.rating import RATINGS
from counter_app.peripherals import Kind
from counter_app.ui.theme.tokens import State
from counter_app.ui.tour.at_counter import Clerk
from counter_app.ui.tour.at_kiosk import Visitor
from counter_app.ui.tour.citizens import CITIZENS
from counter_app.ui.tour.deps import TourDeps
from counter_app.ui.tour.failing import Failing
from counter_app.ui.tour.hands import Hands
from counter_app.ui.tour.summary import Summary

LINES_LEFT: Final = 9  # of the roll when the receipt begins
CITIZEN: Final = replace(CITIZENS[0], story="bad-day", card="li", wrong={})
SECOND_DEVICE: Final = "2"
PRINT_AGAIN: Final = "2"
PASSPORT: Final = "passport"
CODE: Final = "ticket:k1.1.471123456789"


class BadDay:
    """`play` needs the simulators of all devices."""

    def __init__(self, deps: TourDeps, hands: Hands, summary: Summary) -> None:
        self._failing = Failing(deps, hands)
        self._hands = hands
        self._summary = summary
        self._window = deps.counter
        self._deps = deps
        self._clerk = Clerk(deps, hands)
        self._visitor = Visitor(deps, hands)

    def play(self) -> None:
        with self._summary.step("a bad day: ticket") as produced:
            produced.append(self._visitor.take_ticket(CITIZEN, CITIZEN.story))
        with self._trouble("LED strip unplugged at the call") as produced:
            produced.extend(self._strip())
        with self._summary.step("a bad day: card and situations") as produced:
            self._clerk.card_read(CITIZEN)
            produced.append(self._clerk.item_chosen(CITIZEN).case)
            self._clerk.answered(CITIZEN)
        for name, trouble in (
            ("document camera unplugged", self._camera),
            ("document scanner jammed", self._scanner),
            ("passport reader garbled, then unplugged", self._passport),
            ("code scanner reads half a code, then is unplugged", self._codes),
            ("card printer away", self._cards),
        ):
            with self._trouble(name) as produced:
                produced.extend(trouble())
        with self._trouble("the printer runs out of paper in the middle of the receipt") as produced:
            produced.extend(self._receipt())
        with self._trouble("rating pad unplugged when the service ends") as produced:
            produced.extend(self._rating())
        with self._trouble("all is well again") as produced:
            produced.append(self._failing.page("all-well", broken=0))

    @contextmanager
    def _trouble(self, name: str) -> Iterator[list[str]]:
        with self._summary.step(f"trouble: {name}") as produced:
            yield produced

    def _strip(self) -> list[str]:
        failing = self._failing
        failing.order(Kind.LED_STRIP, "unplug")
        called = self._clerk.call_next()
        failing.beside("窗口屏")
        pictures = [failing.shoot("strip-unplugged")]
        failing.order(Kind.LED_STRIP, "plug")
        text = self._hands.until(lambda: self._strip_says(called.number), "the ticket on the strip")
        failing.all_beside()
        return [*pictures, failing.shoot("strip-plugged-in"), text]

    def _strip_says(self, number: str) -> str:
        text = self._failing.order(Kind.LED_STRIP, "state")
        return text if number in text else ""

    def _camera(self) -> list[str]:
        """The picture is taken again by the same key once the cable is in."""
        failing, hands = self._failing, self._hands
        failing.order(Kind.CAMERA, "unplug")
        hands.press(self._window, Qt.Key.Key_I, with_ctrl=True)
        failing.at_rest()
        hands.press(self._window, Qt.Key.Key_P)
        failing.beside("高拍仪")
        failing.at_rest()
        pictures = [failing.shoot("camera-unplugged")]
        failing.order(Kind.CAMERA, "plug")
        return [*pictures, self._taken("camera-plugged-in", 1)]

    def _scanner(self) -> list[str]:
        failing, hands = self._failing, self._hands
        hands.press(self._window, Qt.Key.Key_C)
        failing.asked()
        hands.type(self._window, SECOND_DEVICE)
        failing.order(Kind.DOCUMENT_SCANNER, "fault jam")
        hands.press(self._window, Qt.Key.Key_P)
        failing.beside("扫描仪")
        failing.at_rest()
        pictures = [failing.shoot("scanner-jammed")]
        failing.order(Kind.DOCUMENT_SCANNER, "fault none")
        pictures.append(self._taken("scanner-freed", 2))
        hands.press(self._window, Qt.Key.Key_Escape)
        failing.all_beside()
        return pictures

    def _taken(self, name: str, pages: int) -> str:
        """One more picture, until the case has so many."""
        self._hands.press(self._window, Qt.Key.Key_P)
        desk = self._window.desk

        def there() -> bool | None:
            album = self._pictures(desk.hands.case or "")
            return album >= pages or None

        self._hands.until(there, f"{pages} pictures in the case")
        self._failing.at_rest()
        return self._failing.shoot(name)

    def _pictures(self, case: str) -> int:
        lines = self._deps.program.intake_queries.case_view(case).lines
        return sum(line.pictures for line in lines)

    def _passport(self) -> list[str]:
        """A letter read wrong is found out by the check digits; nothing is taken over from it."""
        failing, hands = self._failing, self._hands
        failing.order(Kind.MRZ_READER, "fault half:60")
        failing.order(Kind.MRZ_READER, f"draw {PASSPORT}")
        self._noticed()
        pictures = [failing.shoot("passport-garbled")]
        self._cable(Kind.MRZ_READER, "passport-unplugged", pictures)
        failing.order(Kind.MRZ_READER, f"draw {PASSPORT}")
        failing.asked()
        pictures.append(failing.shoot("passport-read"))
        hands.press(self._window, Qt.Key.Key_Escape)
        return pictures

    def _codes(self) -> list[str]:
        failing = self._failing
        failing.order(Kind.SCANNER, "fault half:12")
        failing.order(Kind.SCANNER, f"scan {CODE}")
        self._noticed()
        pictures = [failing.shoot("code-half")]
        self._cable(Kind.SCANNER, "code-scanner-unplugged", pictures)
        self._hands.press(self._window, Qt.Key.Key_Escape)
        return pictures

    def _cable(self, kind: Kind, name: str, pictures: list[str]) -> None:
        failing = self._failing
        failing.order(kind, "unplug")
        failing.foot(lambda foot: foot.reader.state is State.FAULT, f"the {kind.value} is gone")
        pictures.append(failing.shoot(name))
        failing.order(kind, "plug")
        failing.foot(lambda foot: foot.reader.state is State.READY, f"the {kind.value} is back")

    def _noticed(self) -> None:
        self._hands.until(lambda: self._window.panels.notice.current, "a message")

    def _cards(self) -> list[str]:
        failing = self._failing
        failing.order(Kind.CARD_PRINTER, "unplug")
        self._card()
        failing.beside("证卡打印机")
        pictures = [failing.shoot("card-printer-away")]
        failing.order(Kind.CARD_PRINTER, "plug")
        failing.all_beside()
        return [*pictures, failing.shoot("card-printer-back")]

    def _card(self) -> None:
        """A service card, by the menu."""
        self._hands.press(self._window, Qt.Key.Key_M, with_ctrl=True)
        self._hands.type(self._window, "jc")
        self._failing.asked()
        self._hands.type(self._window, "1")

    def _receipt(self) -> list[str]:
        """Half of it hangs out; a new roll; the same paper by one key, and it says 补打."""
        failing, deps = self._failing, self._deps
        self._clerk.checked(CITIZEN)
        before, known = len(deps.printed()), {row.job for row in failing.jobs()}
        failing.order(Kind.PRINTER, f"fault paper-out:{LINES_LEFT}")
        self._clerk.decided(CITIZEN)
        job = failing.fresh(known)
        failing.ended(job, "failed")
        failing.foot(lambda foot: foot.printer.state is State.FAULT, "the paper is out")
        pictures = [failing.shoot("receipt-out-of-paper")]
        failing.order(Kind.PRINTER, "mend")
        failing.foot(lambda foot: "缺纸" not in foot.printer.word, "there is a new roll")
        pictures.append(failing.shoot("receipt-new-roll"))
        self._hands.press_with_alt(self._window, Qt.Key.Key_Return)
        failing.asked()
        pictures.append(failing.shoot("receipt-looked-at"))
        self._hands.type(self._window, PRINT_AGAIN)
        row = failing.ended(job, "printed")
        pictures.append(failing.shoot("receipt-printed-whole"))
        first, *_, last = deps.printed()[before:]
        with self._hands.aside():
            for name, paper in (("half", first), ("whole", last)):
                paper.save_picture(deps.folder / "paper" / f"trouble-receipt-{name}.png")
        return [*pictures, f"{row.number} {row.state}, print {row.count}"]

    def _rating(self) -> list[str]:
        """The clerk's own pad on the screen stays; the pad on the counter asks as soon as it is back."""
        failing = self._failing
        failing.order(Kind.RATING_PAD, "unplug")
        ticket, before = self._window.desk.hands.ticket, failing.order(Kind.RATING_PAD, "state")
        self._hands.press(self._window, Qt.Key.Key_F2)
        failing.asked()
        failing.beside("评价器")
        pictures = [failing.shoot("rating-pad-unplugged")]
        failing.order(Kind.RATING_PAD, "plug")
        self._hands.until(lambda: failing.order(Kind.RATING_PAD, "state") != before, "the pad asking")
        failing.order(Kind.RATING_PAD, "press 1")
        self._hands.until(self._rated(ticket.ticket if ticket else ""), "the rating")
        failing.all_beside()
        return [*pictures, failing.shoot("rating-pad-back")]

    def _rated(self, ticket: str) -> Callable[[], bool]:
        store = self._deps.program.store

        def there() -> bool:
            with store.reading() as reader:
                return reader.get(RATINGS, ticket) is not None

        return there
