"""The hub's own authority and certificate: made once, renewed in time, kept from others' eyes."""

from __future__ import annotations

import ssl
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from counter_app.errors import UserFacingError
from counter_app.hub.tls import HUB_NAME, RENEW_BEFORE, HubTls
from counter_app.sync import line
from tests.support.hubs import PASSPHRASE

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def tls(folder: Path, at: datetime = START, names: tuple[str, ...] = ("hub", "10.0.0.5")) -> HubTls:
    return HubTls(folder, PASSPHRASE, names, lambda: at)


def certificate(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "hub.pem").read_bytes())


def test_the_same_is_found_again(tmp_path: Path) -> None:
    first = tls(tmp_path)
    again = tls(tmp_path, START + timedelta(days=10))
    assert (first.fingerprint, first.certificates) == (again.fingerprint, again.certificates)


def test_it_is_renewed_before_it_lapses_under_the_same_authority(tmp_path: Path) -> None:
    first = tls(tmp_path)
    lapses = certificate(tmp_path).not_valid_after_utc
    again = tls(tmp_path, lapses - RENEW_BEFORE + timedelta(hours=1))
    assert again.fingerprint == first.fingerprint
    assert again.authority_pem == first.authority_pem
    assert again.certificates != first.certificates
    assert certificate(tmp_path).not_valid_after_utc > lapses


def test_a_running_hub_renews_and_remembers_what_it_showed(tmp_path: Path) -> None:
    times = [START]
    running = HubTls(tmp_path, PASSPHRASE, ("hub",), lambda: times[0])
    shown = running.certificates
    assert running.context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert not running.renew()
    times[0] = START + timedelta(days=330)
    assert running.renew()
    assert running.certificates[1:] == shown


def test_a_new_name_makes_a_new_certificate(tmp_path: Path) -> None:
    first = tls(tmp_path)
    more = tls(tmp_path, names=("hub", "10.0.0.5", "10.0.0.6", "[fe80::1]"))
    assert more.certificates != first.certificates
    names = certificate(tmp_path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(names.get_values_for_type(x509.DNSName)) == {HUB_NAME, "hub"}
    assert {str(one) for one in names.get_values_for_type(x509.IPAddress)} == {
        "10.0.0.5",
        "10.0.0.6",
        "fe80::1",
    }


def test_both_ends_mean_the_same_name() -> None:
    assert line.HUB_NAME == HUB_NAME


def test_keys_are_wrapped_and_for_this_account_only(tmp_path: Path) -> None:
    tls(tmp_path)
    for name in ("authority.key", "hub.key"):
        text = (tmp_path / name).read_text()
        assert "ENCRYPTED PRIVATE KEY" in text
        if sys.platform != "win32":
            assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "authority.key", "authority.pem", "hub.key", "hub.pem",
    ]  # fmt: skip


def test_without_the_passphrase_a_person_is_told(tmp_path: Path) -> None:
    tls(tmp_path)
    pinned = (tmp_path / "authority.pem").read_bytes()
    with pytest.raises(UserFacingError) as refused:
        HubTls(tmp_path, bytes(32), ("hub",), lambda: START)
    assert refused.value.code == "hub.key-unreadable"
    assert (tmp_path / "authority.pem").read_bytes() == pinned


def test_a_lost_certificate_is_made_anew_but_never_the_authority(tmp_path: Path) -> None:
    first = tls(tmp_path)
    (tmp_path / "hub.key").write_text("spoilt")
    assert tls(tmp_path).fingerprint == first.fingerprint
    (tmp_path / "authority.key").unlink()
    assert tls(tmp_path).fingerprint == first.fingerprint  # nothing to sign yet
    (tmp_path / "hub.pem").unlink()
    with pytest.raises(UserFacingError):
        tls(tmp_path)
