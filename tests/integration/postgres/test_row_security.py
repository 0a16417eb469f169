"""A hall's role reads and writes its own hall and nothing else, and to its history it can only add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from counter_app.errors import UserFacingError
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres import PostgresCentre
from counter_app.store.centre.postgres_line import hall_role
from counter_app.store.centre.postgres_prepare import prepare_city
from counter_app.store.centre.tables import METADATA
from counter_app.use_cases.ports.centre_store import DeviceRow
from tests.integration.postgres.conftest import OTHER
from tests.support.centres import CENTRE, HALL, HALL_KEY, sender, serving
from tests.support.clock import HandClock
from tests.support.hostile import HOSTILE
from tests.support.jars import JarOpened
from tests.support.postgres import why_not
from tests.support.postgres_centres import Database, prepared

TABLES = [*(table.name for table in METADATA.sorted_tables), "places"]
_ADDED_ONLY = ("events", "places", "subjects", "keys", "published")


def _live(database: Database, hall: str) -> None:
    """A hall in which something of everything has happened."""
    store = database.open(hall)
    service = serving(store)
    device = sender(service, "3")
    device.act(JarOpened(jar="a", label=hall), key="k1", private={"person": b"secret"})
    device.push()
    with store.deciding() as tx:
        tx.keep_note("note", hall.encode())
        tx.keep_secret("pin", b"1234")
        tx.publish("shelf", {"one": b"{}"}, replace=False, staff="1001", key="p")
    store.close()


@pytest.fixture(scope="module")
def two_halls() -> Iterator[Database]:
    """Nothing these tests try succeeds, so they may share what they try it on."""
    if reason := why_not():
        pytest.skip(reason)
    with prepared(HALL, OTHER) as made:
        for hall in (HALL, OTHER):
            _live(made, hall)
        yield made


@pytest.fixture
def raw(two_halls: Database) -> Iterator[psycopg.Connection[Any]]:
    """A connection with the stolen credentials of one hall, beside another's data."""
    with psycopg.connect(two_halls.url(HALL), autocommit=True) as connection:
        yield connection


def _count(raw: psycopg.Connection[Any], table: str) -> tuple[int, int]:
    row = raw.execute(
        f"SELECT count(*), count(*) FILTER (WHERE hall <> %s) FROM {table}".encode(), (HALL,)
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def test_every_table_is_forced_under_row_security(raw: psycopg.Connection[Any]) -> None:
    rows = raw.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
        "AND NOT relispartition AND NOT (relrowsecurity AND relforcerowsecurity) "
        "AND relname <> 'alembic_version'"
    ).fetchall()
    assert rows == []
    partitions = raw.execute(
        "SELECT bool_and(relrowsecurity), bool_or(has_table_privilege(oid, 'SELECT, INSERT, UPDATE')) "
        "FROM pg_class WHERE relispartition AND relkind = 'r'"
    ).fetchone()
    assert partitions == (True, False)


