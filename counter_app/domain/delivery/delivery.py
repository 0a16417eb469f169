"""A case's results as they stand: ready, on their way, handed over, gone back (the fold)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, cast, get_args

from counter_app.domain.changing import replace
from counter_app.domain.delivery.facts import (
    DeliveryFact,
    HandingRefused,
    PostSettled,
    ResultAmended,
    ResultDue,
    ResultHandedOver,
    ResultPosted,
    ResultRecorded,
    ResultReturned,
    ResultSentToStation,
)
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream

# 送达方式 as a 送达回证 names them: 直接 邮寄 电子 委托 转交 留置 公告
Manner = Literal["direct", "post", "electronic", "entrusted", "passed_on", "left", "public"]
MANNERS: Final[tuple[Manner, ...]] = get_args(Manner)
ResultState = Literal["ready", "posted", "at_station", "handed_over", "returned", "revoked"]
WAITING: Final = frozenset({"ready", "posted", "at_station"})
HERE: Final = frozenset({"ready", "at_station"})
DECISION: Final = "decision"  # the code of a decision that is itself to be delivered: a denial, an end


@dataclass(frozen=True, slots=True)
class Produced:
    """One result. `blank` is the numbered blank it stands on."""

    code: str
    name: str
    number: str
    state: ResultState
    since: datetime
    valid_from: date | None = None
    valid_until: date | None = None
    blank: str = ""

    def valid(self, on: date) -> bool:
        """Whether it may be relied on: not revoked, not past its day."""
        return self.state != "revoked" and (self.valid_until is None or on <= self.valid_until)

    @property
    def decision(self) -> bool:
        """Whether it is the decision itself, not what the item ends in."""
        return self.code == DECISION


@dataclass(frozen=True, slots=True)
class Handing:
    """One act of handing over, or a refusal of it (`refused`)."""

    event: str
    at: datetime
    manner: str
    relation: str
    staff: str
    results: tuple[int, ...] = ()
    receiver: str = ""
    refused: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    event: str
    at: datetime
    result: int
    amendment: str
    article: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What was posted last. `back` says why it came back."""

    carrier: str
    tracking: str
    at: datetime
    results: tuple[int, ...]
    arrived: datetime | None = None
    back: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """All results of a case (`id` is the case's). Results are counted from 1. `expected` is the day by which
    one that was granted has to be made; None when none is outstanding."""

    id: str
    results: tuple[Produced, ...] = ()
    handings: tuple[Handing, ...] = ()
    amended: tuple[Amended, ...] = ()
    post: Post | None = None
    station: str = ""
    department: str = ""
    overtaken: tuple[str, ...] = ()
    expected: date | None = None

    @property
    def waiting(self) -> tuple[int, ...]:
        """Results nobody has yet."""
        return self._in(WAITING)

    @property
    def here(self) -> tuple[int, ...]:
        """Results that can be handed over now."""
        return self._in(HERE)

    @property
    def waits_since(self) -> datetime | None:
        """Since when the oldest result waits for somebody."""
        return min((self.results[at - 1].since for at in self.waiting), default=None)

    def _in(self, states: frozenset[str]) -> tuple[int, ...]:
        return tuple(at for at, one in enumerate(self.results, 1) if one.state in states)


def _text(event: Recorded, slot: str) -> str:
    return event.private.get(slot, b"").decode()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moved(delivery: Delivery, results: tuple[int, ...], state: ResultState, at: datetime) -> Delivery:
    changed = tuple(
        replace(one, state=state, since=at) if place in results else one
        for place, one in enumerate(delivery.results, 1)
    )
    return replace(delivery, results=changed)


def _may(delivery: Delivery, results: tuple[int, ...], states: frozenset[str]) -> bool:
    known = delivery._in(states)
    return bool(results) and all(at in known for at in results)


def _recorded(delivery: Delivery, fact: ResultRecorded, event: Recorded) -> Delivery:
    one = Produced(
        fact.code,
        fact.name,
        fact.number,
        "ready",
        event.at,
        _day(fact.valid_from),
        _day(fact.valid_until),
        fact.blank,
    )
    return replace(delivery, results=(*delivery.results, one), expected=None)


def _due(delivery: Delivery, fact: ResultDue, event: Recorded) -> Delivery | None:
    if delivery.waiting:
        return None
    return replace(delivery, expected=date.fromisoformat(fact.until))


