"""The tour's citizen at the kiosk: touches the keys a citizen would, one question a page."""

from __future__ import annotations

from counter_app.ui.tour.citizens import Citizen
from counter_app.ui.tour.deps import TourDeps
from counter_app.ui.tour.hands import Hands
from counter_app.use_cases.waiting.rows import LineView


class Visitor:
    """Works the kiosk's window."""

    def __init__(self, deps: TourDeps, hands: Hands) -> None:
        self._deps = deps
        self._hands = hands

    def take_ticket(self, citizen: Citizen, story: str) -> str:
        """Category, item, ticket; gives the number. Pictures are kept for the first citizen of each page."""
        hands, kiosk = self._hands, self._deps.kiosk
        catalogue = self._deps.program.catalogue()
        item = catalogue.item(citizen.item, self._deps.program.clock.now().date())
        before = self._numbers()
        hands.touch(kiosk, catalogue.licence_name(citizen.category))
        hands.shoot(kiosk, f"{story}-kiosk-items")
        hands.touch(kiosk, item.short_name or item.name)
        hands.shoot(kiosk, f"{story}-kiosk-item")
        hands.touch(kiosk, "取号")
        number = hands.until(lambda: next(iter(self._numbers() - before), None), "a ticket")
        hands.shoot(kiosk, f"{story}-kiosk-ticket")
        hands.touch(kiosk, "好了")
        return number

    def _numbers(self) -> frozenset[str]:
        view: LineView = self._deps.program.waiting_queries.line_view(self._deps.counter.desk.deps.counter)
        return frozenset(row.number for row in view.waiting)