def test_the_role_is_the_least(raw: psycopg.Connection[Any]) -> None:
    role = raw.execute(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls "
        "FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert role == (hall_role(HALL), False, False, False, False, False)
    for statement in ("CREATE TABLE mine (a int)", "CREATE TEMP TABLE mine (a int)", "CREATE SCHEMA mine"):
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(statement.encode())


def test_only_the_own_hall_is_read(raw: psycopg.Connection[Any]) -> None:
    filled = {table for table in TABLES if _count(raw, table)[0]}
    assert filled >= {"halls", "events", "places", "subjects", "parts", "keys", "chains", "devices", "notes"}
    assert {table: _count(raw, table)[1] for table in TABLES} == dict.fromkeys(TABLES, 0)
    assert raw.execute("SELECT count(*) FROM hall_roles").fetchone() == (1,)


def test_nothing_is_written_in_another_hall(raw: psycopg.Connection[Any], two_halls: Database) -> None:
    inserts = {
        "notes": "INSERT INTO notes VALUES (%s, 'x', 'y')",
        "waits": "INSERT INTO waits VALUES (%s, 'x', 'y', 'z')",
        "subjects": "INSERT INTO subjects VALUES (%s, 'jar:a', 9, '2026-11-23')",
        "hall_roles": "INSERT INTO hall_roles VALUES ('somebody', %s)",
    }
    for statement in inserts.values():
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(statement.encode(), (OTHER,))
    assert raw.execute("UPDATE notes SET value = 'mine' WHERE hall = %s", (OTHER,)).rowcount == 0
    assert raw.execute("UPDATE halls SET centre = 'mine' WHERE hall = %s", (OTHER,)).rowcount == 0
    assert raw.execute("DELETE FROM notes WHERE hall = %s", (OTHER,)).rowcount == 0
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute("UPDATE notes SET hall = %s WHERE key = 'note'", (OTHER,))
    store = two_halls.open(OTHER)
    with store.reading() as reader:
        assert reader.note("note") == OTHER.encode()
    store.close()


@pytest.mark.parametrize("table", _ADDED_ONLY)
def test_history_is_only_added_to(raw: psycopg.Connection[Any], table: str) -> None:
    before = _count(raw, table)
    assert before[0]
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET hall = hall", f"TRUNCATE {table}"):
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(statement.encode())
    for statement in (f"DROP TABLE {table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"):
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(statement.encode())
    assert _count(raw, table) == before


def test_a_months_partition_is_not_reached_round_its_table(raw: psycopg.Connection[Any]) -> None:
    for statement in (
        "SELECT * FROM events_2026_11",
        "DELETE FROM events_2026_11",
        "ALTER TABLE events DETACH PARTITION events_2026_11",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(statement.encode())


def test_a_place_is_given_once_over_all_months(raw: psycopg.Connection[Any]) -> None:
    copy = (
        "INSERT INTO events SELECT hall, {place}, device, epoch, {seq}, type, '2026-12-01', hash, root, data "
        "FROM events WHERE hall_seq = 1"
    )
    for place, seq in (("1", "999"), ("999", "seq")):
        with pytest.raises(errors.UniqueViolation):
            raw.execute(copy.format(place=place, seq=seq).encode())


def test_a_private_part_can_be_emptied_and_nothing_else(raw: psycopg.Connection[Any]) -> None:
    for statement in (
        "DELETE FROM parts",
        "UPDATE parts SET slot = 'other'",
        "UPDATE parts SET sealed = 'x'",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(statement.encode())
    assert raw.execute("UPDATE parts SET sealed = NULL").rowcount == 1


def test_the_order_never_goes_back(raw: psycopg.Connection[Any]) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute("UPDATE halls SET hall_seq = 0")
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute("DELETE FROM halls")


@pytest.mark.parametrize("role", [hall_role(OTHER), "counter_owner", "counter_city", "postgres"])
def test_no_other_role_can_be_taken(raw: psycopg.Connection[Any], role: str) -> None:
    for statement in (f"SET ROLE {role}", f"SET SESSION AUTHORIZATION {role}", f"SET LOCAL ROLE {role}"):
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(statement.encode())
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute("SELECT set_config('role', %s, false)", (role,))
    assert _count(raw, "events")[1] == 0


def test_settings_do_not_open_another_hall(raw: psycopg.Connection[Any]) -> None:
    for statement in ("SET row_security = off", "SET app.hall = '北环'", f"SET ROLE {hall_role(HALL)}"):
        raw.execute(statement.encode())
    with pytest.raises(errors.InsufficientPrivilege):  # the query would be cut by a policy: refused
        raw.execute("SELECT * FROM notes")
    raw.execute("SET row_security = on")
    assert _count(raw, "notes")[1] == 0
    raw.execute("SET search_path = pg_temp, public")
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute("CREATE FUNCTION public.own_hall() RETURNS text LANGUAGE sql AS $$SELECT '北环'$$")


@pytest.mark.parametrize("month", ["2026-13", "1999-01", "2090-01", "x'); DROP TABLE events; --", "2026_11"])
def test_no_strange_month_is_made(raw: psycopg.Connection[Any], month: str) -> None:
    with pytest.raises(errors.CheckViolation):
        raw.execute("SELECT need_month(%s)", (month,))


def test_what_the_role_may_not_is_told_as_refused(two_halls: Database) -> None:
    opened = PostgresCentre(two_halls.url(HALL))
    with pytest.raises(UserFacingError) as refused, opened.deciding(HALL) as cursor:
        cursor.execute("DELETE FROM events")
    assert refused.value.code == "store.refused"
    opened.close()


def test_every_text_is_data(store: CoreCentreStore) -> None:
    texts = [text for name, text in HOSTILE.items() if not name.startswith(("surrogate", "nul"))]
    texts = [text for text in texts if "\x00" not in text and len(text) < 2000]
    with store.deciding() as tx:
        for n, text in enumerate(texts):
            tx.keep_note(text, text.encode())
            tx.keep_device(DeviceRow(f"d{n}", text, text, text, 1, token=text, state={"name": text}))
            tx.record(JarOpened(jar=text, label=text), key=text, staff=text)
            tx.publish(text, {text: text.encode()}, replace=False, staff=text, key=f"p{n}")
    with store.reading() as reader:
        for n, text in enumerate(texts):
            assert reader.note(text) == text.encode()
            device = reader.device(f"d{n}")
            assert device is not None
            assert (device.role, device.name, device.state) == (text, text, {"name": text})
            assert len(reader.history(f"jar:{text}")) == 1
            assert reader.of_key(CENTRE, text)


@pytest.mark.parametrize("name", ["surrogate", "nul"])
def test_what_no_text_can_hold_is_refused(store: CoreCentreStore, name: str) -> None:
    with pytest.raises(UserFacingError) as refused, store.deciding() as tx:
        tx.keep_note(HOSTILE[name], b"x")
    assert refused.value.code == "text.broken"


def test_the_city_takes_a_halls_role_for_one_transaction(two_halls: Database) -> None:
    city = prepare_city(two_halls.admin)
    with psycopg.connect(city.url, autocommit=True) as connection:
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM events")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SET ROLE counter_owner")
    dialect = PostgresCentre(city.url, password=city.password, city=True)
    for hall in (HALL, OTHER):
        store = CoreCentreStore(dialect, hall=hall, centre=CENTRE, hall_key=HALL_KEY, clock=HandClock())
        with store.deciding() as tx:
            assert tx.note("note") == hall.encode()
            tx.record(JarOpened(jar="city", label=hall))
        with store.reading() as reader:
            assert [entry.hall_seq for entry in reader.history("jar:city")] == [reader.head().hall_seq]
    dialect.close()
