"""The recovery key: on paper and back, and what it opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.errors import UserFacingError
from counter_app.keys.keeping import KeyPlace
from counter_app.keys.recovery import RecoveryKey, open_own, read_recovery_key, seal, seal_own

KEY = RecoveryKey(bytes(range(32)))


def written(folder: Path, text: str) -> Path:
    path = folder / "key.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_people_keep_is_read_back_however_it_was_typed(tmp_path: Path) -> None:
    for key in (KEY, RecoveryKey.fresh(), RecoveryKey(bytes(32)), RecoveryKey(b"\xff" * 32)):
        text = str(key)
        for typed in (f"南环中心的恢复密钥\n{text}\n请妥善保管", text.lower(), text.replace("-", " ")):
            assert read_recovery_key(written(tmp_path, typed)) == key


def test_a_wrong_sign_is_noticed(tmp_path: Path) -> None:
    text = str(KEY)
    for at in range(5, len(text)):
        if text[at] == "-":
            continue
        wrong = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        with pytest.raises(UserFacingError) as raised:
            read_recovery_key(written(tmp_path, wrong))
        assert raised.value.code == "recovery.mistyped"
    for none in ("", "GSHR-1234", text[:-1]):
        with pytest.raises(UserFacingError) as raised:
            read_recovery_key(written(tmp_path, none))
        assert raised.value.code == "recovery.unreadable"


def test_only_the_right_key_for_the_right_thing_opens() -> None:
    sealed = seal(KEY.public, b"the store's key", "3 at nanhuan")
    assert KEY.open(sealed, "3 at nanhuan") == b"the store's key"
    assert sealed != seal(KEY.public, b"the store's key", "3 at nanhuan")
    spoiled = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for key, data, about in (
        (RecoveryKey.fresh(), sealed, "3 at nanhuan"),
        (KEY, sealed, "4 at nanhuan"),
        (KEY, spoiled, "3 at nanhuan"),
        (KEY, sealed[:20], "3 at nanhuan"),
        (KEY, b"", "3 at nanhuan"),
    ):
        with pytest.raises(UserFacingError) as raised:
            key.open(data, about)
        assert raised.value.code == "recovery.does-not-open"


def test_a_machine_opens_what_it_sealed_itself() -> None:
    sealed = seal_own(b"k" * 32, b"secret", "here")
    assert open_own(b"k" * 32, sealed, "here") == b"secret"
    assert open_own(b"l" * 32, sealed, "here") is None
    assert open_own(b"k" * 32, sealed, "there") is None
    assert open_own(b"k" * 32, b"", "here") is None


def test_a_key_from_elsewhere_never_replaces_one(tmp_path: Path) -> None:
    place = KeyPlace(tmp_path, in_keyring=False)
    assert place.known("lookup") is None
    place.keep("lookup", b"a" * 32)
    place.keep("lookup", b"a" * 32)
    with pytest.raises(UserFacingError) as raised:
        place.keep("lookup", b"b" * 32)
    assert raised.value.code == "keys.other"
    assert place.secret("lookup", make=False) == b"a" * 32
