"""A hall's centre in memory, written as plainly as the rules read: the oracle beside the real one.

Everything is a list that is walked from its beginning. It decides by the same words as the real centre
(gapless places, forks, grants, leases, blocks of numbers) and shares no code with it but the domain's.
Not here: speed, threads, signed day totals (its totals are counted, their signature is empty).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from counter_app.domain.centre.facts import ConflictFound, DayTotalled, DeviceEnrolled, DeviceRevoked
from counter_app.domain.centre.order import NO_ROOT, RULE_VERSION, batch_digest, next_root
from counter_app.domain.centre.roles import may_log_in, may_read
from counter_app.domain.intake.facts import CaseNumbered
from counter_app.domain.journal import GENESIS, Actor, Envelope, Fact, Recorded, part_digest, read
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.publication import RowsPublished
from counter_app.domain.waiting.facts import TicketIssued
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.errors import UserFacingError
from counter_app.keys.signing import verify
from counter_app.use_cases.ports.centre import (
    Ack,
    Batch,
    ChainEnd,
    DeviceStanding,
    Hello,
    OrderedEvent,
    Publication,
    Pulled,
    RowBody,
    SealedEvent,
    SealedPart,
    Secret,
    Welcome,
)
from counter_app.use_cases.ports.clock import Clock


@dataclass
class NaiveDevice:
    """An enrolled device: `used` is the token it last came with, `offered` those given to it since."""

    role: str
    name: str
    public: bytes
    epoch: int = 1
    tokens: int = 0
    used: str = ""
    offered: tuple[str, ...] = ()
    revoked: bool = False
    said: Hello | None = None
    heard: str = ""


@dataclass(frozen=True)
class Placed:
    """One event at its place; the running root after it."""

    event: Recorded
    data: bytes
    parts: tuple[SealedPart, ...]
    rows: tuple[RowBody, ...]
    root: str


@dataclass
class NaiveCentre:
    """All devices' centre; `line(device)` in `naive_line.py` is one device's port to it."""

    clock: Clock
    hall: str = "南环"
    code: str = "Z"
    order: list[Placed] = field(default_factory=list)
    enrolled: dict[str, NaiveDevice] = field(default_factory=dict)
    secrets: list[Secret] = field(default_factory=list)
    kept_batches: list[tuple[str, Batch]] = field(default_factory=list)

    def copied(self, clock: Clock) -> NaiveCentre:
        """Another that knows what this one knows now."""
        enrolled = {code: replace(device) for code, device in self.enrolled.items()}
        return replace(
            self,
            clock=clock,
            order=list(self.order),
            enrolled=enrolled,
            secrets=list(self.secrets),
            kept_batches=list(self.kept_batches),
        )

    # -- its own stream

    def enrol(self, device: str, role: str, public: bytes) -> None:
        self.enrolled[device] = NaiveDevice(role, device, public)
        self.write(DeviceEnrolled(device=device, role=role, name=device, public=public.hex()))

    def revoke(self, device: str, cause: str) -> None:
        self.enrolled[device].revoked = True
        self.write(DeviceRevoked(device=device, cause=cause))

    def write(self, fact: Fact, key: str = "", staff: str = "centre", rows: Sequence[RowBody] = ()) -> int:
        """An event of the centre's own at the next place; gives that place."""
        seq, prev = self.chain_end(self.code, 1)
        now = self.clock.now()
        envelope = Envelope(
            hall=self.hall,
            device=self.code,
            epoch=1,
            seq=seq + 1,
            hlc=int(now.timestamp() * 1000) << 16 | (len(self.order) & 0xFFFF),
            at=now.isoformat(timespec="milliseconds"),
            actor=Actor(staff),
            key=key,
            n=0,
            prev=prev,
        )
        data, _ = envelope.seal(fact, {})
        self._place(SealedEvent(data), tuple(rows))
        return len(self.order)

    def _place(self, sealed: SealedEvent, rows: tuple[RowBody, ...] = ()) -> None:
        private = {part.slot: part.data for part in sealed.parts if part.data is not None}
        event = read(sealed.data, private, len(self.order) + 1)
        root = next_root(self.order[-1].root if self.order else NO_ROOT, event.hash)
        self.order.append(Placed(event, sealed.data, sealed.parts, rows, root))

    # -- what it knows

    @property
    def events(self) -> list[Recorded]:
        return [placed.event for placed in self.order]

    def chain_of(self, device: str, epoch: int) -> list[Recorded]:
        return [event for event in self.events if (event.device, event.epoch) == (device, epoch)]

    def chain_end(self, device: str, epoch: int) -> tuple[int, str]:
        own = self.chain_of(device, epoch)
        return (own[-1].seq, own[-1].hash) if own else (0, GENESIS)

    def chains(self) -> tuple[ChainEnd, ...]:
        runs = dict.fromkeys((event.device, event.epoch) for event in self.events)
        return tuple(ChainEnd(*run, *self.chain_end(*run)) for run in runs)

    def root_at(self, place: int) -> str:
        return self.order[place - 1].root if place else NO_ROOT

    def history(self, subject: str) -> list[Recorded]:
        return [event for event in self.events if subject in event.subjects]

    def ticket(self, id: str) -> Ticket | None:
        return TICKETS.replay(self.history(f"ticket:{id}"))

    def tickets(self) -> list[Ticket]:
        ids = dict.fromkeys(
            subject.partition(":")[2]
            for event in self.events
            for subject in event.subjects
            if subject.startswith("ticket:")
        )
        return [ticket for ticket in map(self.ticket, ids) if ticket is not None]

    def device(self, code: str) -> NaiveDevice:
        found = self.enrolled.get(code)
        if found is None:
            raise UserFacingError("centre.unknown-device", "The centre does not know this machine.")
        if found.revoked:
            raise UserFacingError("centre.revoked", "This machine was taken out of the hall.")
        return found

    def ordered(self, placed: Placed, role: str) -> OrderedEvent:
        """An event as a device of this role may have it."""
        parts = tuple(
            part if may_read(role, placed.event.type, part.slot) else SealedPart(part.slot, None, None)
            for part in placed.parts
        )
        place = placed.event.hall_seq
        assert place is not None
        return OrderedEvent(place, placed.data, parts, placed.rows)

    # -- what a device asks

    def welcome(self, code: str, hello: Hello) -> Welcome:
        device = self.device(code)
        seq, hashed = self.chain_end(code, hello.epoch)
        behind = hello.epoch < device.epoch or hello.seq < seq
        if hello.token not in (device.used, *device.offered):
            state = "restored" if behind else "cloned"
        elif behind:
            state = "restored"
        else:
            state = "ok" if hello.seq > seq or hello.hash == hashed else "cloned"
        if state != "ok" and (device.epoch == hello.epoch or self.chain_of(code, device.epoch)):
            device.epoch = max(device.epoch, hello.epoch) + 1
        if hello.token in device.offered:
            device.used, device.offered = hello.token, ()
        device.tokens += 1
        token = f"token-{code}-{device.tokens}"
        device.offered = (*device.offered, token)
        device.said, device.heard = hello, self.clock.now().isoformat()
        known = hello.pulled <= len(self.order)
        return Welcome(
            state=state,  # type: ignore[arg-type]  # one of the three, by the lines above
            hall=self.hall,
            centre=self.code,
            role=device.role,
            epoch=device.epoch,
            seq=seq,
            hash=hashed,
            token=token,
            hall_seq=len(self.order),
            agrees=known and self.root_at(hello.pulled) == hello.root,
            rules=RULE_VERSION,
            now=self.clock.now().isoformat(timespec="milliseconds"),
        )

    def take(self, code: str, batch: Batch) -> Ack:
        device = self.device(code)
        events = [read(sealed.data) for sealed in batch.events]
        message = batch_digest(self.hall, code, batch.epoch, [event.hash for event in events])
        if not verify(device.public, batch.signature, message) or not self._fits(code, batch, events):
            raise UserFacingError("centre.forged", "The centre refused what this machine sent.")
        if batch.epoch != device.epoch:
            return self._ack("closed", code, batch.epoch)
        self.kept_batches.append((code, batch))
        for sealed, event in zip(batch.events, events, strict=True):
            state = self._next(code, event)
            if state == "fork":
                device.epoch += 1
            if state not in ("ok", "known"):
                return self._ack(state, code, batch.epoch)
            if state == "ok":
                self._place(sealed)
                self._look_for_conflict(self.order[-1].event)
        return self._ack("ok", code, batch.epoch)

    def _next(self, code: str, event: Recorded) -> str:
        own = self.chain_of(code, event.epoch)
        if event.seq <= len(own):
            return "known" if own[event.seq - 1].hash == event.hash else "fork"
        if event.seq > len(own) + 1:
            return "gap"
        return "ok" if event.prev == (own[-1].hash if own else GENESIS) else "fork"

    def _fits(self, code: str, batch: Batch, events: list[Recorded]) -> bool:
        for at, (sealed, event) in enumerate(zip(batch.events, events, strict=True)):
            if sha256(sealed.data).hexdigest() != event.hash or event.device != code:
                return False
            if event.epoch != batch.epoch or event.seq != events[0].seq + at:
                return False
            if at and event.prev != events[at - 1].hash:
                return False
            if any(not _sound(part, event) for part in sealed.parts):
                return False
        return True

    def _ack(self, state: str, code: str, epoch: int) -> Ack:
        return Ack(state, *self.chain_end(code, epoch), len(self.order))  # type: ignore[arg-type]  # as above

    def _look_for_conflict(self, event: Recorded) -> None:
        """An event that the ticket's fold puts among the overtaken ones is a conflict, found once; so is a
        number that stands on something else already."""
        number = _number_of(event)
        first = next(one.event for one in self.order if _number_of(one.event) == number)
        if number and first is not event:
            self._conflict("number-twice", event.subjects[0], event, first)
        for subject in event.subjects:
            if not subject.startswith("ticket:"):
                continue
            history = self.history(subject)
            ticket = TICKETS.replay(history)
            if ticket is None or event.id not in ticket.overtaken:
                continue
            self._conflict("overtaken", subject, event, history[-2])

    def _conflict(self, rule: str, subject: str, event: Recorded, against: Recorded) -> None:
        """One conflict, told to both sides."""
        id = f"{self.code}.1.{self.chain_end(self.code, 1)[0] + 1}"
        sides = tuple(f"{one.device}/{one.actor.staff}/{one.actor.place}" for one in (against, event))
        self.write(
            ConflictFound(
                conflict=id, subject=subject, rule=rule, event=event.id, against=against.id, concerned=sides
            )
        )

    def give(self, code: str, after: int, secrets: int, limit: int) -> Pulled:
        role = self.device(code).role
        stretch = self.order[after : after + limit]
        events = tuple(self.ordered(placed, role) for placed in stretch)
        return Pulled(
            after=after,
            events=events,
            root=stretch[-1].root if stretch else self.root_at(min(after, len(self.order))),
            head=len(self.order),
            secrets=tuple(secret for secret in self.secrets if secret.version > secrets)
            if may_log_in(role)
            else (),
        )

    def publish(self, publication: Publication) -> int:
        """Rows that are in force already, byte for byte, are left out."""
        old = self.in_force(publication.kind)
        changed = {key: body for key, body in publication.rows.items() if body is not None}
        changed = {key: body for key, body in changed.items() if old.get(key) != body}
        gone = {key for key, body in publication.rows.items() if body is None and key in old}
        if publication.replace:
            gone |= set(old) - set(publication.rows)
        if not changed and not gone:
            return len(self.order)
        keys, withdrawn = tuple(sorted(changed)), tuple(sorted(gone))
        stamp = 1 + sum(event.type == "RowsPublished" for event in self.events)
        fact = RowsPublished(
            kind=publication.kind,
            changed=keys,
            withdrawn=withdrawn,
            version_no=stamp,
            digests=tuple(sha256(changed[key]).hexdigest() for key in keys),
        )
        rows = [RowBody(key, changed[key]) for key in keys] + [RowBody(key, None) for key in withdrawn]
        return self.write(fact, publication.key, publication.staff, rows)

    def in_force(self, kind: str) -> Mapping[str, bytes]:
        rows: dict[str, bytes] = {}
        for placed in self.order:
            fact = placed.event.fact
            if isinstance(fact, RowsPublished) and fact.kind == kind:
                for row in placed.rows:
                    rows.pop(row.key, None)
                    if row.body is not None:
                        rows[row.key] = row.body
        return rows

    def keep_secret(self, name: str, body: bytes) -> None:
        version = len(self.secrets) + 1
        self.secrets = [secret for secret in self.secrets if secret.name != name]
        self.secrets.append(Secret(name, max([version, *(one.version + 1 for one in self.secrets)]), body))

    def close_day(self, key: str, day: str, staff: str) -> int:
        for event in self.history(f"day:{day}"):
            if isinstance(event.fact, DayTotalled) and event.hall_seq is not None:
                return event.hall_seq
        return self.write(
            DayTotalled(
                day=day,
                hall_seq=len(self.order),
                root=self.root_at(len(self.order)),
                chains={f"{end.device}.{end.epoch}": f"{end.seq}:{end.hash}" for end in self.chains()},
                totals=dict(Counter(event.type for event in self.events)),
                signature="",
            ),
            key,
            staff,
        )

    def standings(self) -> tuple[DeviceStanding, ...]:
        return tuple(
            DeviceStanding(
                device=code,
                role=one.role,
                name=one.name,
                epoch=one.epoch,
                last_contact=one.heard,
                pulled=one.said.pulled if one.said else 0,
                agreed_at="",
                unsent=one.said.unsent if one.said else 0,
                oldest_unsent=one.said.oldest_unsent if one.said else "",
                program=one.said.program if one.said else "",
                revoked=one.revoked,
            )
            for code, one in self.enrolled.items()
        )


def _sound(part: SealedPart, event: Recorded) -> bool:
    if part.salt is None or part.data is None:
        return True  # erased: its digest stands in for it
    return part_digest(part.salt, part.data) == event.parts.get(part.slot)


def _who(event: Recorded) -> str:
    return f"{event.device}/{event.actor.staff}/{event.actor.place}"


def _number_of(event: Recorded) -> tuple[str, ...]:
    """What may stand once only; () for an event that takes no number."""
    match event.fact:
        case TicketIssued(day=day, number=number):
            return ("ticket", day, number)
        case CaseNumbered(number=number):
            return ("case", number)
        case PaperIssued(case=str(), number=number):
            return ("paper", number)
    return ()
