"""Making a PostgreSQL database ready for a hall: roles, tables, rights, months ahead. Needs an administrator.

Roles: `counter_owner` owns the tables and logs in nowhere; `counter_halls` holds what every hall may do; each
hall has one role that logs in; `counter_city` may become any hall's by `SET LOCAL ROLE` and is none itself.
A superuser, and whoever may become the owner, is outside row security: the program never runs as either.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from counter_app.store.centre.migrations import migrate
from counter_app.store.centre.months import MONTHS_AHEAD, months_from
from counter_app.store.centre.postgres_line import CONNECT_SECONDS, hall_role, told

OWNER: Final = "counter_owner"
HALLS: Final = "counter_halls"
CITY: Final = "counter_city"
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('counter_app prepare', 0))"
_LEAST: Final = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
_DATABASE: Final = """
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO counter_halls, counter_city', current_database());
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO counter_owner;
"""


@dataclass(frozen=True, slots=True)
class Access:
    """How a hub logs in: `url` for the home, without the password; that is for the keyring."""

    url: str
    password: str


def prepare(url_admin: str, hall: str) -> Access:
    """Make the database ready for a hall, or renew its role's password; what is there stays.

    `CentreAway` when there is no answer; UserFacingError `store.newer`, `store.refused`.
    """
    role, password = hall_role(hall), secrets.token_urlsafe(24)
    with as_owner(url_admin) as connection:
        migrate(connection)
        _run(connection, "RESET ROLE")
        _make_role(connection, role, f"LOGIN INHERIT {_LEAST}")
        _run(connection, f"GRANT {HALLS} TO {role}", f"GRANT {role} TO {CITY}")
        _set_password(connection, role, password)
        _run(connection, f"SET LOCAL ROLE {OWNER}")
        connection.exec_driver_sql(
            "INSERT INTO hall_roles (role, hall) VALUES (%(role)s, %(hall)s) ON CONFLICT DO NOTHING",
            {"role": role, "hall": hall},
        )
        for month in months_from(_today(connection), MONTHS_AHEAD):
            connection.exec_driver_sql("SELECT need_month(%(month)s)", {"month": month})
    return Access(_url_of(url_admin, role), password)


def prepare_city(url_admin: str) -> Access:
    """Let a city's hub log in once for all halls that are prepared. Errors as `prepare`."""
    password = secrets.token_urlsafe(24)
    with as_owner(url_admin) as connection:
        migrate(connection)
        _run(connection, "RESET ROLE")
        _set_password(connection, CITY, password)
        _run(connection, f"ALTER ROLE {CITY} LOGIN", f"SET LOCAL ROLE {OWNER}")
        _run(connection, f"GRANT SELECT ON alembic_version TO {CITY}")
        _run(connection, f"GRANT EXECUTE ON FUNCTION need_month(text) TO {CITY}")
    return Access(_url_of(url_admin, CITY), password)


@contextmanager
def as_owner(url_admin: str) -> Iterator[Connection]:
    """One transaction as the owner of the tables, one at a time; roles and schema are there."""
    engine = create_engine(
        make_url(url_admin).set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        connect_args={"connect_timeout": CONNECT_SECONDS, "prepare_threshold": None},
        hide_parameters=True,
    )
    try:
        with told(), _as_driver(), engine.begin() as connection:
            _run(connection, _ONE_AT_A_TIME)
            _make_role(connection, OWNER, f"NOLOGIN {_LEAST}")
            _make_role(connection, HALLS, f"NOLOGIN {_LEAST}")
            _make_role(connection, CITY, f"NOLOGIN NOINHERIT {_LEAST}")
            _run(connection, f"GRANT {OWNER} TO CURRENT_USER", _DATABASE, f"SET LOCAL ROLE {OWNER}")
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _as_driver() -> Iterator[None]:
    """The driver's own error out of SQLAlchemy's."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.Error):
            raise error.orig from error
        raise


def _run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execution_options(no_parameters=True).exec_driver_sql(statement)


def _make_role(connection: Connection, role: str, attributes: str) -> None:
    """Roles belong to the server, not the database: another one may have made it."""
    known = connection.exec_driver_sql("SELECT FROM pg_roles WHERE rolname = %(role)s", {"role": role})
    if known.first() is None:
        _run(connection, f"CREATE ROLE {role} {attributes}")


def _set_password(connection: Connection, role: str, password: str) -> None:
    """Only its salted proof is sent: no server log and no statistics view sees the password."""
    driver: psycopg.Connection[Any] | None = connection.connection.driver_connection
    if driver is None:
        return
    proof = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    _run(connection, f"ALTER ROLE {role} PASSWORD '{proof}'")


def _today(connection: Connection) -> date:
    today: date = connection.exec_driver_sql("SELECT current_date").scalar_one()
    return today


def _url_of(url_admin: str, role: str) -> str:
    url = make_url(url_admin).set(drivername="postgresql", username=role)
    return url.set(password="").render_as_string(hide_password=False).replace(":@", "@", 1)
