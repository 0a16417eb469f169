"""What a window's own lanes say of the readers they hold: nobody else may open those ports meanwhile.

A `Tap` sits between lane and window. Its state is the lane's; a trial waits for the lane's next reading,
which then goes to whoever tries and not into a case. Held are ID readers, scanners, passport readers and
card slots.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Final, Protocol

from counter_app.domain.identity.document import TYPE_NAMES, IdentityDocument
from counter_app.domain.scanning.codes import recognise
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind
from counter_app.use_cases.codes import said
from counter_app.use_cases.ports.identity import (
    CardFailed,
    CardRead,
    CardReader,
    CardRemoved,
    ReaderChanged,
    ReaderListener,
    ReaderNews,
    ReaderState,
)
from counter_app.use_cases.ports.inputs import (
    ChipFailed,
    ChipLaid,
    ScanListener,
    Scanned,
    ScanNews,
    TextSource,
)
from counter_app.use_cases.ports.peripherals import Condition, Seen, no_item

TRIAL_SECONDS: Final = 15.0
News = ReaderNews | ScanNews
Photo = Callable[[bytes], bytes]
_CONDITIONS: Final = {
    ReaderState.OFF: Condition.UNKNOWN,
    ReaderState.READY: Condition.READY,
    ReaderState.ABSENT: Condition.ABSENT,
    ReaderState.LOST: Condition.ABSENT,
    ReaderState.BUSY: Condition.BUSY,
}
_BY_PROBLEM: Final = {
    "id-card.no-answer": Condition.SILENT,
    "id-card.cut": Condition.SILENT,
    "id-card.damaged": Condition.FAULT,
    "peripheral.simulated": Condition.REFUSED,
}
TRIAL_HINTS: Final = {
    Kind.ID_READER: mark("Lay a card on it now."),
    Kind.CARD_SLOT: mark("Lay a card on it now."),
    Kind.SCANNER: mark("Scan a code with it now."),
    Kind.MRZ_READER: mark("Lay a document in it now."),
}
_SPEAKS_ONLY: Final = frozenset({Kind.SCANNER, Kind.MRZ_READER})  # an open port is all there is to know


class Lane(Protocol):
    """What reader and source have in common."""

    @property
    def state(self) -> ReaderState: ...

    @property
    def problem(self) -> UserFacingError | None: ...


def always() -> bool:
    return True


class Tap:
    """Of one lane. News come in the lane's thread, a trial waits in another, anybody gives it up.

    `photo` decodes a card's photo, so that a trial says what became of it.
    """

    def __init__(
        self, kind: Kind, url: str, lane: Lane, photo: Photo | None = None, seconds: float = TRIAL_SECONDS
    ) -> None:
        self.url = url
        self._kind = kind
        self._lane = lane
        self._photo = photo
        self._seconds = seconds
        self._guard = threading.Lock()
        self._heard = False
        self._trial: queue.SimpleQueue[News | None] | None = None

    def takes(self, news: News) -> bool:
        """Whether this reading was waited for here: it is not for the window then."""
        reading = not isinstance(news, ReaderChanged | CardRemoved)
        with self._guard:
            if isinstance(news, ReaderChanged):
                self._heard = False
            elif isinstance(news, CardRead | Scanned | ChipLaid):
                self._heard = True
            trial = self._trial
            ends = reading or (isinstance(news, ReaderChanged) and news.state is not ReaderState.READY)
            if trial is None or not ends:
                return False
            self._trial = None
        trial.put(news)
        return reading

    def seen(self) -> Seen:
        """How it is, as its lane knows by working with it."""
        return self._state(self._lane.state, self._lane.problem)

    def next_reading(
        self, wanted: Callable[[], bool] = always, is_item: Callable[[str], bool] = no_item
    ) -> Seen:
        """Wait for it: what it was; SILENT when nothing came in time; how it is where it is not ready, or
        where it was given up: `wanted` says so of a trial that had not begun by then. `is_item`: see `Bench`.
        """
        if self._lane.state is not ReaderState.READY:
            return self.seen()
        trial: queue.SimpleQueue[News | None] = queue.SimpleQueue()
        with self._guard:
            self._trial = trial
        if not wanted():
            self.give_up()
        try:
            news = trial.get(timeout=self._seconds)
        except queue.Empty:
            advice = mark(
                "Nothing was read within {seconds} s; lift a card that lies there and lay it again."
            )
            return Seen(Condition.SILENT, advice=advice, places={"seconds": f"{self._seconds:g}"})
        finally:
            with self._guard:
                self._trial = None
        return self.seen() if news is None else self._told(news, is_item)

    def give_up(self) -> None:
        """The trial under way, if there is one: the next reading is the window's again."""
        with self._guard:
            trial, self._trial = self._trial, None
        if trial is not None:
            trial.put(None)

    def _told(self, news: News, is_item: Callable[[str], bool]) -> Seen:
        match news:
            case CardRead(document):
                lines = card_words(document, self._photo)
                return Seen(Condition.READY, advice=mark("A card was read."), lines=lines)
            case ChipLaid(serial):
                return Seen(Condition.READY, advice=mark("A card was read."), lines=(f"{serial[:4]}…",))
            case Scanned(text):
                return Seen(Condition.READY, advice=said(recognise(text, is_item)))
            case CardFailed(error) | ChipFailed(error):
                return Seen.refused(error)
            case ReaderChanged(state, problem):
                return self._state(state, problem)
        return self.seen()

    def _state(self, state: ReaderState, problem: UserFacingError | None) -> Seen:
        if state is ReaderState.READY and self._kind in _SPEAKS_ONLY and not self._heard:
            return Seen(Condition.UNKNOWN, word=mark("listening"))
        if problem is None or state is ReaderState.READY:
            return Seen(_CONDITIONS[state])
        return Seen.refused(problem, _BY_PROBLEM.get(problem.code, _CONDITIONS[state]))


class _Held:
    """A lane with a tap on it, as its window knows it."""

    def __init__(self, lane: CardReader | TextSource, tap: Tap) -> None:
        self._held = lane
        self._tap = tap

    def stop(self) -> None:
        self._tap.give_up()
        self._held.stop()

    @property
    def state(self) -> ReaderState:
        return self._held.state

    @property
    def problem(self) -> UserFacingError | None:
        return self._held.problem


class HeldReader(_Held):
    """A `CardReader` with a tap on it."""

    def __init__(self, lane: CardReader, tap: Tap) -> None:
        super().__init__(lane, tap)
        self._lane = lane

    def start(self, listener: ReaderListener) -> None:
        def hand_on(news: ReaderNews) -> None:
            if not self._tap.takes(news):
                listener(news)

        self._lane.start(hand_on)

    @property
    def card(self) -> CardRead | None:
        return self._lane.card


class HeldSource(_Held):
    """A `TextSource` with a tap on it."""

    def __init__(self, lane: TextSource, tap: Tap) -> None:
        super().__init__(lane, tap)
        self._lane = lane

    def start(self, listener: ScanListener) -> None:
        def hand_on(news: ScanNews) -> None:
            if not self._tap.takes(news):
                listener(news)

        self._lane.start(hand_on)


def card_words(document: IdentityDocument, photo: Photo | None) -> tuple[str, ...]:
    """What a trial tells of a card: it names nobody. The second line is what became of the photo."""
    kind = f"{TYPE_NAMES[document.kind]} · {document.number[:6]}…"
    if photo is None:
        return kind, f"{len(document.photo)} B"
    try:
        return kind, f"{len(photo(document.photo))} B PNG"
    except UserFacingError as error:
        return kind, f"{len(document.photo)} B · {error.code}"
