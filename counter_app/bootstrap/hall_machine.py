"""This machine behind `cli.hall_machine.HallMachine`: adapters are imported when their command is called."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.cli.hall_machine import (
    Archived,
    BackedUp,
    Founded,
    Founding,
    HubState,
    Joined,
    JoinedUpper,
    MachineState,
    Replacing,
    Restored,
    SyncedOnce,
)
from counter_app.home import open_home
from counter_app.i18n import Translator
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import DeviceStanding
from counter_app.use_cases.ports.integrity import CheckReport


class ThisHallMachine:
    """Names the concrete parts; does nothing itself."""

    def found(self, founding: Founding) -> Founded:
        from counter_app.bootstrap.founding import found_centre

        return found_centre(founding)

    def write_recovery_key(self, path: Path, founded: Founded, t: Translator) -> None:
        from counter_app.bootstrap.founding import write_recovery_key

        write_recovery_key(path, founded, t)

    @contextmanager
    def centre(self, home: Path) -> Iterator[CentreService]:
        from counter_app.bootstrap.centre_home import open_centre_home, open_service

        with open_service(open_centre_home(home)) as service:
            yield service

    def home_of_store(self, store: str) -> Path:
        from counter_app.bootstrap.centre_home import home_of_store

        return home_of_store(store)

    def serve_hub(
        self, home: Path, listen: str, address: str, on_ready: Callable[[str, str], None], *, metrics: bool
    ) -> bool:
        from counter_app.bootstrap.centre_home import open_centre_home
        from counter_app.bootstrap.hub_home import serve_hub

        return serve_hub(open_centre_home(home), listen, address, on_ready, open_metrics=metrics)

    def hub_state(self, home: Path) -> HubState:
        from counter_app.bootstrap.centre_home import open_centre_home
        from counter_app.bootstrap.hub_home import hub_state

        return hub_state(open_centre_home(home))

    def fingerprint(self, home: Path) -> str:
        from counter_app.bootstrap.centre_home import open_centre_home
        from counter_app.bootstrap.hub_home import hub_tls

        return hub_tls(open_centre_home(home), ()).fingerprint

    def archive(self, admin: str, before: str) -> tuple[Archived, ...]:
        from counter_app.store.centre.postgres_archive import archive_closed

        return tuple(
            Archived(one.month, one.halls, one.events, one.bytes_before, one.bytes_after)
            for one in archive_closed(admin, before)
        )

    def join_upper(self, home: Path, invitation: str) -> JoinedUpper:
        from counter_app.bootstrap.centre_home import open_centre_home
        from counter_app.bootstrap.relaying import join_upper

        joined = join_upper(open_centre_home(home), invitation)
        return JoinedUpper(joined.hall, joined.device, joined.url)

    def invitation(self, home: Path, code: str, address: str) -> str:
        from counter_app.bootstrap.centre_home import open_centre_home
        from counter_app.bootstrap.hub_home import invitation_text

        return invitation_text(open_centre_home(home), code, address)

    def invitation_code(self, text: str) -> str:
        import segno

        drawn = io.StringIO()
        segno.make(text, error="l").terminal(drawn, compact=True)
        return drawn.getvalue()

    def enrol(self, invitation: str, home: Path) -> Joined:
        from counter_app.bootstrap.enrolment import enrol_home

        return enrol_home(invitation, home)

    def replace_counter(self, replacing: Replacing) -> Joined:
        from counter_app.bootstrap.replacing import replace_counter

        return replace_counter(replacing)

    def devices(self, home: Path) -> tuple[DeviceStanding, ...]:
        from counter_app.bootstrap.machine_state import hall_devices

        return hall_devices(open_home(home))

    def sync_once(self, home: Path, seconds: float) -> SyncedOnce:
        from counter_app.bootstrap.syncing import sync_once

        return sync_once(home, seconds)

    def state(self, home: Path) -> MachineState:
        from counter_app.bootstrap.machine_state import machine_state

        return machine_state(home)

    def check_centre(self, home: Path) -> CheckReport:
        from counter_app.bootstrap.centre_home import open_centre_home, open_service
        from counter_app.use_cases.centre.checking import check_centre

        with open_service(open_centre_home(home)) as service:
            return check_centre(service.store)

    def back_up(self, home: Path, target: Path) -> BackedUp:
        from counter_app.bootstrap.backups import back_up

        return back_up(home, target)

    def restore(self, source: Path, home: Path, recovery_key: Path | None, *, replace: bool) -> Restored:
        from counter_app.bootstrap.backups import restore

        return restore(source, home, recovery_key, replace=replace)

    def run_hall(self, headless: Path | None, store: str) -> int:
        from counter_app.bootstrap.hall_demo import run_hall

        return run_hall(headless, store)
