"""A hall with a hub and keepers in processes of their own, as a real one has them; on this machine only.

Not here: what is measured in it (`sync_live`, `hall`).
"""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import Popen
from typing import Final

from counter_app.bootstrap.centre_home import CENTRE_DEVICE, open_service
from counter_app.bootstrap.enrolment import enrol_home
from counter_app.bootstrap.founding import found_centre
from counter_app.bootstrap.hall_processes import start
from counter_app.bootstrap.hub_home import invitation_text
from counter_app.cli.hall_machine import Founding
from counter_app.home import Home
from counter_app.i18n import RESOURCES
from counter_app.locks import is_free

PATIENCE: Final = 30.0
MINUTES: Final = 60


@dataclass
class LiveHall:
    """A training hall on SQLite; `hub` is the process that serves it at `address`."""

    folder: Path
    centre: Home
    hub: Popen[bytes]
    address: str
    held: ExitStack

    def machine(self, code: str, role: str = "counter", *, beside: bool = False) -> Home:
        """A new machine, filled; `beside` the centre's store instead of through the hub."""
        with open_service(self.centre) as service:
            invited = service.enrolling.invite(code, role, f"machine {code}", MINUTES, "bench")
        home = enrol_home(invitation_text(self.centre, invited, self.address), self.folder / code).home
        if beside:
            home = replace(home, centre=f"sqlite:///{self.centre.path / 'centre.db'}")
            home.save()
        return home

    def keeper(self, home: Home) -> Popen[bytes]:
        """Its keeper at work."""
        process = start(self.held, home, "keeper", "--stay")
        until(lambda: not is_free(home.locks, "keeper"), "the keeper works")
        return process


@contextmanager
def live_hall(store: str = "sqlite") -> Iterator[LiveHall]:
    """Beside the checkout, so that it lies on the disk that is measured."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-hall-", ignore_cleanup_errors=True, dir=".") as path,
        ExitStack() as held,
    ):
        folder = Path(path).absolute()
        plan = RESOURCES / "demo" / "hall.toml"
        centre = found_centre(Founding(folder / "centre", store, plan, CENTRE_DEVICE, training=True)).home
        address = f"127.0.0.1:{free_port()}"
        hub = start(held, centre, "hub", "serve", "--listen", address)
        until(lambda: _answers(address), "the hub serves")
        yield LiveHall(folder, centre, hub, address, held)


def _answers(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for it. RuntimeError when it does not come."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            raise RuntimeError(f"in vain: {what}")
        time.sleep(0.005)
