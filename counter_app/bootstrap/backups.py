"""`store backup` and `store restore`: a home's store with what opens it, and back in its place.

A backup's database has a key of its own. That key and the home's own ones lie in it twice: sealed under the
home's store key, so that the same machine restores without anybody's help, and sealed to the hall's recovery
key, so that another machine can when this one is dead. Nothing that lives is overwritten: the store that
stood there is put aside. That it was restored a device finds out by itself, at its next hello; one without a
centre goes on in a new epoch at once, so that no number is given twice.
"""

from __future__ import annotations

import dataclasses
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from counter_app.bootstrap.centre_home import CENTRE, STORE_KEY, open_service, sqlite_file
from counter_app.bootstrap.centre_line import PROGRAM
from counter_app.bootstrap.program import open_store
from counter_app.bootstrap.sealed_keys import (
    SEALED,
    about,
    hall_recovery_key,
    keys_of,
    open_keys,
    packed,
    seal_to_hall,
    unpacked,
)
from counter_app.cli.hall_machine import BackedUp, Restored
from counter_app.clock import SystemClock
from counter_app.errors import UserFacingError
from counter_app.home import DESCRIPTION, Home, open_home
from counter_app.keys.keeping import KEY_BYTES, key_place
from counter_app.keys.recovery import open_own, read_recovery_key, seal, seal_own
from counter_app.locks import presence
from counter_app.store.backup import (
    Copied,
    Manifest,
    copy_database,
    database_files,
    own_head,
    read_backup,
    write_backup,
)
from counter_app.store.journal import SqliteJournal
from counter_app.store.picture_vault import FilePictureVault
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.device_keys import RECOVERY_KEYS
from counter_app.use_cases.ports.sync import Parting
from counter_app.use_cases.reference import HERE

DATABASE: Final = "store.db"
OWN: Final = "keys.own"
BACKUP_KEY: Final = "backup"
PICTURES: Final = "pictures"
LOGOS: Final = "logos"
BESIDES: Final = (
    "centre.pem",
    "hub.toml",
    "tls/authority.pem",
    "tls/authority.key",
    "tls/hub.pem",
    "tls/hub.key",
)


def back_up(path: Path, target: Path) -> BackedUp:
    """A whole copy of the home's store while others work on it. UserFacingError `backup.*`, `store.*`."""
    home = open_home(path)
    database = database_of(home)
    own = key_place(path).secret(STORE_KEY, make=False)
    key = secrets.token_bytes(KEY_BYTES)
    recovery = _recovery_key(home)
    content = packed({**keys_of(home), BACKUP_KEY: key})
    besides = {DESCRIPTION: (path / DESCRIPTION).read_bytes()}
    named = (*BESIDES, *(f"{LOGOS}/{logo.name}" for logo in sorted(home.logos.glob("*.pbm"))))
    besides |= {name: (path / name).read_bytes() for name in named if (path / name).is_file()}
    besides[OWN] = seal_own(own, content, about(home.hall, home.device))
    if recovery is not None:
        besides[SEALED] = seal(recovery, content, about(home.hall, home.device))
    epoch, seq = (1, _place(home)) if home.role == CENTRE else own_head(database, own)
    manifest = Manifest(
        hall=home.hall,
        device=home.device,
        role=home.role,
        training=home.training,
        made=SystemClock().now().isoformat(timespec="seconds"),
        program=PROGRAM,
        epoch=epoch,
        seq=seq,
    )

    def pictures() -> Mapping[str, Path]:
        found = FilePictureVault(home.pictures).to_back_up(everything=not home.centre)
        return {f"{PICTURES}/{digest}": file for digest, file in found.items()}

    write_backup(target, manifest, (Copied(DATABASE, database, own),), key, besides, pictures)
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    return BackedUp(target, manifest.made, epoch, seq, size, recovery is not None)