def _handed(delivery: Delivery, fact: ResultHandedOver, event: Recorded) -> Delivery | None:
    if fact.manner not in MANNERS or not _may(delivery, fact.results, WAITING | {"returned"}):
        return None
    handing = Handing(
        event.id,
        event.at,
        fact.manner,
        fact.relation,
        event.actor.staff,
        fact.results,
        _text(event, "receiver"),
        paper=fact.paper,
    )
    moved = _moved(delivery, fact.results, "handed_over", event.at)
    return replace(moved, handings=(*moved.handings, handing))


def _refused(delivery: Delivery, fact: HandingRefused, event: Recorded) -> Delivery | None:
    if not delivery.waiting:
        return None
    reason = _text(event, "reason")
    handing = Handing(event.id, event.at, fact.manner, "", event.actor.staff, refused=reason or "—")
    return replace(delivery, handings=(*delivery.handings, handing))


def _posted(delivery: Delivery, fact: ResultPosted, event: Recorded) -> Delivery | None:
    if not _may(delivery, fact.results, HERE | {"returned"}):
        return None
    moved = _moved(delivery, fact.results, "posted", event.at)
    return replace(moved, post=Post(fact.carrier, fact.tracking, event.at, fact.results))


def _settled(delivery: Delivery, fact: PostSettled, event: Recorded) -> Delivery | None:
    post = delivery.post
    if (
        post is None
        or post.tracking != fact.tracking
        or not _may(delivery, post.results, frozenset({"posted"}))
    ):
        return None
    if not fact.arrived:
        moved = _moved(delivery, post.results, "ready", event.at)
        return replace(moved, post=replace(post, back=fact.reason or "—"))
    handing = Handing(event.id, event.at, "post", "", event.actor.staff, post.results)
    moved = _moved(delivery, post.results, "handed_over", event.at)
    return replace(moved, post=replace(post, arrived=event.at), handings=(*moved.handings, handing))


def _sent(delivery: Delivery, fact: ResultSentToStation, event: Recorded) -> Delivery | None:
    if not _may(delivery, fact.results, HERE):
        return None
    return replace(_moved(delivery, fact.results, "at_station", event.at), station=fact.station)


def _returned(delivery: Delivery, fact: ResultReturned, event: Recorded) -> Delivery | None:
    if not _may(delivery, fact.results, WAITING):
        return None
    return replace(_moved(delivery, fact.results, "returned", event.at), department=fact.department)


def _amended(delivery: Delivery, fact: ResultAmended, event: Recorded) -> Delivery | None:
    if not 1 <= fact.result <= len(delivery.results):
        return None
    one = delivery.results[fact.result - 1]
    if one.state == "revoked":
        return None
    if fact.amendment == "revoked":
        one = replace(one, state="revoked", since=event.at)
    elif fact.amendment in ("reissued", "changed", "corrected"):
        # the new paper is to be collected like the first
        one = replace(one, state="ready", since=event.at, number=fact.number or one.number)
    results = (*delivery.results[: fact.result - 1], one, *delivery.results[fact.result :])
    done = Amended(event.id, event.at, fact.result, fact.amendment, fact.article, fact.paper)
    return replace(delivery, results=results, amended=(*delivery.amended, done))


_FOLDS: Final[Mapping[type, Callable[[Delivery, Any, Recorded], Delivery | None]]] = {
    ResultRecorded: _recorded,
    ResultDue: _due,
    ResultHandedOver: _handed,
    HandingRefused: _refused,
    ResultPosted: _posted,
    PostSettled: _settled,
    ResultSentToStation: _sent,
    ResultReturned: _returned,
    ResultAmended: _amended,
}


def fold_delivery(delivery: Delivery | None, event: Recorded) -> Delivery | None:
    fact = event.fact
    if not isinstance(fact, DeliveryFact):
        return delivery
    if delivery is None and not isinstance(fact, ResultRecorded | ResultDue):
        return None
    known = delivery or Delivery(fact.case)
    changed = _FOLDS[type(fact)](known, cast(Any, fact), event)
    return changed or replace(known, overtaken=(*known.overtaken, event.id))


DELIVERIES: Final = Stream("delivery", Delivery, fold_delivery)
