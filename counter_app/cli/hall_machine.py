"""What the commands of halls with a centre need of the machine: the hub, enrolment, sync, backups.

Bound by `bootstrap`, like `machine.py`; apart from it because a machine alone needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import DeviceStanding
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.relay.running import PostState
from counter_app.use_cases.sync.state import CentreState


@dataclass(frozen=True, slots=True)
class Founding:
    """A centre to be made. `store` is `sqlite`, `sqlite:///path` or an administrator's `postgresql://…`;
    `catalogue` None: the one that comes with the program."""

    home: Path
    store: str
    hall_file: Path
    device: str
    training: bool
    catalogue: Path | None = None


@dataclass(frozen=True, slots=True)
class Founded:
    """`recovery` is the private half of the hall's recovery key as people keep it: shown once, kept by no
    machine."""

    home: Home
    fingerprint: str
    recovery: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HubState:
    """`address` "" before the hub was served first; `place` is the hall's newest; `upstream` is the
    hub of the hall above, "" where none was joined."""

    hall: str
    centre: str
    training: bool
    store: str
    running: bool
    address: str
    fingerprint: str
    place: int
    devices: int
    revoked: int
    silent: int
    unsent: int
    upstream: str
    post: PostState


@dataclass(frozen=True, slots=True)
class Archived:
    """A month put away: its events and bytes, and the bytes they take packed."""

    month: str
    halls: int
    events: int
    bytes_before: int
    bytes_after: int


@dataclass(frozen=True, slots=True)
class JoinedUpper:
    """A centre that was enrolled at the hall above, named `hall`, under the code `device`."""

    hall: str
    device: str
    url: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A machine that came into a hall. `differences` says, by kind, which rows of its own gave way."""

    home: Home
    name: str
    epoch: int
    events: int
    sent: int
    filled: bool
    differences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recovered: int = 0
    entered_anew: int = 0


@dataclass(frozen=True, slots=True)
class SyncedOnce:
    """What one round of sending and fetching came to; `by_keeper`: the home's keeper did it."""

    state: CentreState
    by_keeper: bool


@dataclass(frozen=True, slots=True)
class MachineState:
    """This machine at a glance. `oldest_seconds` is the age of the oldest act the centre does not have, 0
    when there is none."""

    hall: str
    device: str
    role: str
    training: bool
    centre_url: str
    epoch: int
    seq: int
    centre: CentreState
    oldest_seconds: int
    set_aside: int
    keeper: bool
    printer: str
    jobs_open: int
    key_warning: str


@dataclass(frozen=True, slots=True)
class BackedUp:
    """`recoverable`: the hall's recovery key opens it too, not only this machine."""

    path: Path
    made: str
    epoch: int
    seq: int
    bytes: int
    recoverable: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside` is where the store that stood there before was put, None when there was none."""

    home: Home
    made: str
    events: int
    aside: Path | None


@dataclass(frozen=True, slots=True)
class Replacing:
    """A new machine for a broken one. `source` is its home or a backup, None when nothing of it is left."""

    source: Path | None
    recovery_key: Path | None
    invitation: str
    home: Path


class HallMachine(Protocol):
    """CentreAway and UserFacingError as each says in words."""

    def found(self, founding: Founding) -> Founded: ...

    def write_recovery_key(self, path: Path, founded: Founded, t: Translator) -> None:
        """The sheet that people print and lock away."""
        ...

    def fingerprint(self, home: Path) -> str: ...

    def centre(self, home: Path) -> AbstractContextManager[CentreService]:
        """The centre of a home of role `centre`, in process."""
        ...

    def home_of_store(self, store: str) -> Path:
        """The centre's home for a store's URL (`sqlite:///path`)."""
        ...

    def serve_hub(
        self, home: Path, listen: str, address: str, on_ready: Callable[[str, str], None], *, metrics: bool
    ) -> bool:
        """Until stopped; False when the home has a hub already. `on_ready` hears address and fingerprint."""
        ...

    def hub_state(self, home: Path) -> HubState: ...

    def archive(self, admin: str, before: str) -> tuple[Archived, ...]:
        """Pack the months before `before` (`2026-11`) of the database at an administrator's address."""
        ...

    def join_upper(self, home: Path, invitation: str) -> JoinedUpper:
        """The centre of this home becomes a relay of the hall that invites."""
        ...

    def invitation(self, home: Path, code: str, address: str) -> str:
        """What a person types at the new machine."""
        ...

    def invitation_code(self, text: str) -> str:
        """An invitation as a QR code of block signs, for a terminal."""
        ...

    def enrol(self, invitation: str, home: Path) -> Joined: ...

    def replace_counter(self, replacing: Replacing) -> Joined: ...

    def devices(self, home: Path) -> tuple[DeviceStanding, ...]: ...

    def sync_once(self, home: Path, seconds: float) -> SyncedOnce: ...

    def state(self, home: Path) -> MachineState: ...

    def check_centre(self, home: Path) -> CheckReport: ...

    def back_up(self, home: Path, target: Path) -> BackedUp: ...

    def run_hall(self, headless: Path | None, store: str) -> int:
        """A training hall of many machines on this one; the exit code."""
        ...

    def restore(self, source: Path, home: Path, recovery_key: Path | None, *, replace: bool) -> Restored: ...
