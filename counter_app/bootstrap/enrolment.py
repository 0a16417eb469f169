"""`device enrol`: this machine becomes one of a hall, by the invitation a person types or scans.

What would refuse it is looked at before the one-time code is sent. The home's description is written as soon
as the hall has taken the machine in; filling it from the hall may be cut off at any time, the keeper goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from counter_app.bootstrap.program import DEVICE_KEY, LOOKUP_KEY, open_program
from counter_app.bootstrap.sealed_keys import seal_to_hall
from counter_app.bootstrap.syncing import sync_until_quiet
from counter_app.cli.hall_machine import Joined
from counter_app.domain.centre.invitation import InvitationText, read_invitation
from counter_app.domain.streams import Published
from counter_app.errors import UserFacingError
from counter_app.home import DESCRIPTION, Home, open_home
from counter_app.keys.keeping import key_place
from counter_app.keys.signing import DeviceKey
from counter_app.sync.enrolling import Hall, ask_hall
from counter_app.sync.enrolling import Joined as TakenIn
from counter_app.sync.enrolling import enrol as send_code
from counter_app.use_cases.program import Program

FILL_SECONDS: Final = 60.0
Rows = Mapping[str, Mapping[str, str]]


def enrol_home(text: str, path: Path) -> Joined:
    """Make the home at `path` a machine of the hall that invites; a home that worked alone brings its acts.

    CentreAway; UserFacingError `invitation.*`, `enrol.*`, `centre.*`, `keys.*`.
    """
    invitation = read_invitation(text)
    before = open_home(path) if (path / DESCRIPTION).exists() else None
    hall = ask_hall(invitation)
    _need_fit(before, hall)
    taken_in = take_part(invitation, path)
    if before is not None and before.device != taken_in.enrolled.device:
        raise UserFacingError(
            "enrol.other-device",
            "The invitation is for machine {invited}; this home has worked as machine {device}.",
            kept="Nothing of this home was changed.",
            remedy="At the centre: revoke {invited}, then invite {device}.",
            invited=taken_in.enrolled.device,
            device=before.device,
        )
    own = _own_rows(path) if before is not None else {}
    home = save_joined(path, taken_in, before)
    return fill(home, taken_in, own)


def take_part(invitation: InvitationText, path: Path) -> TakenIn:
    """Use the code for this home's own key, which is made when it is missing."""
    keys = key_place(path)
    signer = DeviceKey(keys.secret(DEVICE_KEY, make=True))
    return send_code(invitation, signer.public, signer.sign)


def save_joined(path: Path, taken_in: TakenIn, before: Home | None) -> Home:
    """Keys, pinned certificate, description: from here on the home is one of the hall's."""
    enrolled = taken_in.enrolled
    keys = key_place(path)
    lookup = enrolled.keys.get(LOOKUP_KEY)
    if lookup is not None:
        keys.put_in_place(LOOKUP_KEY, lookup)
    fresh = Home(path, enrolled.hall, enrolled.device, enrolled.training)
    home = replace(before or fresh, role=enrolled.role, centre=taken_in.url)
    home.make_folders()
    home.centre_certificate.write_bytes(taken_in.authority_pem)
    home.save()
    return home


def fill(home: Home, taken_in: TakenIn, own: Rows) -> Joined:
    """Send what is here, fetch what the hall has; what is cut off the keeper goes on with."""
    with open_program(home.path) as program:
        done = sync_until_quiet(program, FILL_SECONDS)
        seal_to_hall(home, program.store)
        differences = _differences(own, _rows(program)) if own else {}
        return Joined(
            home=home,
            name=taken_in.enrolled.name,
            epoch=done.standing.epoch,
            events=done.standing.pulled,
            sent=done.sent,
            filled=done.quiet,
            differences=differences,
        )


def _need_fit(before: Home | None, hall: Hall) -> None:
    """UserFacingError `enrol.*` when this home may not join that hall: nothing was sent."""
    if before is None:
        return
    if before.training != hall.training:
        raise UserFacingError(
            "enrol.training",
            "Training is another world: a training home joins no real hall, and a real one no training hall.",
            kept="The code was not used, and nothing was changed.",
            remedy="Choose a new folder for the home with --home.",
        )
    if before.hall != hall.hall:
        raise UserFacingError(
            "enrol.other-hall",
            "This home holds the journal of another hall: {here}. The invitation is from {there}.",
            kept="The code was not used, and nothing was changed.",
            remedy="Choose a new folder for the home with --home.",
            here=before.hall,
            there=hall.hall,
        )
    if before.centre:
        raise UserFacingError(
            "enrol.enrolled-already",
            "This home is machine {device} of the hall already.",
            kept="The code was not used, and nothing was changed.",
            remedy="Choose a new folder for the home, or use `counter-app replace-counter`.",
            device=before.device,
        )


def _own_rows(path: Path) -> Rows:
    with open_program(path) as program:
        return _rows(program)


def _rows(program: Program) -> Rows:
    """Digests of the reference data in force, by kind and key."""
    with program.store.reading() as reader:
        return {
            kind.kind: {key: _digest(kind, row) for key, row in reader.published(kind).items()}
            for kind in program.reference.kinds
        }


def _digest(kind: Published[Any], row: object) -> str:
    return hashlib.sha256(kind.encode(row)).hexdigest()


def _differences(own: Rows, hall: Rows) -> dict[str, tuple[str, ...]]:
    """By kind, the keys of rows of this home's own that the hall has otherwise, or not at all."""
    found = {
        kind: tuple(sorted(key for key, digest in rows.items() if hall.get(kind, {}).get(key) != digest))
        for kind, rows in own.items()
    }
    return {kind: keys for kind, keys in found.items() if keys}
