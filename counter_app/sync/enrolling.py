"""Joining a hall: the invitation's fingerprint is compared before its one-time code is sent anywhere.

The authority's certificate is fetched over a line that trusts nobody; only when it is the one the invitation
names does a second line, trusting it alone, carry the code. Not here: making the home (`bootstrap`).
"""

from __future__ import annotations

import binascii
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from counter_app.domain.centre.invitation import InvitationText
from counter_app.errors import UserFacingError
from counter_app.sync.hub_centre import read_reply
from counter_app.sync.line import HubLine, TimedSocket, trusting
from counter_app.use_cases.centre import wire
from counter_app.use_cases.centre.wire import Enrolled
from counter_app.use_cases.ports.centre import CentreAway

_CONNECT_SECONDS: Final = 3.0
_SECONDS: Final = 15.0
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Hall:
    """Which hall an invitation leads to."""

    hall: str
    training: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """What the hall made of this machine, and the certificate to pin."""

    enrolled: Enrolled
    authority_pem: bytes
    url: str


def enrol(invitation: InvitationText, public: bytes, sign: Callable[[bytes], bytes]) -> Joined:
    """Use the invitation for the device whose Ed25519 key is `public` (32 bytes) and `sign`.

    CentreAway when nobody answers. UserFacingError `centre.wrong-certificate` when another hub than the
    invitation means does: the code was not sent; `centre.*` when the centre refuses.
    """
    pem = fetch_authority(invitation)
    line = HubLine(invitation.host, invitation.port, trusting(pem), connect_seconds=_CONNECT_SECONDS)
    ends = time.monotonic() + _SECONDS
    try:
        # The proof is bound to the certificate of this very line, which a first request makes known.
        shown = line.request("GET", wire.AUTHORITY, None, {}, ends).certificate
        proof = sign(wire.enrol_text(invitation.code, shown, public))
        asked = wire.EnrolAsked(invitation.code, public, proof)
        reply = line.request("POST", wire.ENROL.path, wire.write(asked), {}, ends)
    finally:
        line.close()
    return Joined(read_reply(wire.ENROL, reply), pem, invitation.url)


def ask_hall(invitation: InvitationText) -> Hall:
    """Which hall it is, before the code is sent. Errors as `enrol`."""
    pem = fetch_authority(invitation)
    line = HubLine(invitation.host, invitation.port, trusting(pem), connect_seconds=_CONNECT_SECONDS)
    try:
        asked = wire.write(wire.ChallengeAsked(""))
        reply = line.request("POST", wire.CHALLENGE.path, asked, {}, time.monotonic() + _SECONDS)
    finally:
        line.close()
    said = read_reply(wire.CHALLENGE, reply)
    return Hall(said.hall, said.training)


def fetch_authority(invitation: InvitationText) -> bytes:
    """The authority's certificate (PEM), compared with the invitation. Errors as `enrol`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = TimedSocket
    # Whoever answers: what it shows is compared below, and nothing is told to it.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    line = HubLine(invitation.host, invitation.port, context, connect_seconds=_CONNECT_SECONDS)
    try:
        reply = line.request("GET", wire.AUTHORITY, None, {}, time.monotonic() + _SECONDS)
    finally:
        line.close()
    if reply.status != _OK:
        raise CentreAway(f"status {reply.status}")
    try:
        fits = invitation.fits(ssl.PEM_cert_to_DER_cert(reply.body.decode("ascii")))
    except (ValueError, binascii.Error) as error:
        raise CentreAway("no certificate") from error
    if not fits:
        raise UserFacingError(
            "centre.wrong-certificate",
            "Another machine answers at this address: its certificate is not the one the invitation names.",
            kept="The code was not sent and can still be used.",
            remedy="Check the address with the centre, and call the administrator if it is right.",
        )
    return reply.body
