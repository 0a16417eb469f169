"""`status` and `device list`: how this machine, and the hall's machines, stand. Nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from counter_app.bootstrap.centre_home import CENTRE, open_service
from counter_app.bootstrap.program import journal_of, open_program
from counter_app.cli.hall_machine import MachineState
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.locks import is_free
from counter_app.use_cases.papers.printer_note import printer_state
from counter_app.use_cases.ports.centre import DeviceStanding
from counter_app.use_cases.sync.state import read_state

OPEN_JOBS = ("queued", "printing", "failed", "sent_unconfirmed")


def machine_state(path: Path) -> MachineState:
    """UserFacingError `home.*`, `keys.*`, `store.*`."""
    with open_program(path) as program:
        home = program.home
        standing = journal_of(program.store).standing()
        with program.store.reading() as reader:
            centre = read_state(reader)
            now = reader.now
        printer = printer_state(program.store)
        oldest = standing.oldest_unsent if home.centre else ""
        age = int((now - datetime.fromisoformat(oldest)).total_seconds()) if oldest else 0
        jobs = program.papers.job_list("", 1000)
        return MachineState(
            hall=home.hall,
            device=home.device,
            role=home.role,
            training=home.training,
            centre_url=home.centre,
            epoch=standing.epoch,
            seq=standing.seq,
            centre=replace(centre, unsent=standing.unsent + standing.aside) if home.centre else centre,
            oldest_seconds=max(0, age),
            set_aside=standing.aside,
            keeper=not is_free(home.locks, "keeper"),
            printer=printer.value,
            jobs_open=sum(job.state in OPEN_JOBS for job in jobs),
            key_warning=program.key_warning,
        )


def hall_devices(home: Home) -> tuple[DeviceStanding, ...]:
    """At the centre from its store, elsewhere from the centre. CentreAway; UserFacingError
    `enrol.alone`."""
    if home.role == CENTRE:
        with open_service(home) as service:
            return service.devices()
    with open_program(home.path) as program:
        if program.link is None:
            raise UserFacingError(
                "enrol.alone",
                "This machine works alone: no hall's centre is set up.",
                remedy="Enrol it with `counter-app device enrol INVITATION`.",
            )
        return program.link.devices()
