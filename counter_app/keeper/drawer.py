"""The keeper's duty with a cash drawer on a line of its own: orders at once, its state now and then."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.peripherals.asking import Wishes
from counter_app.use_cases.peripherals.drawer import stayed_shut
from counter_app.use_cases.peripherals.drawer_seen import TOLD, seen_drawer
from counter_app.use_cases.peripherals.states import note_seen
from counter_app.use_cases.ports.drawer import OwnDrawer
from counter_app.use_cases.ports.peripherals import Condition, Seen
from counter_app.use_cases.ports.store import Store

KEEPER: Final = Actor("keeper")
LOOK_SECONDS: Final = 4.0


class DrawerWatch:
    """`name` is the drawer's on this machine. `step` is for one thread."""

    def __init__(
        self, store: Store, name: str, drawer: OwnDrawer, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._name = name
        self._drawer = drawer
        self._wishes = Wishes(store)
        self._monotonic = monotonic
        self._looked = -LOOK_SECONDS
        self._known: Seen | None = None

    def step(self) -> bool:
        """Open it when it was told to; True when work was done. UserFacingError `store.*`."""
        wish = self._wishes.next_of(self._name)
        if wish is not None:
            self._wishes.taken(KEEPER, wish)
            error = self._trouble(self._drawer.kick)
            if error is None:
                self._wishes.answered(KEEPER, wish, Seen(Condition.READY, advice=TOLD))
            else:
                code = error.code
                self._wishes.answered(KEEPER, wish, _seen(error), lambda tx: stayed_shut(tx, wish.id, code))
            self._looked = -LOOK_SECONDS
            return True
        if self._monotonic() - self._looked >= LOOK_SECONDS:
            self._looked = self._monotonic()
            self._look()
        return False

    def _look(self) -> None:
        if not self._drawer.can_tell:
            return
        try:
            is_open = self._drawer.is_open()
            seen = Seen(Condition.SILENT) if is_open is None else seen_drawer(is_open)
        except UserFacingError as error:
            seen = _seen(error)
        if seen != self._known:
            self._store.act(KEEPER, "", lambda tx: note_seen(tx, self._name, seen))
            self._known = seen

    def _trouble(self, work: Callable[[], None]) -> UserFacingError | None:
        try:
            work()
        except UserFacingError as error:
            return error
        return None


def _seen(error: UserFacingError) -> Seen:
    return Seen.refused(error, Condition.ABSENT)
