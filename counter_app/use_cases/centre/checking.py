"""`store check` at the centre: walk the hall's order from its beginning and name the first broken entry.

Every event must continue its device's chain and the running root, every private part and published row be the
one its digest names, every fold what its events come to. Nothing is mended here: a store that fails is
evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from counter_app.domain.agents.agents import AGENTS
from counter_app.domain.arriving.applications import APPLICATIONS
from counter_app.domain.arriving.consultations import CONSULTATIONS
from counter_app.domain.blanks.blanks import BLANKS
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import POSTS
from counter_app.domain.casework.task import TASKS
from counter_app.domain.centre.conflicts import CONFLICTS
from counter_app.domain.centre.devices import DEVICES
from counter_app.domain.centre.granting import LEASES
from counter_app.domain.centre.numbering import NUMBERS
from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.pictures import MaterialPictured
from counter_app.domain.journal import GENESIS, Recorded, part_digest, read
from counter_app.domain.publication import RowsPublished
from counter_app.domain.streams import Stream, subject_id
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.waiting.choice import LINEUPS
from counter_app.domain.waiting.duty import DUTIES
from counter_app.domain.waiting.fold import TICKETS
from counter_app.use_cases.centre.picturing import altered_pictures, has_key
from counter_app.use_cases.ports.centre import MOST_PULLED, OrderedEvent
from counter_app.use_cases.ports.centre_store import CentreReader, CentreStore
from counter_app.use_cases.ports.integrity import CheckReport

_KEPT: Final[tuple[Stream[Any], ...]] = (
    *(TICKETS, LINEUPS, DUTIES, CASES, DEVICES, LEASES, NUMBERS, CONFLICTS),
    *(CLOCKS, HANDLINGS, TASKS, POSTS, DELIVERIES, FEES, BLANKS, AGENTS, CONSULTATIONS, APPLICATIONS),
)
STREAMS: Final[dict[str, Stream[Any]]] = {stream.kind: stream for stream in _KEPT}
ROLE: Final = "centre"


class _Walk:
    """How far the walk has come: the root, and where each chain ends."""

    def __init__(self) -> None:
        self.place = 0
        self.root = NO_ROOT
        self.ends: dict[tuple[str, int], tuple[int, str]] = {}
        self.subjects: dict[str, None] = {}
        self.pictures: dict[str, int] = {}

    def wrong(self, entry: OrderedEvent) -> str:
        """What is wrong with the next entry; "" when it is sound."""
        name = f"place {entry.hall_seq}"
        if entry.hall_seq != self.place + 1:
            return f"{name}: follows {self.place}, entries are missing or doubled"
        try:
            event = read(entry.data, None, entry.hall_seq)
        except ValueError as error:
            return f"{name}: {error}"
        seq, hashed = self.ends.get((event.device, event.epoch), (0, GENESIS))
        if event.seq != seq + 1 or event.prev != hashed:
            return f"{name}: event {event.id} does not continue its chain"
        problem = _parts(entry, event) or rows_problem(entry, event)
        if problem:
            return f"{name}: {problem}"
        self.place, self.root = entry.hall_seq, next_root(self.root, event.hash)
        self.ends[event.device, event.epoch] = (event.seq, event.hash)
        self.subjects.update(dict.fromkeys(event.subjects))
        if isinstance(event.fact, MaterialPictured) and has_key(entry):
            self.pictures[event.fact.digest] = event.fact.size
        return ""


def check_centre(store: CentreStore) -> CheckReport:
    """Seconds per 100,000 events; the hall goes on meanwhile, what comes later is not looked at."""
    walk = _Walk()
    with store.reading() as reader:
        head = reader.head()
        while walk.place < head.hall_seq:
            stretch = reader.after(walk.place, min(MOST_PULLED, head.hall_seq - walk.place), ROLE)
            for entry in stretch:
                problem = walk.wrong(entry)
                if problem:
                    return CheckReport(walk.place, 0, problem)
            if not stretch:
                return CheckReport(walk.place, 0, f"place {walk.place + 1}: is missing")
        if walk.root != head.root:
            return CheckReport(walk.place, 0, "root: the hall's head says another one")
        for problem in _ends(reader, walk):
            return CheckReport(walk.place, 0, problem)
        rows = 0
        for problem in _folds(reader, walk):
            if problem:
                return CheckReport(walk.place, rows, problem)
            rows += 1
        for problem in altered_pictures(reader, walk.pictures):
            return CheckReport(walk.place, rows, problem)
        return CheckReport(walk.place, rows, "")


def _parts(entry: OrderedEvent, event: Recorded) -> str:
    kept = {part.slot: part for part in entry.parts}
    for slot, stated in event.parts.items():
        part = kept.get(slot)
        if part is None or part.salt is None or part.data is None:
            continue  # erased: the digest stands in for it
        if part_digest(part.salt, part.data) != stated:
            return f"event {event.id}: its private part {slot} was altered"
    return ""


def rows_problem(entry: OrderedEvent, event: Recorded) -> str:
    """Rows stand beside the event only as far as it is a publication of the centre's."""
    fact = event.fact
    if not isinstance(fact, RowsPublished) or not entry.rows:
        return ""
    stated = dict(zip(fact.changed, fact.digests, strict=False))
    for row in entry.rows:
        if row.body is not None and sha256(row.body).hexdigest() != stated.get(row.key):
            return f"published {fact.kind} {row.key}: is not what was published"
    return ""


def _ends(reader: CentreReader, walk: _Walk) -> Iterator[str]:
    stated = {(end.device, end.epoch): (end.seq, end.hash) for end in reader.chains()}
    for chain in sorted(stated.keys() | walk.ends.keys()):
        if stated.get(chain, (0, GENESIS)) != walk.ends.get(chain, (0, GENESIS)):
            yield f"chain {chain[0]}.{chain[1]}: its head is not where its events end"


def _folds(reader: CentreReader, walk: _Walk) -> Iterator[str]:
    """One entry per subject the centre keeps: "" when its fold is what its events come to."""
    for subject in walk.subjects:
        stream = STREAMS.get(subject.partition(":")[0])
        if stream is None:
            continue
        history = (read(entry.data, None, entry.hall_seq) for entry in reader.history(subject))
        same = reader.get(stream, subject_id(subject)) == stream.replay(history)
        yield "" if same else f"{subject}: its fold is not what its events come to"
