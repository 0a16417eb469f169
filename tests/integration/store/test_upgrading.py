"""A store of version 1, made by the SQL that version made, opens as version 2 with everything in it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.domain.journal import GENESIS, Envelope
from counter_app.domain.publication import RowsPublished
from counter_app.domain.streams import Published
from counter_app.errors import UserFacingError
from counter_app.store.connection import connect
from counter_app.store.journal import SqliteJournal
from counter_app.use_cases.ports.store import Transaction
from tests.support.jars import JARS, BeansAdded, Jar, JarOpened
from tests.support.orders import jars_of
from tests.support.stores import CLERK, KEY

VERSION_1 = """
CREATE TABLE changes (id INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (id));
CREATE TABLE events (id INTEGER NOT NULL, device TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  "key" TEXT, hall_seq INTEGER, hash BLOB NOT NULL, data BLOB NOT NULL, PRIMARY KEY (id), CHECK (seq > 0));
CREATE INDEX events_key ON events ("key") WHERE "key" IS NOT NULL;
CREATE UNIQUE INDEX events_seq ON events (device, epoch, seq);
CREATE TABLE heads (device TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL,
  hlc INTEGER NOT NULL, PRIMARY KEY (device, epoch)) WITHOUT ROWID;
CREATE TABLE meta ("key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key")) WITHOUT ROWID;
CREATE TABLE notes ("key" TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY ("key")) WITHOUT ROWID;
CREATE TABLE parts (event INTEGER NOT NULL, slot TEXT NOT NULL, salt BLOB, data BLOB,
  PRIMARY KEY (event, slot)) WITHOUT ROWID;
CREATE TABLE published (kind TEXT NOT NULL, "key" TEXT NOT NULL, version INTEGER NOT NULL, body BLOB,
  PRIMARY KEY (kind, "key", version)) WITHOUT ROWID;
CREATE TABLE serials (name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID;
CREATE TABLE subjects (subject TEXT NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (subject, event))
  WITHOUT ROWID;
CREATE TABLE tokens (token TEXT NOT NULL, rank INTEGER NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
  PRIMARY KEY (token, rank, kind, ref)) WITHOUT ROWID;
CREATE INDEX tokens_ref ON tokens (kind, ref);
CREATE TABLE jars (id TEXT PRIMARY KEY, fold BLOB NOT NULL);
CREATE TRIGGER events_keep BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is insert-only') END;
CREATE TRIGGER events_stand BEFORE UPDATE OF device, epoch, seq, key, hash, data ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is insert-only') END;
PRAGMA user_version = 1
"""
LABELS = Published("label", str)
SUGAR = b'"sugar"'


def make_version_1(path: Path) -> None:
    """As version 1 left it: two acts on a jar (kept in a table without today's column), and a publication."""
    connection = connect(path, KEY)
    for statement in VERSION_1.split(";\n"):
        connection.execute(re.sub(r"'\) END", "'); END", statement))
    facts = (
        JarOpened(jar="3.1.1", label="豆"),
        BeansAdded(jar="3.1.1", beans=4),
        RowsPublished(
            kind="label",
            changed=("a",),
            version_no=1,
            digests=(sha256(SUGAR).hexdigest(),),
        ),
    )
    prev, at = GENESIS, "2026-11-23T10:00:00.000+08:00"
    for seq, fact in enumerate(facts, 1):
        place = Envelope("南环", "3", 1, seq, seq, at, CLERK, f"key {seq}", 0, prev)
        data, prev = place.seal(fact, {})
        connection.execute(
            "INSERT INTO events (device, epoch, seq, key, hash, data) VALUES ('3', 1, ?, ?, ?, ?)",
            (seq, f"key {seq}", bytes.fromhex(prev), data),
        )
        for subject in fact.subjects:
            connection.execute("INSERT INTO subjects VALUES (?, ?)", (subject, seq))
    connection.execute("INSERT INTO heads VALUES ('3', 1, 3, ?, 3)", (prev,))
    connection.execute("INSERT INTO published VALUES ('label', 'a', 1, ?)", (SUGAR,))
    connection.execute("INSERT INTO serials VALUES ('published', 1)")
    connection.execute("INSERT INTO jars VALUES ('3.1.1', 'old')")
    connection.execute("INSERT INTO meta VALUES ('projection:jar', '0')")
    connection.close()


def test_everything_is_there_and_its_chain_goes_on(tmp_path: Path) -> None:
    make_version_1(tmp_path / "3.db")
    store = jars_of(tmp_path, "3")
    with store.reading() as reader:
        assert reader.get(JARS, "3.1.1") == Jar("3.1.1", "豆", 4)
        assert reader.published(LABELS) == {"a": "sugar"}

    def work(tx: Transaction) -> None:
        assert tx.next_id == "3.1.4"
        tx.record(BeansAdded(jar="3.1.1", beans=1))

    store.act(CLERK, "", work)
    assert store.act(CLERK, "key 2", lambda tx: pytest.fail("acted twice")).replayed
    standing = SqliteJournal(store).standing()
    assert (standing.epoch, standing.seq, standing.unsent, standing.pulled) == (1, 4, 4, 0)
    report = store.check()
    store.close()
    assert report.sound, report


def test_a_store_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    jars_of(tmp_path, "3").close()
    connection = connect(tmp_path / "3.db", KEY)
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    with pytest.raises(UserFacingError) as refused:
        jars_of(tmp_path, "3")
    assert refused.value.code == "store.newer"