def restore(source: Path, path: Path, recovery_file: Path | None, *, replace: bool) -> Restored:
    """Put a backup's store in the home's place, verified before anything is changed.

    UserFacingError `backup.*`, `restore.*`, `recovery.*`, `keys.*`, `store.*`.
    """
    manifest = read_backup(source)
    home = _home_to_be(manifest, source, path)
    database = database_of(home)
    if database.exists() and not replace:
        raise UserFacingError(
            "restore.living",
            "A store lives at {path} already.",
            kept="Nothing was changed.",
            remedy="Say --replace to put it aside and restore the backup in its place.",
            path=str(path),
        )
    opened = backup_keys(source, manifest, path, recovery_file)
    with _alone(home):
        home.make_folders()
        for name, value in opened.items():
            if name != BACKUP_KEY and key_place(path).known(name) is None:
                key_place(path).keep(name, value)
        own = key_place(path).secret(STORE_KEY, make=False)
        draft = database.with_name(f"{database.name}.restoring")
        _clear(draft)
        try:
            copy_database(source / DATABASE, opened[BACKUP_KEY], draft, own)
            events = _need_whole(home, draft, own)
            aside = _swap(database, draft)
        finally:
            _clear(draft)
        _put_besides(source, manifest, home)
        home.save()
        _went_back(home)
    return Restored(home, manifest.made, events, aside)


def backup_keys(
    source: Path, manifest: Manifest, path: Path | None, recovery_file: Path | None
) -> Mapping[str, bytes]:
    """What opens a backup: the home's own store key, else the hall's recovery key.

    UserFacingError `restore.needs-recovery-key`, `recovery.*`.
    """
    own = None if path is None or not path.is_dir() else key_place(path).known(STORE_KEY)
    if own is not None:
        content = open_own(own, (source / OWN).read_bytes(), about(manifest.hall, manifest.device))
        if content is not None:
            return unpacked(content)
    if recovery_file is None:
        raise UserFacingError(
            "restore.needs-recovery-key",
            "This machine's keys do not open the backup.",
            kept="Nothing was changed.",
            remedy="Fetch the hall's recovery key and name its file with --recovery-key.",
        )
    return open_keys(source, manifest.hall, manifest.device, read_recovery_key(recovery_file))


def database_of(home: Home) -> Path:
    """The file that holds everything. UserFacingError `backup.postgresql` when it is a server's."""
    if home.role != CENTRE:
        return home.store
    file = sqlite_file(home)
    if file is None:
        raise UserFacingError(
            "backup.postgresql",
            "This centre's store is a PostgreSQL database: it is backed up with PostgreSQL's own tools.",
            kept="Nothing was changed.",
            remedy="Use pg_dump or pg_basebackup, and keep a copy of the home's folder with its keys.",
        )
    return file


def _recovery_key(home: Home) -> bytes | None:
    """The public half of the hall's recovery key; the home's keys are sealed to it on this occasion."""
    if home.role == CENTRE:
        with open_service(home) as service, service.store.reading() as reader:
            row = reader.published(RECOVERY_KEYS).get(HERE)
            return None if row is None else bytes.fromhex(row.public)
    store, _ = open_store(home)
    try:
        seal_to_hall(home, store)
        return hall_recovery_key(store)
    finally:
        store.close()


def _place(home: Home) -> int:
    with open_service(home) as service, service.store.reading() as reader:
        return reader.head().hall_seq


