"""The upper centre's side of a relay: what a lower hall's centre may bring, and the letters it takes.

A relay brings its own hall's order and those of halls under it, by this centre's plan, and no other. All of a
stretch is checked before anything is stored: signature, places, chains, private parts, rows, running hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from counter_app.domain.centre.order import next_root
from counter_app.domain.publication import RowsPublished
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.checking import rows_problem
from counter_app.use_cases.centre.needs import MOST_NUMBER, CentreNeeds, is_plain, need_device, within
from counter_app.use_cases.centre.plans import need_role
from counter_app.use_cases.centre.taking_in import (
    LARGEST_BATCH,
    LARGEST_EVENT,
    LARGEST_PART,
    MOST_PARTS,
    forged,
    readable_event,
)
from counter_app.use_cases.ports.centre import OrderedEvent, SealedEvent
from counter_app.use_cases.ports.centre_store import CentreReader, DeviceRow
from counter_app.use_cases.ports.relay import (
    MOST_MIRRORED,
    Letter,
    Mirrored,
    MirrorStanding,
    Stretch,
    stretch_text,
)
from counter_app.use_cases.relay import boxes
from counter_app.use_cases.relay.post import MIRRORED, RELAY, Post

RELAYS: Final = frozenset({RELAY})


@dataclass(frozen=True)
class UpperLine:
    """`Upper` for one enrolled relay, in process. Who calls has made sure that it is this relay that asks."""

    post: Post
    needs: CentreNeeds
    device: str

    def standing(self, hall: str) -> MirrorStanding:
        with self.post.store.reading() as reader:
            self._need_own(reader, hall)
        return self.post.mirrors.standing(hall)

    def mirror(self, stretch: Stretch) -> MirrorStanding:
        _need_small(stretch)
        if not is_plain(stretch.hall, stretch.centre):
            raise forged("a name is unreadable")
        with self.post.store.reading() as reader:
            row = self._need_own(reader, stretch.hall)
            known = reader.note(MIRRORED + stretch.hall) is not None
        text = stretch_text(stretch.hall, stretch.centre, stretch.after, stretch.events, stretch.root)
        if not self.needs.verify(bytes.fromhex(row.public), stretch.signature, text):
            raise forged("the signature is another's")
        events = _checked(stretch)
        at = self.post.mirrors.standing(stretch.hall)
        if stretch.after != at.hall_seq or not events:
            return self._elsewhere(stretch, at)
        if _root(at.root, events) != stretch.root:
            raise _parted(stretch.hall)
        if not known:
            with self.post.store.deciding(by_rules=False) as tx:
                tx.keep_note(MIRRORED + stretch.hall, b"0")
        try:
            self.post.mirrors.add(stretch.hall, stretch.centre, stretch.after, events, stretch.root)
        except ValueError as error:
            raise forged(str(error)) from error
        return MirrorStanding(stretch.after + len(events), stretch.root)

    def letters(self, after: int) -> tuple[Letter, ...]:
        with self.post.store.reading() as reader:
            need_role(need_device(reader, self.device), RELAYS)
            return boxes.waiting(reader, self.post.mirrors, self.device, within(after))

    def taken(self, number: int) -> None:
        with self.post.store.deciding(by_rules=False) as tx:
            need_role(need_device(tx, self.device), RELAYS)
            boxes.let_go(tx, self.device, within(number))

    def close(self) -> None:
        """Nothing to let go: the centre keeps its store."""

    def _need_own(self, reader: CentreReader, hall: str) -> DeviceRow:
        """The relay's row. UserFacingError `relay.other-hall`, `device.role`, `centre.*`."""
        row = need_device(reader, self.device)
        need_role(row, RELAYS)
        tree = self.post.tree(reader)
        code = tree.code_of(hall)
        if code is None or code == tree.here or not tree.is_under(code, row.device):
            raise UserFacingError(
                "relay.other-hall",
                "{relay} does not bring the acts of {hall}: by this hall's plan it is not under it.",
                kept="Nothing was stored.",
                remedy="Name the same halls in both plans, and enrol the relay under its hall's code.",
                relay=row.name or row.device,
                hall=hall[:60],
            )
        return row

    def _elsewhere(self, stretch: Stretch, at: MirrorStanding) -> MirrorStanding:
        """What came before is fine when it is the same; what comes later is asked for again from here."""
        if stretch.after > at.hall_seq:
            raise UserFacingError(
                "relay.gap",
                "Acts of {hall} before these are missing here.",
                kept="Nothing was stored.",
                remedy="The relay asks again from where this centre stands; nothing needs to be done.",
                hall=stretch.hall,
            )
        last = stretch.after + len(stretch.events)
        with self.post.mirrors.reading(stretch.hall) as reader:
            known = reader.root_at(last) if last <= at.hall_seq else stretch.root
        if known is not None and known != stretch.root:
            raise _parted(stretch.hall)
        return at


