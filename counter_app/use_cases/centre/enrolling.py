"""Devices come into the hall by a one-time code, and are taken out again (design: safety).

Of a code only the digest is kept, and it goes with its first use. Not here: how a code is shown and typed
(`domain/centre/invitation.py`), how tries over the network are slowed down (`hub`).
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Final

from counter_app.domain.centre.facts import DeviceEnrolled, DeviceRevoked
from counter_app.domain.centre.invitation import ENTROPY_BYTES, code_of, tidy_code
from counter_app.domain.centre.roles import ROLES
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.wire import Enrolled
from counter_app.use_cases.ports.centre_store import CentreStore, CentreTransaction, DeviceRow, Invitation

PUBLIC_BYTES: Final = 32
LONGEST_MINUTES: Final = 7 * 24 * 60
# how many wrong codes were tried since the hall was founded
REFUSED: Final = "enrol/refused"
# beside an invitation that replaces: who made it
REPLACES: Final = "enrol/replaces/"
REPLACED: Final = "replaced"
_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,15}")


class Enrolling:
    """Invitations, enrolment, revoking. `entropy(n)` gives n random bytes."""

    def __init__(self, store: CentreStore, entropy: Callable[[int], bytes]) -> None:
        self._store = store
        self._entropy = entropy

    def invite(
        self, device: str, role: str, name: str, minutes: int, staff: str, *, replaces: bool = False
    ) -> str:
        """A one-time code for this device, good for so many minutes. An earlier one for it stays good.

        `replaces`: whoever uses it takes the place of the machine enrolled now, which counts until then (so
        that what a broken machine had not sent can still be sent as its own).
        UserFacingError `centre.device-unfit`, `centre.enrolled-already`.
        """
        if not _CODE.fullmatch(device) or device == self._store.centre or role not in ROLES:
            raise UserFacingError(
                "centre.device-unfit",
                "“{device}” with the role {role} cannot be a machine of this hall.",
                kept="Nothing was changed.",
                remedy="Use up to 16 letters and digits, other than the centre's own, and one of: {roles}.",
                device=device,
                role=role,
                roles=", ".join(ROLES),
            )
        code = code_of(self._entropy(ENTROPY_BYTES))
        with self._store.deciding() as tx:
            if replaces:
                tx.keep_note(REPLACES + self._digest(code), staff.encode())
            else:
                _need_free(tx, device)
            expires = tx.now + timedelta(minutes=max(1, min(minutes, LONGEST_MINUTES)))
            tx.invite(
                Invitation(
                    self._digest(code), device, role, name or device, expires.isoformat(timespec="seconds")
                )
            )
        return code

    def enrol(self, code: str, public: bytes) -> Enrolled:
        """Use up a code: the holder of this key (32 raw bytes) is the device from now on.

        UserFacingError `centre.code-unknown` (wrong, used or expired: nobody is told which),
        `centre.enrolled-already`.
        """
        digest = self._digest(tidy_code(code[:100]))
        with self._store.deciding() as tx:
            invitation = tx.use_invitation(digest)
            fits = hmac.compare_digest(digest, invitation.digest if invitation else digest[::-1])
            enrolled = None
            if fits and invitation is not None and len(public) == PUBLIC_BYTES:
                enrolled = self._enrol(tx, invitation, public.hex())
            else:
                tx.keep_note(REFUSED, str(int(tx.note(REFUSED) or b"0") + 1).encode())
        if enrolled is None:
            raise UserFacingError(
                "centre.code-unknown",
                "This code does not enrol a machine: it is wrong, was used, or has expired.",
                kept="Nothing was changed.",
                remedy="Have a new code made at the centre.",
            )
        return enrolled

    def _enrol(self, tx: CentreTransaction, invitation: Invitation, public: str) -> Enrolled:
        old = tx.device(invitation.device)
        staff = tx.note(REPLACES + invitation.digest)
        if staff is not None:
            tx.keep_note(REPLACES + invitation.digest, None)
            if old is not None and not old.revoked:
                tx.record(DeviceRevoked(device=old.device, cause=REPLACED), staff=staff.decode())
        else:
            _need_free(tx, invitation.device)
        epoch = 1
        if old is not None:  # another disk takes over: never again a number of the old one
            epoch = old.epoch + (1 if tx.chain_end(old.device, old.epoch)[0] else 0)
        row = DeviceRow(invitation.device, invitation.role, invitation.name, public, epoch)
        tx.keep_device(row)
        tx.record(DeviceEnrolled(device=row.device, role=row.role, name=row.name, public=public))
        return Enrolled(tx.hall, tx.centre, row.device, row.role, row.name, epoch)

    def revoke(self, device: str, cause: str, staff: str) -> None:
        """Its key counts no more. Nothing happens when it was revoked before.

        UserFacingError `centre.unknown-device`.
        """
        with self._store.deciding() as tx:
            row = tx.device(device)
            if row is None:
                raise UserFacingError(
                    "centre.unknown-device",
                    "The centre does not know the machine {device}.",
                    kept="Nothing was changed.",
                    remedy="Look at the list of machines.",
                    device=device,
                )
            if not row.revoked:
                tx.keep_device(replace(row, revoked=True, token="", offered=()))
                tx.record(DeviceRevoked(device=device, cause=cause), staff=staff)

    def _digest(self, code: str) -> str:
        return sha256(f"counter-app code\n{self._store.hall}\n{code}".encode()).hexdigest()


def _need_free(tx: CentreTransaction, device: str) -> None:
    row = tx.device(device)
    if row is not None and not row.revoked:
        raise UserFacingError(
            "centre.enrolled-already",
            "The machine {device} is enrolled already.",
            kept="It stays as it is; the code was not used.",
            remedy="Revoke it first, or choose another code for the new machine.",
            device=row.name or device,
        )
