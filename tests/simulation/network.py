"""The hall's lines as a seeded chance has them: requests and answers lost, doubled, late, out of order, cut.

A device asks and waits, so every fault looks to it like `CentreAway`; what it asked may still arrive, now,
later or twice. While an answer is on its way other machines may act (`meanwhile`): a slow line. Not here:
what is asked (`people`, the program's own sync), who dies (`faults`), except around a request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, TypeVar

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import (
    MOST_PULLED,
    Ack,
    Batch,
    Centre,
    CentreAway,
    Claim,
    DeviceStanding,
    Granted,
    Hello,
    Publication,
    Pulled,
    SnapshotPage,
    Welcome,
)
from tests.simulation.faults import Killed
from tests.simulation.versions import ALL_NEWER, knowing

T = TypeVar("T")
MOST_LATE: Final = 40  # requests kept on their way; the oldest is lost when more come


@dataclass
class Weather:
    """How likely each mishap of one request is; all zero: a sound line."""

    lost: float = 0.0
    answer_lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    slow: float = 0.0
    killed: float = 0.0


@dataclass(frozen=True)
class Late:
    """A request still on its way."""

    device: str
    name: str
    ask: Callable[[Centre], Any]


@dataclass
class Network:
    """All lines. `centre_of` gives a device's line to the centre as it stands now; `centre_died` is told
    when the centre was killed by what it was doing."""

    chance: Random
    centre_of: Callable[[str], Centre]
    centre_died: Callable[[], None]
    note: Callable[[str], None]
    weather: Weather = field(default_factory=Weather)
    cut: set[str] = field(default_factory=set)
    centre_cut: bool = False
    centre_busy: bool = False
    on_their_way: list[Late] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None

    def ask(self, device: str, name: str, ask: Callable[[Centre], T]) -> T:
        """One request of a device and its answer, or `CentreAway`."""
        if device in self.cut or self.centre_cut:
            raise CentreAway(f"{device}: the line is cut")
        if self._strikes(self.weather.killed, f"{device} killed before {name}"):
            raise Killed(device)
        if self._strikes(self.weather.lost, f"{device} {name} lost"):
            raise CentreAway(f"{device}: lost")
        if self._strikes(self.weather.late, f"{device} {name} late"):
            self._keep(Late(device, name, ask))
            raise CentreAway(f"{device}: late")
        if self._strikes(self.weather.doubled, f"{device} {name} doubled"):
            self._keep(Late(device, name, ask))
        if self.centre_busy:
            self.note(f"{device} {name} stands behind a slow decision")
            self._keep(Late(device, name, ask))
            raise CentreAway(f"{device}: no answer in time")
        answer = self._reach(device, ask)
        if self.meanwhile is not None and self._strikes(self.weather.slow, f"{device} {name} slow"):
            self.meanwhile()
        if self._strikes(self.weather.killed, f"{device} killed after {name}"):
            raise Killed(device)
        if self._strikes(self.weather.answer_lost, f"{device} answer to {name} lost"):
            raise CentreAway(f"{device}: answer lost")
        return answer

    def _strikes(self, how_likely: float, what: str) -> bool:
        struck = how_likely > 0 and self.chance.random() < how_likely
        if struck:
            self.note(what)
        return struck

    def _keep(self, late: Late) -> None:
        self.on_their_way.append(late)
        del self.on_their_way[:-MOST_LATE]

    def _reach(self, device: str, ask: Callable[[Centre], T]) -> T:
        """The centre's program is the newest, whatever the device knows."""
        try:
            with knowing(ALL_NEWER):
                return ask(self.centre_of(device))
        except Killed as killed:
            if killed.machine == device:
                raise
            self.centre_died()
            raise CentreAway("the centre died") from None

    def deliver_one(self) -> None:
        """Some late request arrives after all; nobody waits for its answer."""
        if not self.on_their_way or self.centre_cut:
            return
        late = self.on_their_way.pop(self.chance.randrange(len(self.on_their_way)))
        self.note(f"{late.device} {late.name} arrives late")
        try:
            self._reach(late.device, late.ask)
        except (CentreAway, UserFacingError) as error:
            self.note(f"  refused: {error}")

    def heal(self) -> None:
        """Sound lines from now on; what was on its way is lost, or arrives first (`deliver_one`)."""
        self.weather = Weather()
        self.cut.clear()
        self.centre_cut = False
        self.meanwhile = None


class SimulatedLine:
    """`Centre` of one device over the network."""

    def __init__(self, network: Network, device: str) -> None:
        self._network = network
        self._device = device

    def _ask(self, name: str, ask: Callable[[Centre], T]) -> T:
        return self._network.ask(self._device, name, ask)

    def hello(self, hello: Hello) -> Welcome:
        return self._ask("hello", lambda centre: centre.hello(hello))

    def push(self, batch: Batch) -> Ack:
        return self._ask(f"push of {len(batch.events)}", lambda centre: centre.push(batch))

    def pull(self, after: int, secrets: int = 0, limit: int = MOST_PULLED) -> Pulled:
        return self._ask(f"pull after {after}", lambda centre: centre.pull(after, secrets, limit))

    def wait(self, after: int, seconds: float) -> int:
        return self._ask("wait", lambda centre: centre.wait(after, 0))

    def chain(self, epoch: int, after: int, limit: int = 5000) -> tuple[tuple[int, str], ...]:
        return self._ask("chain", lambda centre: centre.chain(epoch, after, limit))

    def snapshot(self, page: int = 0) -> SnapshotPage:
        return self._ask("snapshot", lambda centre: centre.snapshot(page))

    def claim(self, claim: Claim) -> Granted:
        return self._ask("claim", lambda centre: centre.claim(claim))

    def give_back(self, grant: str) -> None:
        self._ask(f"give back of {grant}", lambda centre: centre.give_back(grant))

    def picture_wanted(self, digest: str) -> int:
        return self._ask("picture wanted", lambda centre: centre.picture_wanted(digest))

    def send_piece(self, digest: str, at: int, data: bytes) -> int:
        return self._ask("piece", lambda centre: centre.send_piece(digest, at, data))

    def picture_piece(self, digest: str, at: int) -> bytes:
        return self._ask("piece of a picture", lambda centre: centre.picture_piece(digest, at))

    def lease(self, counter: str, staff: str) -> int:
        return self._ask("lease", lambda centre: centre.lease(counter, staff))

    def numbers(self, letter: str, day: str) -> int:
        return self._ask("numbers", lambda centre: centre.numbers(letter, day))

    def publish(self, publication: Publication) -> int:
        return self._ask("publish", lambda centre: centre.publish(publication))

    def keep_secret(self, name: str, body: bytes) -> None:
        self._ask("keep secret", lambda centre: centre.keep_secret(name, body))

    def close_day(self, key: str, day: str, staff: str) -> int:
        return self._ask("close day", lambda centre: centre.close_day(key, day, staff))

    def devices(self) -> tuple[DeviceStanding, ...]:
        return self._ask("devices", lambda centre: centre.devices())

    def close(self) -> None:
        """Nothing is held."""
