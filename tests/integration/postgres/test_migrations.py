"""The tables come by steps, up and down with data in them, and are the tables the program believes in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.engine import Engine

from counter_app.clock import HALL_ZONE
from counter_app.errors import UserFacingError
from counter_app.store.centre.migrations import HEAD, migrate
from counter_app.store.centre.months import months_from
from counter_app.store.centre.postgres import PLACES, PostgresCentre
from counter_app.store.centre.postgres_archive import archive_closed
from counter_app.store.centre.postgres_prepare import as_owner, prepare, prepare_city
from counter_app.store.centre.tables import METADATA
from tests.support.centres import HALL
from tests.support.clock import HandClock
from tests.support.jars import BeansAdded, JarOpened
from tests.support.postgres import shared
from tests.support.postgres_centres import Database, prepared


@pytest.fixture
def database() -> Iterator[Database]:
    """One that may be taken apart."""
    with prepared(HALL) as made:
        yield made


@pytest.fixture
def empty() -> Iterator[str]:
    """The administrator's URL of a database that nobody prepared."""
    server = shared()
    with server.database() as name:
        yield server.url(name)


def _engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"))


def _columns(engine: Engine) -> dict[str, dict[str, bool]]:
    """Tables (partitions apart) with their columns: may it be NULL?"""
    seen = inspect(engine)
    names = [name for name in seen.get_table_names() if not name[-7:].replace("_", "").isdecimal()]
    return {name: {entry["name"]: entry["nullable"] for entry in seen.get_columns(name)} for name in names}


def test_the_steps_make_the_tables_the_program_believes_in(database: Database) -> None:
    engine = _engine(database.admin)
    made = _columns(engine)
    kinds = {"TEXT": "text", "BIGINT": "bigint", "INTEGER": "integer", "BLOB": "bytea"}
    for table in [*METADATA.sorted_tables, PLACES]:
        assert made[table.name] == {column.name: bool(column.nullable) for column in table.columns}, (
            table.name
        )
        with engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT column_name, data_type, collation_name FROM information_schema.columns "
                    "WHERE table_name = :name ORDER BY ordinal_position"
                ),
                {"name": table.name},
            ).all()
        wanted = [(column.name, kinds[str(column.type)]) for column in table.columns]
        assert [(name, kind) for name, kind, _ in rows] == [
            (name, kinds.get(kind.upper(), kind)) for name, kind in wanted
        ]
        assert {collation for _, kind, collation in rows if kind == "text"} <= {"C"}
        indexes = {index["name"]: index["column_names"] for index in inspect(engine).get_indexes(table.name)}
        for index in table.indexes:
            assert indexes[str(index.name)] == [column.name for column in index.columns]
        assert inspect(engine).get_pk_constraint(table.name)["constrained_columns"][:1] in ([], ["hall"])
    assert set(made) - {table.name for table in METADATA.sorted_tables} == {
        "places",
        "segments",
        "hall_roles",
        "alembic_version",
    }
    engine.dispose()


def test_down_and_up_again_with_old_data(database: Database) -> None:
    clock = HandClock(datetime(2026, 8, 30, 10, 0, tzinfo=HALL_ZONE))
    store = database.open(clock=clock)
    for _ in range(4):
        with store.deciding() as tx:
            tx.record(JarOpened(jar="old"), key=clock.now().isoformat())
            for n in range(3):
                tx.record(BeansAdded(jar="old", beans=n))
        clock.advance(days=31)
    with store.reading() as reader:
        before = (reader.head(), reader.after(0, 100, "centre"), reader.history("jar:old"))
    store.close()
    archive_closed(database.admin, "2026-10")

    with as_owner(database.admin) as connection:
        migrate(connection, "001")
    engine = _engine(database.admin)
    assert "segments" not in _columns(engine)
    with engine.connect() as plain:
        assert plain.execute(text("SELECT count(*) FROM events")).scalar() == len(before[1])
        assert plain.execute(text("SELECT count(*) FROM places")).scalar() == len(before[1])
    engine.dispose()
    with pytest.raises(UserFacingError) as unprepared:
        PostgresCentre(database.url())
    assert unprepared.value.code == "store.unprepared"

    prepare(database.admin, HALL)
    again = database.open(clock=clock)
    with again.reading() as reader:
        assert (reader.head(), reader.after(0, 100, "centre"), reader.history("jar:old")) == before
    with again.deciding() as tx:
        assert tx.record(JarOpened(jar="new")).hall_seq == before[0].hall_seq + 1
    again.close()


