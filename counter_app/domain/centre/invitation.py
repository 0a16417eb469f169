"""The invitation a person types or scans to enrol a device: `HOST:PORT/CODE/FINGERPRINT`.

    192.168.1.10:8443/7K4M2-XQDPW/4QFR-1B2E-7Z9K-M0TS-8H

The fingerprint is the first 80 bits of the SHA-256 of the certificate of the centre's own authority: the
device sends the one-time code only to a hub that shows this certificate. Two check characters over all of it
tell a slip of the hand from a forged hub. Signs are those of Crockford's base 32: no I, L, O or U, and what
is read for them counts. Full-width signs, spaces and dashes do not matter.

Not here: making codes at random and keeping their digests (`use_cases/centre`), and TLS (`hub`, `sync`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from counter_app.errors import UserFacingError

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_SIGNS: Final = 10  # 50 bits, for one device, once, for a short time, and tries are limited
PRINT_SIGNS: Final = 16  # 80 bits
CHECK_SIGNS: Final = 2
ENTROPY_BYTES: Final = 8
DEFAULT_PORT: Final = 8443
_ALIKE: Final = str.maketrans("OILU", "011V")
_HOST: Final = re.compile(r"[0-9a-z]([0-9a-z.-]*[0-9a-z])?|\[[0-9a-f:.]+\]")
_MOST: Final = 400
_MOST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class InvitationText:
    """`host` as it is dialled (IPv6 in brackets); `fingerprint` the first `PRINT_SIGNS` signs."""

    host: str
    port: int
    code: str
    fingerprint: str

    def __str__(self) -> str:
        printed = self.fingerprint + _check(self)
        return f"{self.host}:{self.port}/{_grouped(self.code, 5)}/{_grouped(printed, 4)}"

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}"

    def fits(self, certificate: bytes) -> bool:
        """Whether this is the certificate (DER) the invitation means."""
        return certificate_print(certificate) == self.fingerprint


def certificate_print(certificate: bytes) -> str:
    """The signs that name a certificate (DER): 80 bits of its SHA-256."""
    return _signs(int.from_bytes(sha256(certificate).digest()[:10]), PRINT_SIGNS)


def shown_print(fingerprint: str) -> str:
    """As people compare it: `4QFR-1B2E-7Z9K-M0TS`."""
    return _grouped(fingerprint, 4)


def code_of(entropy: bytes) -> str:
    """A one-time code of `CODE_SIGNS` signs from `ENTROPY_BYTES` random bytes."""
    if len(entropy) < ENTROPY_BYTES:
        raise ValueError("eight random bytes are needed")
    return _signs(int.from_bytes(entropy[:ENTROPY_BYTES]) >> 14, CODE_SIGNS)


def tidy_code(typed: str) -> str:
    """A typed code as it was made: capitals, no spaces or dashes, look-alikes read right."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[\s\u2010-\u2015\u2212-]", "", plain).translate(_ALIKE)


def read_invitation(typed: str) -> InvitationText:
    """Take an invitation apart. UserFacingError `invitation.unreadable` when it is none,
    `invitation.mistyped` when its check characters do not fit."""
    plain = re.sub(r"[\s\u3000]", "", unicodedata.normalize("NFKC", typed[:_MOST]))
    plain = re.sub(r"^https:/+", "", plain, flags=re.IGNORECASE)
    parts = plain.split("/")
    if len(parts) != 3:
        raise _unreadable()
    host, port = _address(parts[0].lower())
    code, printed = tidy_code(parts[1]), tidy_code(parts[2])
    if not _is_signs(code, CODE_SIGNS) or not _is_signs(printed, PRINT_SIGNS + CHECK_SIGNS):
        raise _unreadable()
    found = InvitationText(host, port, code, printed[:PRINT_SIGNS])
    if _check(found) != printed[PRINT_SIGNS:]:
        raise UserFacingError(
            "invitation.mistyped",
            "The invitation does not check: a character is wrong.",
            kept="Nothing was sent.",
            remedy="Compare it character by character with what the centre shows, or scan it.",
        )
    return found


def read_address(typed: str) -> tuple[str, int]:
    """Host and port of `HOST:PORT` or `https://HOST:PORT`; port 0 where one listens is a free one.

    UserFacingError `invitation.unreadable`.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed[:_MOST])).lower()
    return _address(re.sub(r"^https:/+", "", plain).rstrip("/"), least=0)


def _address(text: str, least: int = 1) -> tuple[str, int]:
    host, colon, digits = text.rpartition(":")
    if not colon or (text.startswith("[") and text.endswith("]")):
        host, digits = text, str(DEFAULT_PORT)
    if not _HOST.fullmatch(host) or not re.fullmatch(r"[0-9]{1,5}", digits):
        raise _unreadable()
    if not least <= int(digits) <= _MOST_PORT:
        raise _unreadable()
    return host, int(digits)


def _unreadable() -> UserFacingError:
    return UserFacingError(
        "invitation.unreadable",
        "This is no invitation: it has the form {form}.",
        kept="Nothing was sent.",
        remedy="Type or scan the invitation as the centre shows it.",
        form="HOST:PORT/CODE/FINGERPRINT",
    )


def _check(text: InvitationText) -> str:
    whole = f"{text.host}:{text.port}/{text.code}/{text.fingerprint}"
    return _signs(int.from_bytes(sha256(whole.encode()).digest()[:2]) >> 6, CHECK_SIGNS)


def _signs(value: int, count: int) -> str:
    found = []
    for _ in range(count):
        value, index = divmod(value, len(SIGNS))
        found.append(SIGNS[index])
    return "".join(reversed(found))


def _is_signs(text: str, count: int) -> bool:
    return len(text) == count and set(text) <= set(SIGNS)


def _grouped(text: str, each: int) -> str:
    return "-".join(text[start : start + each] for start in range(0, len(text), each))