def _parted(hall: str) -> UserFacingError:
    return UserFacingError(
        "relay.parted",
        "The order of {hall} is another one than the centre above has kept.",
        kept="Nothing was stored; both orders stand as they are.",
        remedy="Find out whether the hall's centre was restored from a backup, and call the administrator.",
        hall=hall,
    )


def _need_small(stretch: Stretch) -> None:
    """UserFacingError `centre.too-large`."""
    parts = [len(part.data or b"") for entry in stretch.events for part in entry.parts]
    sizes = [len(entry.data) for entry in stretch.events]
    rows = [len(row.body or b"") for entry in stretch.events for row in entry.rows]
    if (
        len(sizes) > MOST_MIRRORED
        or any(len(entry.parts) > MOST_PARTS for entry in stretch.events)
        or max(sizes, default=0) > LARGEST_EVENT
        or max(parts, default=0) > LARGEST_PART
        or sum(sizes) + sum(parts) + sum(rows) > LARGEST_BATCH
    ):
        raise UserFacingError(
            "centre.too-large",
            "This machine sent more at once than the centre takes.",
            kept="Nothing of it was stored at the centre; it is kept on the machine.",
            remedy="Show this to the person who looks after the hall's machines.",
        )


def _checked(stretch: Stretch) -> tuple[Mirrored, ...]:
    """The events read back. UserFacingError `centre.forged`."""
    if not 0 <= stretch.after < MOST_NUMBER:
        raise forged("there is no such place")
    found = []
    try:
        for at, entry in enumerate(stretch.events):
            if entry.hall_seq != stretch.after + 1 + at:
                raise forged("places are missing")
            event = readable_event(stretch.hall, SealedEvent(entry.data, entry.parts))
            mirrored = Mirrored(event, entry)
            _need_rows(mirrored, entry)
            found.append(mirrored)
    except (ValueError, TypeError, RecursionError, msgspec.MsgspecError) as error:
        raise forged(str(error)) from error
    return tuple(found)


def _need_rows(one: Mirrored, entry: OrderedEvent) -> None:
    """ValueError when the rows beside a publication are not those it vouches for."""
    fact = one.event.fact
    if not entry.rows:
        return
    if not isinstance(fact, RowsPublished) or type(fact.version_no) is not int:
        raise ValueError("rows beside what is no publication")
    named = {*fact.changed, *fact.withdrawn}
    if not 0 <= fact.version_no < MOST_NUMBER or not is_plain(fact.kind, *(row.key for row in entry.rows)):
        raise ValueError("a publication is unreadable")
    if any(row.key not in named for row in entry.rows) or len({r.key for r in entry.rows}) != len(entry.rows):
        raise ValueError("rows that the publication does not name")
    problem = rows_problem(entry, one.event)
    if problem:
        raise ValueError(problem)


def _root(root: str, events: tuple[Mirrored, ...]) -> str:
    for one in events:
        root = next_root(root, one.event.hash)
    return root