def test_down_to_nothing_and_up(database: Database) -> None:
    with as_owner(database.admin) as connection:
        migrate(connection, "base")
    engine = _engine(database.admin)
    assert set(_columns(engine)) == {"alembic_version"}
    engine.dispose()
    prepare(database.admin, HALL)
    database.open().close()


def test_preparing_twice_changes_only_the_password(database: Database) -> None:
    store = database.open()
    with store.deciding() as tx:
        tx.keep_note("a", b"b")
    store.close()
    again = prepare(database.admin, HALL)
    assert again.url == database.url()
    assert again.password != database.access[HALL].password
    store = database.open()
    with store.reading() as reader:
        assert reader.note("a") == b"b"
    store.close()


def test_the_password_is_nowhere_in_the_clear(database: Database) -> None:
    password = database.access[HALL].password
    assert password not in database.url()
    with psycopg.connect(database.admin) as connection:
        row = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'hall_%%' AND rolpassword LIKE %s",
            ("SCRAM-SHA-256$%",),
        ).fetchone()
    assert row is not None
    assert password not in row[0]
    assert password not in (database.server.folder / "log").read_text(errors="replace")


def test_an_unprepared_database_is_said_to_be_so(empty: str) -> None:
    with pytest.raises(UserFacingError) as unprepared:
        PostgresCentre(empty)
    assert unprepared.value.code == "store.unprepared"


def test_a_newer_programs_database_is_left_alone(database: Database) -> None:
    with psycopg.connect(database.admin) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '999'")
    for opening in (lambda: PostgresCentre(database.url()), lambda: prepare(database.admin, HALL)):
        with pytest.raises(UserFacingError) as newer:
            opening()
        assert newer.value.code == "store.newer"


def test_a_hall_of_another_database_does_not_get_in(database: Database, empty: str) -> None:
    prepare(empty, "东环")
    prepare_city(empty)
    with psycopg.connect(
        empty.replace("postgres:", "").replace("postgres@", _role(database) + "@")
    ) as connection:
        assert connection.execute("SELECT count(*) FROM halls").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM hall_roles").fetchone() == (0,)


def _role(database: Database) -> str:
    return str(make_url(database.url()).username)


def test_months_are_made_ahead(database: Database) -> None:
    with psycopg.connect(database.admin) as connection:
        rows = connection.execute(
            "SELECT inhparent::regclass::text, count(*) FROM pg_inherits "
            "WHERE inhparent IN ('events'::regclass, 'subjects'::regclass, 'parts'::regclass) GROUP BY 1"
        ).fetchall()
    assert sorted(rows) == [("events", 4), ("parts", 4), ("subjects", 4)]
    assert months_from(datetime(2026, 11, 23, tzinfo=HALL_ZONE).date(), 2) == (
        "2026-11",
        "2026-12",
        "2027-01",
    )
    assert HEAD == "003"


def test_the_first_act_of_a_month_makes_the_next_ones(database: Database) -> None:
    clock = HandClock(datetime(2027, 9, 30, 10, 0, tzinfo=HALL_ZONE))
    store = database.open(clock=clock)
    for _ in range(3):
        with store.deciding() as tx:
            tx.record(JarOpened(jar="a"))
        clock.advance(days=31)
    store.close()
    with psycopg.connect(database.admin) as connection:
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relname ~ '^events_20' AND relname >= 'events_2027_09' "
            "AND relkind = 'r' ORDER BY 1"
        ).fetchall()
    assert [name for (name,) in names] == [
        *(f"events_2027_{month}" for month in ("09", "10", "11", "12")),
        *(f"events_2028_{month}" for month in ("01", "02", "03")),
    ]
