"""The hub's own authority and certificate: made at first start, renewed before they lapse.

An authority of its own (ECDSA P-256, 20 years) signs nothing but this hub's certificate (1 year, renewed when
60 days are left). Devices trust this authority alone, pinned at enrolment, and ask for the name `HUB_NAME`
rather than for the address they dial: a hall's machine may change its address and stay the hub. Private keys
lie in files for this account only, wrapped with a passphrase that the caller keeps in the system keyring.
Not here: the pinning (`sync`).
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from counter_app.domain.centre.invitation import certificate_print
from counter_app.errors import UserFacingError

HUB_NAME: Final = "hub.counter-app.internal"
AUTHORITY_LIFE: Final = dt.timedelta(days=20 * 365)
CERTIFICATE_LIFE: Final = dt.timedelta(days=365)
RENEW_BEFORE: Final = dt.timedelta(days=60)
# A device's clock may be behind the centre's: a certificate made this minute is valid for it all the same.
BACKDATED: Final = dt.timedelta(days=1)

Now = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate (PEM file) with its wrapped private key beside it."""

    certificate: Path
    key: Path


class HubTls:
    """Keeps authority and certificate of one hub in `folder`; `now` is asked for aware times."""

    def __init__(self, folder: Path, passphrase: bytes, names: Sequence[str], now: Now) -> None:
        self._passphrase = passphrase.hex().encode()
        self._names = tuple(names)
        self._now = now
        self._folder = folder
        self._authority = Pair(folder / "authority.pem", folder / "authority.key")
        self._server = Pair(folder / "hub.pem", folder / "hub.key")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._authority.certificate.exists():
            self._make_authority()
        self._context: ssl.SSLContext | None = None
        self._fingerprints: tuple[str, ...] = ()
        self.renew()

    @property
    def authority_pem(self) -> bytes:
        """What devices pin."""
        return self._authority.certificate.read_bytes()

    @property
    def fingerprint(self) -> str:
        """The signs of the authority's certificate, as invitations carry them."""
        return certificate_print(_der(self._authority.certificate))

    @property
    def certificates(self) -> tuple[str, ...]:
        """SHA-256 (hex) of the certificate in force and of the one before it, which open lines still show."""
        return self._fingerprints

    @property
    def context(self) -> ssl.SSLContext:
        """TLS 1.2 or later; new connections get the renewed certificate."""
        if self._context is None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.minimum_version = ssl.TLSVersion.TLSv1_2
            self._load(self._context)
        return self._context

    def renew(self) -> bool:
        """Make a new certificate when the old one lapses soon, or lacks a name; whether one was made."""
        made = not self._still_good()
        if made:
            self._make_certificate()
        shown = sha256(_der(self._server.certificate)).hexdigest()
        if shown not in self._fingerprints:
            self._fingerprints = (shown, *self._fingerprints[:1])
        if made and self._context is not None:
            self._load(self._context)
        return made

    def _load(self, context: ssl.SSLContext) -> None:
        try:
            context.load_cert_chain(self._server.certificate, self._server.key, self._passphrase)
        except (OSError, ssl.SSLError) as error:
            raise _unusable(self._server.key) from error

    def _still_good(self) -> bool:
        """A certificate that cannot be read is made anew: only the authority must never change."""
        if not (self._server.certificate.exists() and self._server.key.exists()):
            return False
        try:
            known = x509.load_pem_x509_certificate(self._server.certificate.read_bytes())
            self._key(self._server)
        except (ValueError, UserFacingError):
            return False
        names = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return known.not_valid_after_utc - self._now() > RENEW_BEFORE and set(names) >= set(
            self._alternatives()
        )

    def _alternatives(self) -> list[x509.GeneralName]:
        return [_general(name) for name in dict.fromkeys((HUB_NAME, *self._names))]

    def _make_authority(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "counter-app centre authority")])
        usage = x509.KeyUsage(
            key_cert_sign=True, crl_sign=True, digital_signature=False, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip
        certificate = (
            self._builder(name, name, key, AUTHORITY_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        self._keep(self._authority, certificate, key)

    def _make_certificate(self) -> None:
        authority = x509.load_pem_x509_certificate(self.authority_pem)
        signer = self._key(self._authority)
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HUB_NAME)])
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
        certificate = (
            self._builder(name, authority.subject, key, CERTIFICATE_LIFE)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(usage, critical=False)
            .add_extension(issuer, critical=False)
            .add_extension(x509.SubjectAlternativeName(self._alternatives()), critical=False)
            .sign(signer, hashes.SHA256())
        )
        self._keep(self._server, certificate, key)

    def _builder(
        self, name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, life: dt.timedelta
    ) -> x509.CertificateBuilder:
        now = self._now()
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - BACKDATED)
            .not_valid_after(now + life)
        )

    def _keep(self, pair: Pair, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        """The key first: a certificate without its key would be taken for a whole pair."""
        wrapped = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(self._passphrase),
        )
        _write(pair.key, wrapped)
        _write(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM))

    def _key(self, pair: Pair) -> ec.EllipticCurvePrivateKey:
        try:
            key = serialization.load_pem_private_key(pair.key.read_bytes(), self._passphrase)
        except (OSError, ValueError, TypeError) as error:
            raise _unusable(pair.key) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise _unusable(pair.key)
        return key


def _unusable(path: Path) -> UserFacingError:
    return UserFacingError(
        "hub.key-unreadable",
        "The key {path} of the centre's certificate cannot be read.",
        kept="The store was not touched.",
        remedy="Start the hub with the account that made it, or restore the folder from the backup.",
        path=str(path),
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return x509.DNSName(name)


def _der(path: Path) -> bytes:
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    return certificate.public_bytes(serialization.Encoding.DER)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, for this account's eyes only."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
