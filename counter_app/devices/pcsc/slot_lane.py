"""A slot that works by itself: readers come and go, cards are laid on and lifted, each card's serial is told.

One thread with its own connection to the service, since a call may hang while a reader is pulled out. It
comes back by itself when the reader, or the service, does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from counter_app.devices.pcsc.errors import (
    CARD_TROUBLE,
    NO_CARD,
    NO_READERS,
    REMOVED,
    CardMute,
    PcscTrouble,
)
from counter_app.devices.pcsc.library import SlotState, SmartCards, SystemSmartCards
from counter_app.errors import UserFacingError
from counter_app.peripherals import VIRTUAL_SLOT
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import ChipFailed, ChipLaid, ScanListener, ScanNews

POLL_SECONDS: Final = 0.2
AWAY_SECONDS: Final = 1.0
STOP_SECONDS: Final = 4.0
SERIAL: Final = bytes.fromhex("FFCA000000")  # PC/SC part 3: the serial of a contactless card
_DONE: Final = b"\x90\x00"
_SERIAL_SIZES: Final = range(4, 17)


def serial_of(answer: bytes) -> str:
    """`04A2B3C4D5E680` out of a card's answer. Raises CardMute."""
    serial, status = answer[:-2], answer[-2:]
    if status != _DONE or len(serial) not in _SERIAL_SIZES:
        raise CardMute(answer)
    return serial.hex().upper()


def fitting(names: Iterable[str], wanted: str, *, real_only: bool) -> tuple[str, ...]:
    """The readers whose name holds `wanted`, in their order."""
    found = (name for name in names if wanted.casefold() in name.casefold())
    return tuple(name for name in found if not (real_only and VIRTUAL_SLOT in name.casefold()))


class SlotLane:
    """A `TextSource` that tells `ChipLaid`. `wanted` is part of the reader's name, "" for the first; where
    `real_only`, slots that programs feed are passed over."""

    def __init__(
        self,
        wanted: str = "",
        *,
        real_only: bool = False,
        service: Callable[[], SmartCards] = SystemSmartCards,
        poll_seconds: float = POLL_SECONDS,
        away_seconds: float = AWAY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wanted = wanted
        self._real_only = real_only
        self._service = service
        self._poll_seconds, self._away_seconds = poll_seconds, away_seconds
        self._clock = clock
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._listener: ScanListener = lambda news: None
        self._changed = ReaderChanged(ReaderState.OFF)
        self._seen: SlotState | None = None

    @property
    def state(self) -> ReaderState:
        return self._changed.state

    @property
    def problem(self) -> UserFacingError | None:
        return self._changed.problem

    def start(self, listener: ScanListener) -> None:
        """See `TextSource.start`. Raises RuntimeError when it was started before."""
        if self._thread is not None:
            raise RuntimeError("a lane is started once")
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="lane-slot", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                cards = self._service()
            except UserFacingError as error:
                self._away(error)
            else:
                try:
                    self._work(cards)
                except PcscTrouble as error:
                    self._away(error)
                finally:
                    cards.close()
            self._stop.wait(self._away_seconds)
        self._changed = ReaderChanged(ReaderState.OFF)

    def _work(self, cards: SmartCards) -> None:
        """Look until the reader or the service goes away (PcscTrouble), or stop."""
        while not self._stop.is_set():
            reader = self._reader(cards)
            self._tell_state(ReaderChanged(ReaderState.READY, module=reader))
            self._look(cards, reader)
            self._stop.wait(self._poll_seconds)

    def _reader(self, cards: SmartCards) -> str:
        found = fitting(cards.readers(), self._wanted, real_only=self._real_only)
        if not found:
            raise PcscTrouble(NO_READERS)
        return found[0]

    def _look(self, cards: SmartCards, reader: str) -> None:
        now = cards.state(reader)
        before, self._seen = self._seen, now
        if not now.present or (before is not None and before.present and before.counter == now.counter):
            return
        try:
            self._tell(ChipLaid(serial_of(cards.ask(reader, SERIAL)), self._clock()))
        except CardMute as error:
            self._tell(ChipFailed(error, self._clock()))
        except PcscTrouble as error:
            if error.number not in CARD_TROUBLE:
                raise
            if error.number in (NO_CARD, REMOVED):
                self._seen = None  # gone before it was read: the next one counts as new
            self._tell(ChipFailed(error, self._clock()))

    def _away(self, error: UserFacingError) -> None:
        self._seen = None
        lost = self.state in (ReaderState.READY, ReaderState.LOST)
        self._tell_state(ReaderChanged(ReaderState.LOST if lost else ReaderState.ABSENT, error))

    def _tell_state(self, changed: ReaderChanged) -> None:
        known, self._changed = self._changed, changed
        same = getattr(known.problem, "code", "") == getattr(changed.problem, "code", "")
        if known.state is not changed.state or not same:
            self._tell(changed)

    def _tell(self, news: ScanNews) -> None:
        if not self._stop.is_set():
            self._listener(news)
