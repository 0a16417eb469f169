"""The tables in PostgreSQL by steps that go up and down, run by the program itself: no settings file.

Every step is one transaction with all others of the run. SQLite's file needs none of this: it is one hall's,
carries its version in itself and is made again from the events (`sqlite.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from counter_app.errors import UserFacingError
from counter_app.store.query import Cursor

HEAD: Final = "003"  # what this program needs
_KNOWN: Final = ("001", "002", "003")


def _steps() -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config, ScriptDirectory.from_config(config)


def migrate(connection: Connection, to: str = HEAD) -> None:
    """Go up or down to a step (`base`: none), within the connection's transaction.

    UserFacingError `store.newer` when the database was prepared by a later program.
    """
    config, script = _steps()

    def steps(revision: Any, _: Any) -> Any:
        up = to != "base" and (not revision or max(revision) < to)
        return script._upgrade_revs(to, revision) if up else script._downgrade_revs(to, revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, transaction_per_migration=False)
        try:
            environment.run_migrations()
        except CommandError as error:
            raise _newer() from error


def needs(cursor: Cursor) -> None:
    """UserFacingError `store.unprepared` or `store.newer` unless the database is at this program's step."""
    cursor.execute("SELECT to_regclass('public.alembic_version') IS NOT NULL")
    row = cursor.fetchone()
    found: tuple[Any, ...] | None = None
    if row is not None and row[0]:
        cursor.execute("SELECT version_num FROM public.alembic_version")
        found = cursor.fetchone()
    if found is not None and found[0] not in _KNOWN:
        raise _newer()
    if found is None or found[0] != HEAD:
        raise UserFacingError(
            "store.unprepared",
            "The database is not prepared for this version of the program.",
            kept="Nothing was changed.",
            remedy="Prepare the database for this hall again.",
        )


def _newer() -> UserFacingError:
    return UserFacingError(
        "store.newer",
        "The database was prepared by a newer program.",
        kept="Nothing was changed.",
        remedy="Install the newer program on this machine.",
    )