def _home_to_be(manifest: Manifest, source: Path, path: Path) -> Home:
    """The home as it will be: what lives there keeps its own description. UserFacingError
    `restore.other-home`."""
    if not (path / DESCRIPTION).exists():
        return dataclasses.replace(open_home(source), path=path)
    home = open_home(path)
    if (home.hall, home.device, home.role) != (manifest.hall, manifest.device, manifest.role):
        raise UserFacingError(
            "restore.other-home",
            "The backup is of machine {device} of {hall}; the home at {path} is another machine's.",
            kept="Nothing was changed.",
            remedy="Choose the right backup, or another folder for the home.",
            device=manifest.device,
            hall=manifest.hall,
            path=str(path),
        )
    return home


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Nobody works in the home meanwhile, no window, no keeper, no hub. UserFacingError `restore.in-use`."""
    from counter_app.bootstrap.hub_home import HUB
    from counter_app.locks import DutyLock

    locks = [presence(home.locks), DutyLock(home.locks, "keeper"), DutyLock(home.locks, HUB)]
    try:
        if not all(lock.take() for lock in locks):
            raise UserFacingError(
                "restore.in-use",
                "A window, the keeper or the hub of this home is still running.",
                kept="Nothing was changed.",
                remedy="Close them all, then restore again.",
            )
        yield
    finally:
        for lock in locks:
            lock.release()


def _need_whole(home: Home, database: Path, key: bytes) -> int:
    """Walk everything in the restored copy before it is put in its place; how many events it holds."""
    if home.role == CENTRE:
        return 0
    store = SqliteStore(database, key, hall=home.hall, device=home.device, clock=SystemClock())
    try:
        report = store.check()
    finally:
        store.close()
    if not report.sound:
        raise UserFacingError(
            "backup.altered",
            "The copy at {path} is damaged.",
            kept="Nothing was changed.",
            remedy="Use another backup.",
            path=report.broken,
        )
    return report.events


def _swap(database: Path, draft: Path) -> Path | None:
    """The old store aside, the new one in its place."""
    aside = None
    if database.exists():
        aside = database.with_name(f"{database.name}.aside-{time.strftime('%Y%m%d-%H%M%S')}")
        for old in database_files(database):
            if old.exists():
                old.rename(aside.with_name(aside.name + old.name.removeprefix(database.name)))
    draft.rename(database)
    return aside


def _clear(draft: Path) -> None:
    for leftover in (*database_files(draft), draft.with_suffix(".lock")):
        leftover.unlink(missing_ok=True)


def _put_besides(source: Path, manifest: Manifest, home: Home) -> None:
    """What else belongs to the home, where it is missing. Whether the centre has a picture it is asked
    again.
    """
    path, vault = home.path, FilePictureVault(home.pictures)
    for name in manifest.files:
        folder, _, digest = name.partition("/")
        if folder == PICTURES and vault.get(digest) is None:
            vault.keep(digest, (source / name).read_bytes(), sent=False)
    logos = tuple(name for name in manifest.files if _is_logo(name))
    for name in (*BESIDES, SEALED, *logos):
        if name in manifest.files and not (path / name).exists():
            (path / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(source / name, path / name)


def _is_logo(name: str) -> bool:
    folder, _, file = name.partition("/")
    return folder == LOGOS and file.removesuffix(".pbm").isalnum()


def _went_back(home: Home) -> None:
    """Who is nobody's device says itself that it was restored; a centre goes on in a new epoch of its own."""
    if home.role == CENTRE:
        with open_service(home) as service, service.store.deciding() as tx:
            tx.open_epoch("restored")
        return
    if home.centre:
        return
    key = key_place(home.path).secret(STORE_KEY, make=False)
    store = SqliteStore(home.store, key, hall=home.hall, device=home.device, clock=SystemClock())
    try:
        journal = SqliteJournal(store)
        here = journal.standing()
        journal.part_ways(Parting(here.epoch, here.seq, here.epoch + 1, here.seq, here.hash, "restored"))
    finally:
        store.close()


def working_copy(folder: Path, database: Path) -> Path:
    """A broken machine's database copied aside before it is opened: its disk is only read."""
    target = Path(tempfile.mkdtemp(dir=folder)) / DATABASE
    for source, copy in zip(database_files(database)[:2], database_files(target), strict=False):
        if source.exists():
            shutil.copyfile(source, copy)
    return target
