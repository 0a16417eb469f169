"""Connections to PostgreSQL: a pool of them, transactions that keep nothing in the session, and errors told.

Behind a pooler each transaction may run on another server connection, so nothing outlives one: no prepared
statements, no session settings, limits by `SET LOCAL` in the same message that begins the transaction.

Not here: what is asked (`postgres.py`), and the one connection that listens (`postgres_wake.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from typing import Any, Final, cast

import psycopg
from psycopg import errors
from sqlalchemy import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from counter_app.errors import UserFacingError
from counter_app.store.centre.postgres_arrays import Packed, PackedDumper
from counter_app.store.query import Cursor
from counter_app.use_cases.ports.centre import CentreAway

POOL: Final = 8
MOST_CONNECTIONS: Final = 32
CONNECT_SECONDS: Final = 4
# A decision waits for the hall's head so long, and may itself take so long; a hub that stops in the middle of
# one lets the hall go on after the last.
_LIMITS: Final = (
    "SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '20s';"
    " SET LOCAL idle_in_transaction_session_timeout = '30s'"
)
# whatever the server is set to: what is acknowledged has reached its disk
DECIDE: Final = (
    f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = on; {_LIMITS}"
)
READ: Final = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_LIMITS}"

_GONE: Final = (
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.TooManyConnections,
    errors.IdleInTransactionSessionTimeout,
)
_BUSY: Final = (
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.DeadlockDetected,
    errors.SerializationFailure,
)
_FULL: Final = (errors.DiskFull, errors.OutOfMemory)
_REFUSED: Final = (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)


def hall_role(hall: str) -> str:
    """The role of a hall: its code may be any text, a role's name has to be short and plain."""
    return f"hall_{sha256(hall.encode()).hexdigest()[:24]}"


class Line:
    """A pool of connections to one database as one role. Threads may share it."""

    def __init__(self, url: URL) -> None:
        """Nothing is connected yet."""
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._pool = self._fresh_pool()

    def _fresh_pool(self) -> QueuePool:
        return QueuePool(
            self._opened,
            pool_size=POOL,
            max_overflow=MOST_CONNECTIONS - POOL,
            timeout=10.0,
            use_lifo=True,
        )

    def _opened(self) -> DBAPIConnection:
        return cast(DBAPIConnection, self.connect())

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of one's own, in autocommit. psycopg's errors."""
        connection = psycopg.connect(
            self._dsn,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=CONNECT_SECONDS,
            application_name="counter-app",
        )
        connection.adapters.register_dumper(Packed, PackedDumper)
        return connection

    @contextmanager
    def transaction(self, begin: str) -> Iterator[Cursor]:
        """Run a block between `begin` and COMMIT; an exception rolls back. Errors as `told` says."""
        with told():
            connection, cursor = self._begun(begin)
            done = False
            try:
                yield cursor
                cursor.execute("COMMIT")
                done = True
            finally:
                if not done:
                    self._undo(connection, cursor)
                connection.close()

    def _begun(self, begin: str) -> tuple[PoolProxiedConnection, Any]:
        """A connection with its transaction begun. One that died while it lay in the pool has done nothing
        yet: all of the pool is then as old, and a new one is tried once."""
        for last in (False, True):
            connection = self._pool.connect()
            try:
                # several statements in one message go in text only
                connection.cursor().execute(begin)
            except psycopg.OperationalError:
                connection.invalidate()
                if last:
                    raise
                old, self._pool = self._pool, self._fresh_pool()
                old.dispose()
            except BaseException:
                connection.invalidate()
                raise
            else:
                return connection, connection.cursor(binary=True)
        raise CentreAway  # never reached: the second turn returns or raises

    def _undo(self, connection: PoolProxiedConnection, cursor: Cursor) -> None:
        """Roll back what was begun. A connection that cannot do even that is thrown away."""
        try:
            cursor.execute("ROLLBACK")
        except psycopg.Error:
            connection.invalidate()

    def close(self) -> None:
        self._pool.dispose()


def under_way(cursor: Cursor) -> AbstractContextManager[object]:
    """A block in which statements of `cursor` are sent without waiting for their end (`psycopg` pipeline).
    Their errors come when a result is asked for, at the latest at the end of the block."""
    return cast("psycopg.Cursor[Any]", cursor).connection.pipeline()


@contextmanager
def told() -> Iterator[None]:
    """Turn the driver's errors into `CentreAway` or ones people can mend; a defect goes on as it is."""
    try:
        yield
    except PoolExhausted as error:
        raise _busy() from error
    except UnicodeEncodeError as error:
        raise _broken_text() from error
    except psycopg.Error as error:
        mended = _mended(error)
        if mended is None:
            raise
        raise mended from error


def _mended(error: psycopg.Error) -> UserFacingError | CentreAway | None:
    answer: UserFacingError | CentreAway | None = None
    if isinstance(error, _BUSY):
        answer = _busy()
    elif isinstance(error, _FULL):
        answer = UserFacingError(
            "store.full",
            "The disk refused to store this.",
            kept="Nothing of this act was kept; everything before it was.",
            remedy="Free some space on the disk, then do it again.",
        )
    elif isinstance(error, errors.DataCorrupted | errors.IndexCorrupted):
        answer = UserFacingError(
            "store.broken",
            "The centre's database is damaged.",
            kept="Nothing was changed.",
            remedy="Restore a backup of the database.",
        )
    elif isinstance(error, _REFUSED):
        answer = UserFacingError(
            "store.refused",
            "The database refuses this to the hall's role.",
            kept="Nothing of this act was kept.",
            remedy="Prepare the database for this hall again, or see whether it is a copy that is only read.",
        )
    elif isinstance(error, errors.UndefinedTable | errors.UndefinedColumn | errors.UndefinedFunction):
        answer = UserFacingError(
            "store.unprepared",
            "The database is not prepared for this version of the program.",
            kept="Nothing was changed.",
            remedy="Prepare the database for this hall again.",
        )
    elif _is_text(error):
        answer = _broken_text()
    elif isinstance(error, _GONE) or (isinstance(error, psycopg.OperationalError) and error.sqlstate is None):
        answer = CentreAway(str(error))
    return answer


def _is_text(error: psycopg.Error) -> bool:
    """A zero byte in a text: the driver or the server refuses it."""
    return isinstance(error, errors.CharacterNotInRepertoire | errors.UntranslatableCharacter) or (
        isinstance(error, psycopg.DataError) and "NUL" in str(error)
    )


def _broken_text() -> UserFacingError:
    return UserFacingError(
        "text.broken",
        "This text holds half a character, which cannot be stored.",
        kept="Nothing of this act was kept.",
        remedy="Type the text again, or paste it without the strange character.",
    )


def _busy() -> UserFacingError:
    return UserFacingError(
        "store.busy",
        "The store is in use by something that does not let go.",
        kept="Nothing of this act was kept.",
        remedy="Try again; if it stays so, restart the machine.",
    )
