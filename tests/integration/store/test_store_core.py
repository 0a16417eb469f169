"""The store's promises on real encrypted files: all or nothing, once only, found when altered."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.errors import UserFacingError
from counter_app.store.connection import connect
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.ports.store import Transaction
from tests.support.jars import JARS, BeansAdded, JarOpened
from tests.support.stores import CLERK, KEY, open_jars


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = open_jars(tmp_path)
    yield store
    store.close()


def opened(store: SqliteStore, key: str = "open") -> str:
    def work(tx: Transaction) -> None:
        tx.record(JarOpened(jar=tx.next_id, label="豆"), private={"owner": "张三".encode()})

    return store.act(CLERK, key, work).first(JarOpened).jar


def add(store: SqliteStore, jar: str, beans: int, key: str = "") -> None:
    store.act(CLERK, key, lambda tx: _record(tx, BeansAdded(jar=jar, beans=beans)))


def _record(tx: Transaction, fact: BeansAdded) -> None:
    tx.record(fact)


def raw(folder: Path, sql: str, *parameters: object) -> None:
    """What somebody with the key and bad intent would run."""
    connection = connect(folder / "store.db", KEY)
    connection.execute("DROP TRIGGER IF EXISTS events_keep")
    connection.execute("DROP TRIGGER IF EXISTS events_stand")
    connection.execute(sql, parameters)
    connection.close()


def test_a_fold_is_kept_and_survives_reopening(store: SqliteStore, tmp_path: Path) -> None:
    jar = opened(store)
    add(store, jar, 3)
    add(store, jar, 4)
    store.close()
    again = open_jars(tmp_path)
    with again.reading() as reader:
        kept = reader.need(JARS, jar)
        history = reader.history(f"jar:{jar}")
    again.close()
    assert (kept.label, kept.beans) == ("豆", 7)
    assert [event.seq for event in history] == [1, 2, 3]
    assert history[0].private == {"owner": "张三".encode()}
    assert jar == "3.1.1"


def test_the_same_key_never_acts_twice(store: SqliteStore) -> None:
    jar = opened(store)
    add(store, jar, 5, key="once")
    outcome = store.act(CLERK, "once", lambda tx: pytest.fail("acted twice"))
    assert outcome.replayed
    assert outcome.first(BeansAdded).beans == 5
    with store.reading() as reader:
        assert reader.need(JARS, jar).beans == 5


def test_an_act_that_fails_leaves_nothing(store: SqliteStore) -> None:
    jar = opened(store)

    def fails(tx: Transaction) -> None:
        tx.record(BeansAdded(jar=jar, beans=1))
        tx.keep_note("draft", b"x")
        tx.serial("numbers")
        raise KeyError("half way")

    with pytest.raises(KeyError):
        store.act(CLERK, "half", fails)
    with store.reading() as reader:
        assert reader.need(JARS, jar).beans == 0
        assert reader.note("draft") is None
        assert reader.head()[0] == 1
    serials: list[int] = []
    store.act(CLERK, "half", lambda tx: serials.append(tx.serial("numbers")))
    assert serials == [1]


def test_changes_reach_a_second_store_of_the_same_file(store: SqliteStore, tmp_path: Path) -> None:
    other = open_jars(tmp_path)
    other.changed()
    last = other.last_change()
    assert not other.changed()
    jar = opened(store)
    assert other.changed()
    assert [(change.kind, change.subject) for change in other.changes_since(last)] == [("jar", f"jar:{jar}")]
    assert not other.changed()
    other.close()


def test_a_wrong_key_is_refused_and_the_file_stays(store: SqliteStore, tmp_path: Path) -> None:
    opened(store)
    store.close()
    with pytest.raises(UserFacingError) as refused:
        SqliteStore(tmp_path / "store.db", bytes(32), hall="南环", device="3", clock=store._clock)
    assert refused.value.code == "store.key"
    assert b"\xe5\xbc\xa0\xe4\xb8\x89" not in (tmp_path / "store.db").read_bytes()
    again = open_jars(tmp_path)
    assert again.check().sound
    again.close()


def test_text_that_cannot_be_stored_is_refused_whole(store: SqliteStore) -> None:
    with pytest.raises(UserFacingError) as refused:
        store.act(CLERK, "k", lambda tx: _nothing(tx.record(JarOpened(jar=tx.next_id, label="\ud800"))))
    assert refused.value.code == "journal.unwritable"
    with store.reading() as reader:
        assert reader.head() == (0, "")


def _nothing(_: object) -> None: ...


ALTERATIONS = {
    "event text": (
        "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '\"beans\":4', '\"beans\":9') AS BLOB)",
        "event 3.1.3: its bytes were altered",
    ),
    "last event text": (
        "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '\"beans\":5', '\"beans\":9') AS BLOB)",
        "event 3.1.4: its bytes were altered",
    ),
    "event deleted": ("DELETE FROM events WHERE seq = 2", "event 3.1.3: follows 1"),
    "last event deleted": ("DELETE FROM events WHERE seq = 4", "chain 3.1"),
    "private part": ("UPDATE parts SET data = CAST('李四' AS BLOB)", "private part owner"),
    "row": ("UPDATE jars SET beans = 99", "jars 3.1.1"),
    "row deleted": ("DELETE FROM jars", "jars 3.1.1"),
    "row made up": ("INSERT INTO jars (id, fold, beans) SELECT 'x', fold, beans FROM jars", "jars x"),
    "subject index": ("DELETE FROM subjects WHERE event = 3", "subject jar:3.1.1"),
    "command key": ("UPDATE events SET key = 'other' WHERE seq = 3", "event 3.1.3"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_store_is_found_and_the_entry_named(store: SqliteStore, tmp_path: Path, name: str) -> None:
    jar = opened(store)
    for beans in (3, 4, 5):
        add(store, jar, beans, key=f"add {beans}")
    assert store.check().sound
    sql, named = ALTERATIONS[name]
    raw(tmp_path, sql)
    report = store.check()
    assert not report.sound
    assert named in report.broken


def test_the_journal_refuses_to_be_changed_or_deleted(store: SqliteStore, tmp_path: Path) -> None:
    opened(store)
    connection = connect(tmp_path / "store.db", KEY)
    for sql in ("DELETE FROM events", "UPDATE events SET data = x'00'"):
        with pytest.raises(Exception, match="insert-only"):
            connection.execute(sql)
    connection.close()


def _add_many(folder: Path, jar: str, name: str, count: int) -> None:
    store = open_jars(folder)
    for n in range(count):
        add(store, jar, 1, key=f"{name}-{n}")
    store.close()


def test_four_processes_write_one_gapless_chain(store: SqliteStore, tmp_path: Path) -> None:
    jar = opened(store)
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_add_many, args=(tmp_path, jar, str(n), 50)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    with store.reading() as reader:
        assert reader.need(JARS, jar).beans == 200
        assert reader.head()[0] == 201
    assert store.check().sound


def test_rows_are_made_again_when_the_fold_is_newer(store: SqliteStore, tmp_path: Path) -> None:
    jar = opened(store)
    add(store, jar, 6)
    raw(tmp_path, "UPDATE jars SET beans = 0")
    raw(tmp_path, "UPDATE meta SET value = '0' WHERE key = 'projection:jar'")
    store.close()
    again = open_jars(tmp_path)
    assert again.check().sound
    again.close()


def test_search_tokens_are_replaced_not_added(store: SqliteStore, tmp_path: Path) -> None:
    store.act(CLERK, "", lambda tx: tx.index("jar", "1", ["豆", "dou"]))
    store.act(CLERK, "", lambda tx: tx.index("jar", "1", ["豆"]))
    connection = connect(tmp_path / "store.db", KEY)
    assert connection.execute("SELECT token, ref FROM tokens").fetchall() == [("豆", "1")]
    connection.close()
