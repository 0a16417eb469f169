"""Keeping step with the centre: greet, send, fetch, recover, keep supplies; alone when it is away.

The keeper calls `step` all day; each call is a short piece of work. Nothing here raises because the centre
is away or refuses: the state note says so and the work goes on alone (mission: X1, X2). Not here: short
questions from windows (`link.py`), what a lost branch comes to (`recovery.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from counter_app.domain.centre.order import RULE_VERSION, batch_digest
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import (
    MOST_PUSHED,
    Batch,
    Centre,
    CentreAway,
    Hello,
    SealedEvent,
)
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.ports.sync import Also, Journal, Standing
from counter_app.use_cases.sync.noting import Noting
from counter_app.use_cases.sync.recovery import recover
from counter_app.use_cases.sync.supplies import Supplies

log = logging.getLogger(__name__)

PULLED_AT_ONCE: Final = 400  # a transaction of some 30 ms
ANEW_AT_ONCE: Final = 100
BATCH_BYTES: Final = 4 << 20
SNAPSHOT_FROM: Final = 5_000  # a new device reads in a shorter order whole
POLL_SECONDS: Final = 2.0
GREET_SECONDS: Final = 30.0
FIRST_RETRY_SECONDS: Final = 0.25
SLOWEST_RETRY_SECONDS: Final = 5.0
MOST_TRIES: Final = 10
SECRETS_AT_ONCE: Final = 20
WAIT_SECONDS: Final = 2.0  # so long the keeper may have to wait for its end
REVOKED: Final = "centre.revoked"


@dataclass(frozen=True)
class SyncNeeds:
    """`sign` is Ed25519 by the device's key; `chance` gives 0.0 to 1.0 (so that devices do not come back all
    at once); `wipe` makes keys and store unreadable when the device is revoked; `also` makes search tokens
    for what is taken in. From `snapshot_from` places on a new device begins with a snapshot."""

    hall: str
    device: str
    program: str
    sign: Callable[[bytes], bytes]
    chance: Callable[[], float]
    wipe: Callable[[], None]
    also: Also | None = None
    snapshot_from: int = SNAPSHOT_FROM


class Sync:
    """One device's work with its centre. `step` is for one thread; `heard` and `woken` for any."""

    def __init__(
        self, journal: Journal, store: Store, centre: Centre, clock: Clock, needs: SyncNeeds
    ) -> None:
        self._journal = journal
        self._centre = centre
        self._clock = clock
        self._needs = needs
        self._noting = Noting(store, clock)
        self._supplies = Supplies(journal, store, centre, clock)
        self._greet_at = 0.0
        self._greeted = False
        self._head = 0
        self._place = 0
        self._poll_at = 0.0
        self._again_at = 0.0
        self._tries = 0
        self._resend: int | None = None
        self._begin_again = False
        self._over = False

    def step(self) -> bool:
        """One short piece of work; True when there is more at once. UserFacingError `store.*` only."""
        if self._over:
            return False
        now = self._clock.monotonic()
        if now < self._again_at:
            self._still_away()
            return False
        try:
            more = self._work(now)
        except CentreAway:
            self._greeted = False
            self._retry_later(now)
            self._noting.is_not("cut_off", self._journal.standing())
            return False
        except UserFacingError as error:
            return self._refused(error, now)
        self._tries = 0
        return more

    @property
    def over(self) -> bool:
        """The device was revoked and wiped: there is nothing left to do."""
        return self._over

    @property
    def head(self) -> int:
        """The hall's newest place heard of."""
        return self._head

    def heard(self, place: int) -> None:
        """The centre answers, and its order reaches so far."""
        self._head = max(self._head, place)
        self._again_at = 0.0

    def woken(self) -> bool:
        """Whether a step has something to do without anybody having acted here."""
        now = self._clock.monotonic()
        due = now >= self._poll_at or self._head > self._place
        return due and now >= self._again_at and not self._over

    def _work(self, now: float) -> bool:
        standing = self._journal.standing()
        if not self._greeted or now >= self._greet_at:
            return self._greet(standing, now)
        if standing.filling or self._begin_again:
            self._fill(standing)
            return True
        pushed = self._push(standing)
        if pushed is None:
            self._greeted = False
            return True
        standing = self._journal.standing()
        pulled = self._pull(standing, now)
        standing = self._journal.standing()
        behind = self._head > standing.pulled
        if standing.aside and not behind:
            self._journal.enter_anew(ANEW_AT_ONCE, self._needs.also)
            return True
        if not behind:
            self._send_secrets()
            self._supplies.step()
        agreed = pulled and not behind and not standing.unsent
        if agreed or behind or standing.unsent:
            self._noting.stands(standing, agreed=agreed)
        return behind or (pushed and standing.unsent > 0)

    def _greet(self, standing: Standing, now: float) -> bool:
        welcome = self._centre.hello(
            Hello(
                epoch=standing.epoch,
                seq=standing.seq,
                hash=standing.hash,
                token=standing.token,
                pulled=standing.pulled,
                root=standing.root,
                unsent=standing.unsent,
                oldest_unsent=standing.oldest_unsent,
                program=self._needs.program,
                rules=RULE_VERSION,
            )
        )
        self._noting.talked()
        if welcome.epoch != standing.epoch:
            aside = recover(self._journal, self._centre, standing, welcome)
            log.warning("%s: goes on in epoch %s, %s acts aside", welcome.state, welcome.epoch, aside)
        self._journal.keep_welcome(welcome.token, welcome.centre)
        self._greeted = welcome.epoch == standing.epoch
        self._greet_at = now + GREET_SECONDS
        self._poll_at = now
        self._head = welcome.hall_seq
        fresh = standing.pulled == 0 and not standing.filling
        if self._greeted and fresh and welcome.hall_seq >= self._needs.snapshot_from and not welcome.seq:
            self._begin_again = True
        return True

    def _fill(self, standing: Standing) -> None:
        """One page of the snapshot; from its first page again when the centre has forgotten it."""
        page = self._centre.snapshot(0 if self._begin_again else standing.filling)
        self._begin_again = False
        self._journal.begin(page, self._needs.also)
        self._noting.talked()
        self._noting.stands(self._journal.standing(), agreed=False)

    def _push(self, standing: Standing) -> bool | None:
        """Whether something was sent and taken; None when this branch ends and a hello must tell where to
        go on."""
        after = standing.acked if self._resend is None else self._resend
        if standing.seq <= after:
            self._resend = None
            return False
        events = _small(self._journal.outbox(standing.epoch, after, MOST_PUSHED))
        hashes = (sha256(event.data).hexdigest() for event in events)
        message = batch_digest(self._needs.hall, self._needs.device, standing.epoch, hashes)
        ack = self._centre.push(Batch(standing.epoch, events, self._needs.sign(message)))
        self._noting.talked()
        self._head = max(self._head, ack.hall_seq)
        if ack.state in ("fork", "closed"):
            return None
        if ack.state == "gap":
            again, self._resend = self._resend == ack.seq, ack.seq
            return not again
        self._resend = ack.seq if ack.seq < standing.acked else None
        self._journal.acked(standing.epoch, ack.seq)
        return True

    def _pull(self, standing: Standing, now: float) -> bool:
        """Whether the order was asked for and joins on: the roots are then equal at the place reached."""
        if now < self._poll_at and self._head <= standing.pulled:
            return False
        pulled = self._centre.pull(standing.pulled, standing.secrets, PULLED_AT_ONCE)
        self._noting.talked()
        self._head = pulled.head
        if pulled.events or pulled.secrets or pulled.root != standing.root:
            self._journal.take_in(pulled, self._needs.also)
        self._place = pulled.last
        if pulled.last >= pulled.head:
            self._poll_at = now + POLL_SECONDS * (0.5 + self._needs.chance())
        return True

    def _send_secrets(self) -> None:
        for name, body in self._journal.secrets_set_here(SECRETS_AT_ONCE):
            try:
                self._centre.keep_secret(name, body)
            except UserFacingError as error:
                if error.code == REVOKED:
                    raise
                log.warning("%s stays on this machine: %s", name, error)
            self._journal.secret_sent(name, body)

    def _still_away(self) -> None:
        noted = self._noting.noted
        self._noting.is_not(noted.state, self._journal.standing(), noted.reason)

    def _retry_later(self, now: float) -> None:
        """Ever later, up to some seconds, and not all devices of a hall at the same moment."""
        wait = min(FIRST_RETRY_SECONDS * 2**self._tries, SLOWEST_RETRY_SECONDS)
        self._again_at = now + wait * (0.5 + 0.5 * self._needs.chance())
        self._tries = min(self._tries + 1, MOST_TRIES)

    def _refused(self, error: UserFacingError, now: float) -> bool:
        """An answer: no. What concerns this machine's own disk is the keeper's to tell."""
        if not error.code.startswith(("centre.", "sync.")):
            raise error
        log.warning("%s", error)
        self._greeted = False
        standing = self._journal.standing()
        if error.code == REVOKED:
            self._noting.is_not("revoked", standing, error.code)
            self._over = True
            self._needs.wipe()
            return False
        if error.code == "centre.snapshot-over":
            self._begin_again = True
            return True
        self._retry_later(now)
        if error.code == "sync.forked" and self._tries == 1:
            self._again_at = now  # the next hello tells in which epoch to go on
            return True
        self._noting.is_not("out_of_step", standing, error.code)
        return False


class Listener:
    """Waits at the centre on a line of its own, and tells the sync what it heard."""

    def __init__(self, centre: Centre, sync: Sync, clock: Clock) -> None:
        self._centre = centre
        self._sync = sync
        self._clock = clock

    def step(self) -> bool:
        """Wait once; True when it may wait again at once."""
        if self._sync.over:
            return False
        known = self._sync.head
        began = self._clock.monotonic()
        try:
            place = self._centre.wait(known, WAIT_SECONDS)
        except (CentreAway, UserFacingError):
            return False  # the sync finds out for itself, and says so
        self._sync.heard(place)
        return place > known or self._clock.monotonic() - began >= WAIT_SECONDS / 2


def _small(events: tuple[SealedEvent, ...]) -> tuple[SealedEvent, ...]:
    """As many from the front as one batch should weigh; at least one."""
    weight = 0
    for at, event in enumerate(events):
        weight += len(event.data) + sum(len(part.data or b"") for part in event.parts)
        if weight > BATCH_BYTES and at:
            return events[:at]
    return events
