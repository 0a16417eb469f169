"""`replace-counter`: a new machine takes a broken one's place, with what the broken one had not sent.

The broken machine's store, from its disk or from a backup, becomes the new home's: opened with the hall's
recovery key, copied, never written to where it lies. While the broken machine's key still counts, its unsent
acts are sent under it, as they were (the papers it printed quote them). Then the invitation is used: the old
key is revoked and the new one takes its place in one decision. At its next hello the new machine finds out
that it goes on in a new epoch; what could not be sent as it was is entered anew there (decision 017).
"""

from __future__ import annotations

import logging
import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from counter_app.bootstrap.backups import DATABASE, backup_keys, working_copy
from counter_app.bootstrap.centre_home import STORE_KEY
from counter_app.bootstrap.enrolment import fill, save_joined, take_part
from counter_app.bootstrap.program import DEVICE_KEY
from counter_app.bootstrap.sealed_keys import open_keys
from counter_app.cli.hall_machine import Joined, Replacing
from counter_app.clock import SystemClock
from counter_app.domain.centre.invitation import InvitationText, read_invitation
from counter_app.domain.centre.order import batch_digest
from counter_app.errors import UserFacingError
from counter_app.home import DESCRIPTION, Home, open_home
from counter_app.keys.keeping import key_place
from counter_app.keys.recovery import read_recovery_key
from counter_app.keys.signing import DeviceKey
from counter_app.store.backup import MANIFEST, copy_database, read_backup
from counter_app.store.journal import SqliteJournal
from counter_app.store.sqlite_store import SqliteStore
from counter_app.sync.enrolling import Hall, ask_hall, fetch_authority
from counter_app.sync.hub_centre import HubCentre, Times, Who
from counter_app.use_cases.ports.centre import MOST_PUSHED, Batch

PATIENT: Final = Times(connect=3.0, quick=5.0, hello=15.0, bulk=60.0)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broken:
    """What is left of the broken machine: its description, its database and the keys that open it."""

    home: Home
    database: Path
    store_key: bytes
    device_key: bytes | None


def replace_counter(replacing: Replacing) -> Joined:
    """CentreAway; UserFacingError `invitation.*`, `replace.*`, `recovery.*`, `backup.*`, `centre.*`."""
    invitation = read_invitation(replacing.invitation)
    path = replacing.home
    if (path / DESCRIPTION).exists():
        raise UserFacingError(
            "replace.home-exists",
            "There is a home at {path} already.",
            kept="Nothing was changed.",
            remedy="Name a new folder with --home: the new machine's home is made there.",
            path=str(path),
        )
    hall = ask_hall(invitation)
    if replacing.source is None:
        taken_in = take_part(invitation, path)
        return fill(save_joined(path, taken_in, None), taken_in, {})
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=path, prefix="recovering-", ignore_cleanup_errors=True) as folder:
        broken = _broken(replacing, Path(folder))
        _need_same(broken.home, hall)
        own = key_place(path).secret(STORE_KEY, make=True)
        target = Home(path, "", "", training=False).store
        copy_database(broken.database, broken.store_key, target, own)
    sent, left = _send_as_it_was(broken, target, own, invitation)
    taken_in = take_part(invitation, path)
    if taken_in.enrolled.device != broken.home.device:
        raise UserFacingError(
            "replace.other-device",
            "The invitation is for machine {invited}; what was recovered is of machine {device}.",
            kept="{sent} acts were sent; nothing else of the broken machine was changed.",
            remedy="At the centre: revoke {invited}, then invite {device} with --replaces.",
            invited=taken_in.enrolled.device,
            device=broken.home.device,
            sent=sent,
        )
    home = replace(save_joined(path, taken_in, None), peripherals=broken.home.peripherals)
    home.save()
    return replace(fill(home, taken_in, {}), recovered=sent, entered_anew=left)


def _need_same(home: Home, hall: Hall) -> None:
    """UserFacingError `replace.other-hall` before anything was sent."""
    if (home.hall, home.training) != (hall.hall, hall.training):
        raise UserFacingError(
            "replace.other-hall",
            "What was recovered is of {here}; the invitation is from {there}.",
            kept="The code was not used, and nothing was sent.",
            remedy="Fetch an invitation from the hall that the broken machine belonged to.",
            here=home.hall,
            there=hall.hall,
        )


def _send_as_it_was(
    broken: Broken, database: Path, key: bytes, invitation: InvitationText
) -> tuple[int, int]:
    """Under the broken machine's own key, while it counts; how many were sent, and how many are left.

    Raises CentreAway. By a revoked key, or on a chain that parted, nothing is sent: it is entered anew later.
    """
    store = SqliteStore(database, key, hall=broken.home.hall, device=broken.home.device, clock=SystemClock())
    try:
        journal = SqliteJournal(store)
        before = journal.standing()
        if broken.device_key is not None and before.unsent:
            signer = DeviceKey(broken.device_key)
            who = Who(broken.home.hall, broken.home.device, signer.sign)
            line = HubCentre(invitation.url, fetch_authority(invitation), who, times=PATIENT)
            try:
                _push(line, journal, who)
            except UserFacingError as error:
                log.warning("nothing more is sent as it was: %s", error)
            finally:
                line.close()
        after = journal.standing()
        return after.acked - before.acked, after.unsent
    finally:
        store.close()


def _push(line: HubCentre, journal: SqliteJournal, who: Who) -> None:
    while True:
        here = journal.standing()
        events = journal.outbox(here.epoch, here.acked, MOST_PUSHED)
        if not events:
            return
        hashes = (sha256(event.data).hexdigest() for event in events)
        message = batch_digest(who.hall, who.device, here.epoch, hashes)
        ack = line.push(Batch(here.epoch, events, who.sign(message)))
        if ack.state != "ok" or ack.seq <= here.acked:
            return
        journal.acked(here.epoch, ack.seq)


def _broken(replacing: Replacing, folder: Path) -> Broken:
    """A backup, or the home itself with its keys where they lie open beside it, else sealed."""
    source = replacing.source or folder
    if (source / MANIFEST).exists():
        manifest = read_backup(source)
        keys = backup_keys(source, manifest, None, replacing.recovery_key)
        home = replace(open_home(source), path=source)
        return Broken(home, source / DATABASE, keys["backup"], keys.get(DEVICE_KEY))
    home = open_home(source)
    place = key_place(source)
    store_key, device_key = place.known(STORE_KEY), place.known(DEVICE_KEY)
    if store_key is None:
        if replacing.recovery_key is None:
            raise UserFacingError(
                "replace.needs-recovery-key",
                "The broken machine's keys are not on its disk: they are sealed for the hall's recovery key.",
                kept="Nothing was changed.",
                remedy="Fetch the hall's recovery key and name its file with --recovery-key.",
            )
        recovery = read_recovery_key(replacing.recovery_key)
        keys = open_keys(source, home.hall, home.device, recovery)
        store_key, device_key = keys[STORE_KEY], keys.get(DEVICE_KEY)
    return Broken(home, working_copy(folder, home.store), store_key, device_key)
