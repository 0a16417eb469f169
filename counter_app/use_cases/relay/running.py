"""When the relay's next step is due, and how the line up stands: for `hub status` and the metrics.

The state is a note of the centre's store, written when it changes; where the store is opened by another
process it can be read there too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal

import msgspec

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import CentreAway
from counter_app.use_cases.ports.centre_store import CentreReader
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.relay import boxes
from counter_app.use_cases.relay.post import LOST, MIRRORED, Post
from counter_app.use_cases.relay.relay import Progress

STATE: Final = "relay/state"
IDLE_SECONDS: Final = 0.5
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
_WRITE_EVERY: Final = 10.0


@dataclass(frozen=True, slots=True)
class RelayState:
    """`since`: when the line went into this state; `last`: when the upper centre last answered, "" never.

    `behind` is how many acts were not above when it last answered, `refused` the code of what it refused.
    """

    line: Literal["none", "up", "cut_off", "refused"] = "none"
    since: str = ""
    last: str = ""
    behind: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class PostState:
    """The relay of a centre as `hub status` shows it: the line up, halls whose orders are kept here, letters
    that wait for halls below, letters that could not be handed on."""

    up: RelayState
    halls: tuple[str, ...]
    letters: int
    lost: int


def post_state(reader: CentreReader) -> PostState:
    note = reader.note(STATE)
    return PostState(
        up=RelayState() if note is None else msgspec.json.decode(note, type=RelayState),
        halls=tuple(key.removeprefix(MIRRORED) for key in reader.notes(MIRRORED)),
        letters=boxes.count(reader),
        lost=len(reader.notes(LOST)),
    )


class Running:
    """The relay's thread: steps while there is something to do, then looks twice a second. `step` is
    `Relay.step`."""

    def __init__(self, post: Post, clock: Clock, step: Callable[[], Progress]) -> None:
        self._post = post
        self._clock = clock
        self._step = step
        self._pause = FIRST_PAUSE
        self._written = float("-inf")
        self._kept: RelayState | None = None
        self.state = RelayState("cut_off")

    def run(self, stop: threading.Event) -> None:
        """Until told to stop."""
        while not stop.is_set():
            stop.wait(self.turn())

    def turn(self) -> float:
        """One step; how many seconds to rest after it."""
        try:
            progress = self._step()
        except CentreAway:
            self._note(replace(self.state, line="cut_off", refused=""))
        except UserFacingError as error:
            self._note(replace(self.state, line="refused", refused=error.code))
        else:
            self._pause = FIRST_PAUSE
            now = self._clock.now().isoformat(timespec="seconds")
            self._note(RelayState("up", self.state.since, now, progress.behind))
            return 0.0 if progress.moved else IDLE_SECONDS
        pause, self._pause = self._pause, min(LONGEST_PAUSE, 2 * self._pause)
        return pause

    def _note(self, state: RelayState) -> None:
        """Kept when it is another one; that the line is still up, now and then."""
        now = self._clock.monotonic()
        fresh = self._kept is None or (state.line, state.refused) != (self._kept.line, self._kept.refused)
        if fresh:
            state = replace(state, since=self._clock.now().isoformat(timespec="seconds"))
        self.state = state
        if fresh or (state.line == "up" and now - self._written >= _WRITE_EVERY):
            try:
                with self._post.store.deciding(by_rules=False) as tx:
                    tx.keep_note(STATE, msgspec.json.encode(asdict(state)))
            except (CentreAway, UserFacingError):
                return  # the store has its own trouble; the next turn writes it
            self._kept, self._written = state, now
