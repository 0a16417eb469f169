"""Where secrets are kept: the system keyring, or honestly in a 0600 file when there is none.

A keyring backend of priority below 1 is refused: some of them write base64 plain text. The file
protects nothing on a stolen disk, so `KeyPlace.warning` says so and the foot and `doctor` show it.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import keyring
from keyring.errors import KeyringError

from counter_app.errors import UserFacingError, mark

SERVICE: Final = "counter-app"
KEY_BYTES: Final = 32
FILE_WARNING: Final = mark(
    "No system keyring: the keys lie in a file beside the store. They do not protect a stolen disk."
)


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Keeps named 32-byte secrets of one home."""

    home: Path
    in_keyring: bool

    @property
    def warning(self) -> str:
        """What the foot and `doctor` must say; empty when the keyring holds the keys."""
        return "" if self.in_keyring else FILE_WARNING

    def secret(self, name: str, *, make: bool) -> bytes:
        """The secret called `name`; made when absent and `make`.

        UserFacingError `keys.missing` when absent and not to be made: the store would be lost for
        good if a new key were put in its place.
        """
        found = self.known(name)
        if found is not None:
            return found
        if not make:
            raise UserFacingError(
                "keys.missing",
                "The key of this home is missing: {place}.",
                kept="The store was not touched.",
                remedy="Log in with the account that made the home, or restore its keys from the backup.",
                place="keyring" if self.in_keyring else str(self._file(name)),
            )
        made = secrets.token_bytes(KEY_BYTES)
        self._put(name, made)
        return made

    def known(self, name: str) -> bytes | None:
        """The secret called `name`; None when there is none."""
        return self._from_keyring(name) if self.in_keyring else self._from_file(name)

    def keep(self, name: str, value: bytes) -> None:
        """Keep a secret that came from elsewhere (enrolment, a backup).

        UserFacingError `keys.other` when another one of that name is here already: it is never replaced.
        """
        found = self.known(name)
        if found is None:
            self._put(name, value)
        elif found != value:
            raise UserFacingError(
                "keys.other",
                "This home has another key already.",
                kept="The key was not replaced: what it protects would be lost.",
                remedy="Choose a new folder for the home.",
            )

    def put_in_place(self, name: str, value: bytes) -> None:
        """Keep a secret in place of one that protects nothing here: a hall's comes before one's own."""
        if self.known(name) == value:
            return
        if not self.in_keyring:
            self._file(name).unlink(missing_ok=True)
        self._put(name, value)

    def forget(self, name: str) -> None:
        """For a machine taken out of its hall: what the secret protects cannot be read here again."""
        if self.known(name) is None:
            return
        if self.in_keyring:
            keyring.delete_password(SERVICE, self._entry(name))
        else:
            self._file(name).unlink(missing_ok=True)

    def _put(self, name: str, value: bytes) -> None:
        if self.in_keyring:
            keyring.set_password(SERVICE, self._entry(name), value.hex())
        else:
            self._to_file(name, value)

    def _entry(self, name: str) -> str:
        return f"{self.home.resolve()}#{name}"

    def _file(self, name: str) -> Path:
        return self.home / "keys" / name

    def _from_keyring(self, name: str) -> bytes | None:
        stored = keyring.get_password(SERVICE, self._entry(name))
        return None if stored is None else bytes.fromhex(stored)

    def _from_file(self, name: str) -> bytes | None:
        try:
            return bytes.fromhex(self._file(name).read_text(encoding="ascii").strip())
        except FileNotFoundError:
            return None
        except (ValueError, OSError) as error:
            raise UserFacingError(
                "keys.unreadable",
                "The key file {path} cannot be read.",
                kept="The store was not touched.",
                remedy="Restore the file from the backup.",
                path=str(self._file(name)),
            ) from error

    def _to_file(self, name: str, value: bytes) -> None:
        """Written once, whole, for this account's eyes only; an existing key is never replaced."""
        path = self._file(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(value.hex())
            stream.flush()
            os.fsync(stream.fileno())


def key_place(home: Path) -> KeyPlace:
    """The keyring when a sound one answers, else the file; where a key file lies, it stays the place."""
    if (home / "keys").is_dir():
        return KeyPlace(home, in_keyring=False)
    return KeyPlace(home, in_keyring=_keyring_works())


def _keyring_works() -> bool:
    try:
        if keyring.get_keyring().priority < 1:
            return False
        keyring.get_password(SERVICE, "probe")
    except (KeyringError, RuntimeError):
        return False
    return True
