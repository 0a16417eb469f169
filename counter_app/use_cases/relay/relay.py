"""The lower centre's side of a relay: bring the hall's order up, take letters down, one step at a time.

A hall works as well without it. What could not be brought is brought later, from where the upper centre says
it stands; a letter that came twice is taken once. Not here: when a step is due (`running.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from counter_app.domain.centre.order import next_root
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import CentreAway, OrderedEvent
from counter_app.use_cases.ports.relay import MOST_MIRRORED, MirrorStanding, Stretch, Upper, stretch_text
from counter_app.use_cases.relay.post import SEES_ALL, Post

LARGE: Final = 3 << 20  # bytes that go at once, but always one event


@dataclass(frozen=True, slots=True)
class Progress:
    """After a step: whether there is more to do at once, and how many acts of all halls are not above yet."""

    moved: bool
    behind: int


class Relay:
    """One thread's. `sign` is Ed25519 by the key with which this hall is enrolled above."""

    def __init__(self, post: Post, upper: Upper, sign: Callable[[bytes], bytes]) -> None:
        self._post = post
        self._upper = upper
        self._sign = sign
        self._known: dict[str, MirrorStanding] = {}

    def step(self) -> Progress:
        """One stretch of each hall up, one handful of letters down.

        CentreAway; UserFacingError as the upper centre refuses, and `relay.parted` when what stands above is
        not what this hall's order was.
        """
        try:
            moved, behind = False, 0
            for hall in (self._post.store.hall, *self._post.halls()):
                brought, left = self._bring(hall)
                moved, behind = moved or brought, behind + left
            return Progress(self._fetch() or moved, behind)
        except (CentreAway, UserFacingError):
            self._known.clear()  # where it stands is asked again
            raise

    def _bring(self, hall: str) -> tuple[bool, int]:
        """Whether something went up, and how much is left."""
        at = self._known.get(hall) or self._greet(hall)
        with self._post.reading(hall) as reader:
            head = reader.head().hall_seq
            events = (
                _handful(reader.after(at.hall_seq, MOST_MIRRORED, SEES_ALL)) if head > at.hall_seq else ()
            )
        if not events:
            return False, 0
        if events[0].hall_seq != at.hall_seq + 1:
            raise _archived(hall)
        root = at.root
        for entry in events:
            root = next_root(root, sha256(entry.data).hexdigest())
        own = hall == self._post.store.hall
        centre = self._post.store.centre if own else self._post.mirrors.centre_of(hall)
        text = stretch_text(hall, centre, at.hall_seq, events, root)
        now = self._upper.mirror(Stretch(hall, centre, at.hall_seq, events, root, self._sign(text)))
        self._known[hall] = now
        return True, max(0, head - now.hall_seq)

    def _greet(self, hall: str) -> MirrorStanding:
        """Where the upper centre stands, once it is sure that it has this very order."""
        at = self._upper.standing(hall)
        with self._post.reading(hall) as reader:
            own = reader.root_at(at.hall_seq)
            head = reader.head().hall_seq
        if at.hall_seq > head or (own is not None and own != at.root):
            raise UserFacingError(
                "relay.parted",
                "The order of {hall} is another one than the centre above has kept.",
                kept="Nothing was stored; both orders stand as they are.",
                remedy="Find out whether the hall's centre was restored from a backup, "
                "and call the administrator.",
                hall=hall,
            )
        self._known[hall] = at
        return at

    def _fetch(self) -> bool:
        """Letters are kept here before the upper centre hears that they are."""
        letters = self._upper.letters(0)
        if not letters:
            return False
        with self._post.store.deciding(by_rules=False) as tx:
            tree = self._post.tree(tx)
            for letter in letters:
                self._post.deliver(tx, tree, letter)
        self._upper.taken(letters[-1].number)
        return True


def _handful(events: tuple[OrderedEvent, ...]) -> tuple[OrderedEvent, ...]:
    size = 0
    for at, entry in enumerate(events):
        size += len(entry.data) + sum(len(part.data or b"") for part in entry.parts)
        size += sum(len(row.body or b"") for row in entry.rows)
        if size > LARGE and at:
            return events[:at]
    return events


def _archived(hall: str) -> UserFacingError:
    return UserFacingError(
        "relay.archived",
        "Acts of {hall} that the centre above does not have yet lie in the archive and cannot be read.",
        kept="Nothing was lost: they are in the archive.",
        remedy="Bring the archive back, then they are sent.",
        hall=hall,
    )
