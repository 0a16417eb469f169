"""Opening the encrypted file, and turning the driver's errors into ones people can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from counter_app.errors import UserFacingError

Connection = dbapi2.Connection

PAGE_BYTES: Final = 2048
# The driver keeps those used most, not last: when its 100 places were full (of the statements that made the
# tables, of updates in many forms), each hot statement of an act drove out the other and was compiled anew.
STATEMENTS: Final = 512


def connect(path: Path, key: bytes) -> Connection:
    """Open `path` under SQLCipher with a raw 32-byte key: WAL, synchronous FULL, autocommit.

    Pages are half SQLite's usual size: an act touches some twenty, and each is encrypted and sealed
    whole (decision 010), by HMAC-SHA256, which processors do in hardware.

    UserFacingError `store.key` when the key does not fit the file.
    """
    with driver_errors():
        connection = dbapi2.connect(
            str(path),
            timeout=10.0,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS,
        )
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")
            connection.execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA256")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -16000")
            connection.execute("PRAGMA temp_store = MEMORY")
        except dbapi2.Error:
            connection.close()
            raise
        return connection


@contextmanager
def driver_errors() -> Iterator[None]:
    """Translate what the driver raises; anything it cannot name goes on as it is.

    Half a character (a lone surrogate, from a broken paste) has no bytes: no act and no query takes it.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise UserFacingError(
            "text.broken",
            "This text holds half a character, which cannot be stored.",
            kept="Nothing of this act was kept.",
            remedy="Type the text again, or paste it without the strange character.",
        ) from error
    except dbapi2.DatabaseError as error:
        mended = _mended(str(error))
        if mended is None:
            raise
        raise mended from error


def _mended(text: str) -> UserFacingError | None:
    if "full" in text or "disk I/O" in text:
        return UserFacingError(
            "store.full",
            "The disk refused to store this.",
            kept="Nothing of this act was kept; everything before it was.",
            remedy="Free some space on the disk, then do it again.",
        )
    if "not a database" in text:
        return UserFacingError(
            "store.key",
            "The store cannot be opened with this machine's key.",
            kept="The file was not touched.",
            remedy="Check the keyring of this account, or restore a backup.",
        )
    if "malformed" in text or "corrupt" in text:
        return UserFacingError(
            "store.broken",
            "The store's file is damaged.",
            kept="Nothing was changed.",
            remedy="Run `counter-app store check`, then restore a backup.",
        )
    if "locked" in text or "busy" in text:
        return UserFacingError(
            "store.busy",
            "The store is in use by something that does not let go.",
            kept="Nothing of this act was kept.",
            remedy="Try again; if it stays so, restart the machine.",
        )
    if "readonly" in text or "unable to open" in text:
        return UserFacingError(
            "store.closed",
            "The store's file cannot be opened for writing.",
            kept="Nothing was changed.",
            remedy="Check who owns the home directory and its files.",
        )
    return None
