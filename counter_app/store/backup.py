"""A copy of an encrypted store that is whole at one moment, and the folder a backup is.

The copy is made while windows work, by SQLite's own backup under SQLCipher, in one reading; it is encrypted
under a key of its own. A backup is written beside its place and put there by one rename when it has been read
back: there is never half a backup under the name that was asked for. Not here: who may open it (`keys`), what
belongs to a home (`bootstrap`).
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Final

import msgspec

from counter_app.errors import UserFacingError
from counter_app.store.connection import connect, driver_errors

MANIFEST: Final = "backup.json"
FORMAT: Final = 1
ROOM_BESIDES: Final = 1 << 20
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; it holds no secret. `files` are SHA-256 by name, `made` ISO 8601.

    `epoch`, `seq`: where the device's own chain ended in it; for a centre the hall's place.
    """

    hall: str
    device: str
    role: str
    training: bool
    made: str
    program: str
    epoch: int = 0
    seq: int = 0
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Copied:
    """A database to copy, by its key, as `name` in the backup."""

    name: str
    path: Path
    key: bytes


def copy_database(source: Path, source_key: bytes, target: Path, target_key: bytes) -> None:
    """One moment of `source` as a new file under `target_key`, durable and read back.

    Writers go on meanwhile. UserFacingError `store.*`; nothing is left of a copy that failed.
    """
    try:
        with driver_errors():
            reading = connect(source, source_key)
            try:
                writing = connect(target, target_key)
                try:
                    reading.backup(writing)
                finally:
                    writing.close()
            finally:
                reading.close()
        need_sound(target, target_key)
        flushed(target)
    except BaseException:
        for leftover in database_files(target):
            leftover.unlink(missing_ok=True)
        raise


def database_files(path: Path) -> tuple[Path, ...]:
    """The file with what SQLite keeps beside it."""
    return (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))


def need_sound(path: Path, key: bytes) -> None:
    """Every page opens and is as it was sealed. UserFacingError `store.key`, `store.broken`."""
    with driver_errors():
        connection = connect(path, key)
        try:
            wrong = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            said = connection.execute("PRAGMA quick_check").fetchone()
        finally:
            connection.close()
    if wrong or said is None or said[0] != "ok":
        raise UserFacingError(
            "backup.altered",
            "The copy at {path} is damaged.",
            kept="Nothing was changed.",
            remedy="Use another backup.",
            path=str(path),
        )


def own_head(path: Path, key: bytes) -> tuple[int, int]:
    """Epoch and seq of the newest own event in a device's store; (1, 0) in an empty one."""
    with driver_errors():
        connection = connect(path, key)
        try:
            row = connection.execute(
                "SELECT epoch, seq FROM heads WHERE own = 1 ORDER BY epoch DESC LIMIT 1"
            ).fetchone()
        finally:
            connection.close()
    return (1, 0) if row is None else (int(row[0]), int(row[1]))


def write_backup(
    target: Path,
    about: Manifest,
    databases: tuple[Copied, ...],
    key: bytes,
    besides: Mapping[str, bytes],
    files: Callable[[], Mapping[str, Path]] = dict,
) -> Manifest:
    """Make the folder `target`: databases copied under `key`, `besides` by name, and then `files`, sealed
    already, which are asked for once the databases are copied: what those name is among them.

    UserFacingError `backup.exists`, `backup.no-room`, `backup.cannot-write`, `store.*`; nothing is left of a
    backup that failed.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserFacingError(
            "backup.exists",
            "There is something at {path} already.",
            kept="It was not touched.",
            remedy="Name a new folder for each backup.",
            path=str(target),
        )
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        sizes = [_size(entry.path) for entry in databases]
        sizes += [file.stat().st_size for file in files().values()]
        _need_room(target.parent, sum(sizes))
        draft = target.with_name(f"{target.name}.partial-{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        try:
            for entry in databases:
                copy_database(entry.path, entry.key, draft / entry.name, key)
            for name, data in besides.items():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                write_durably(draft / name, data)
            copied = files()
            for name, file in copied.items():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, draft / name)
                flushed(draft / name)
            names = [entry.name for entry in databases] + list(besides) + list(copied)
            whole = _with_files(about, draft, names)
            write_durably(draft / MANIFEST, json.dumps(asdict(whole), ensure_ascii=False, indent=1).encode())
            if target.exists():
                target.rmdir()
            draft.rename(target)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return whole


def read_backup(source: Path) -> Manifest:
    """A backup's description, once every file in it is found to be what was written.

    UserFacingError `backup.unreadable`, `backup.newer`, `backup.altered`.
    """
    try:
        found = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise UserFacingError(
            "backup.unreadable",
            "There is no whole backup at {path}.",
            kept="Nothing was changed.",
            remedy="Name the folder that `counter-app store backup` made.",
            path=str(source),
        ) from error
    if found.format > FORMAT:
        raise UserFacingError(
            "backup.newer",
            "A newer version of this program made this backup.",
            kept="Nothing was changed.",
            remedy="Install the newer version first.",
        )
    for name, digest in found.files.items():
        if _digest(source / name) != digest:
            raise UserFacingError(
                "backup.altered",
                "The copy at {path} is damaged.",
                kept="Nothing was changed.",
                remedy="Use another backup.",
                path=str(source / name),
            )
    return found


def write_durably(path: Path, data: bytes) -> None:
    """A new file for this account's eyes only, on the disk when this returns. OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def flushed(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _with_files(about: Manifest, folder: Path, names: list[str]) -> Manifest:
    content = {**asdict(about), "files": {name: _digest(folder / name) for name in names}}
    return Manifest(**content)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _size(path: Path) -> int:
    return sum(entry.stat().st_size for entry in database_files(path)[:2] if entry.exists())


def _need_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + ROOM_BESIDES:
        raise UserFacingError(
            "backup.no-room",
            "There is no room for the backup: it needs {needed} MiB, {free} MiB are free.",
            kept="Nothing was written.",
            remedy="Free some space, or choose another disk.",
            needed=(size + ROOM_BESIDES) // 2**20 + 1,
            free=free // 2**20,
        )


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What the file system refuses, in words."""
    try:
        yield
    except OSError as error:
        raise UserFacingError(
            "backup.no-room" if error.errno in _FULL else "backup.cannot-write",
            "The backup cannot be written to {path}: {reason}",
            kept="The store was not touched, and nothing is left of the backup.",
            remedy="Look at the disk, or choose another one.",
            path=str(target),
            reason=error.strerror or str(error),
        ) from error
