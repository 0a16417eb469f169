"""Two devices and the hall's order: what one did is folded at the other, wherever it was sorted in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.journal import Recorded
from counter_app.errors import UserFacingError
from counter_app.store.connection import connect
from counter_app.store.journal import SqliteJournal
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.ports.centre import Pulled, SealedPart, Secret
from counter_app.use_cases.ports.store import Transaction
from tests.support.jars import JARS, BeansAdded, JarOpened
from tests.support.orders import HandOrder, jars_of
from tests.support.stores import CLERK, KEY


class Device:
    def __init__(self, folder: Path, code: str) -> None:
        self.path = folder / f"{code}.db"
        self.store: SqliteStore = jars_of(folder, code)
        self.journal = SqliteJournal(self.store)

    def open(self, label: str = "豆", key: str = "") -> str:
        def work(tx: Transaction) -> None:
            tx.record(JarOpened(jar=tx.next_id, label=label), private={"owner": "张三".encode()})

        return self.store.act(CLERK, key, work).first(JarOpened).jar

    def add(self, jar: str, beans: int, key: str = "") -> None:
        def work(tx: Transaction) -> None:
            tx.record(BeansAdded(jar=jar, beans=beans))

        self.store.act(CLERK, key, work)

    def beans(self, jar: str) -> int:
        with self.store.reading() as reader:
            return reader.need(JARS, jar).beans

    def history(self, jar: str) -> list[str]:
        with self.store.reading() as reader:
            return [event.id for event in reader.history(f"jar:{jar}")]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Device]]:
    made: list[Device] = []

    def device(code: str) -> Device:
        made.append(Device(tmp_path, code))
        return made[-1]

    yield device
    for entry in made:
        entry.store.close()


def refused(device: Device, pulled: Pulled) -> str:
    """The code it is refused with; nothing of it may have been kept."""
    before = device.journal.standing()
    with pytest.raises(UserFacingError) as error:
        device.journal.take_in(pulled)
    assert device.journal.standing() == before
    assert device.store.check().sound
    return error.value.code


def test_what_one_device_did_is_seen_at_another_with_its_parts(make: Callable[[str], Device]) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    jar = here.open()
    here.add(jar, 5)
    order.hear(here.journal)
    last = there.store.last_change()
    taken = there.journal.take_in(order.pulled(0))
    assert (taken.events, taken.refolded, taken.last) == (2, 0, 2)
    assert there.beans(jar) == 5
    with there.store.reading() as reader:
        assert reader.history(f"jar:{jar}")[0].private == {"owner": "张三".encode()}
    assert [change.subject for change in there.store.changes_since(last)] == [f"jar:{jar}"]
    assert there.store.check().sound
    assert there.journal.standing().root == order.roots[2]


def test_own_acts_get_their_places_and_are_not_folded_twice(make: Callable[[str], Device]) -> None:
    here, order = make("3"), HandOrder()
    jar = here.open()
    here.add(jar, 5)
    order.hear(here.journal)
    assert here.journal.take_in(order.pulled(0)).events == 0
    assert here.beans(jar) == 5
    with here.store.reading() as reader:
        assert [event.hall_seq for event in reader.history(f"jar:{jar}")] == [1, 2]
    assert here.journal.standing().unsent == 0
    assert here.store.check().sound


def test_a_foreign_act_goes_before_own_ones_without_a_place(make: Callable[[str], Device]) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    jar = here.open()
    order.hear(here.journal)
    order.teach(here.journal)
    order.teach(there.journal)
    here.add(jar, 1)
    there.add(jar, 10)
    order.hear(there.journal)
    taken = here.journal.take_in(order.pulled(1))
    assert taken.refolded == 1
    assert here.history(jar) == ["3.1.1", "4.1.1", "3.1.2"]
    order.hear(here.journal)
    order.teach(here.journal)
    order.teach(there.journal)
    assert here.beans(jar) == there.beans(jar) == 11
    assert here.history(jar) == there.history(jar)
    assert here.journal.digest(["jar"]) == there.journal.digest(["jar"])
    assert here.store.check().sound
    assert there.store.check().sound


def test_after_its_own_acts_have_places_the_tail_is_only_extended(make: Callable[[str], Device]) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    jar = here.open()
    order.hear(here.journal)
    order.teach(there.journal)
    here.add(jar, 1)
    order.hear(here.journal)
    order.teach(there.journal)
    there.add(jar, 10)
    order.hear(there.journal)
    taken = here.journal.take_in(order.pulled(0))
    assert (taken.events, taken.refolded) == (1, 0)
    assert here.beans(jar) == 11
    assert here.store.check().sound


def test_a_stretch_again_or_too_far_on_changes_nothing(make: Callable[[str], Device]) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    jar = here.open()
    here.add(jar, 2)
    here.add(jar, 3)
    order.hear(here.journal)
    assert there.journal.take_in(order.pulled(1)).last == 0
    assert there.journal.take_in(order.pulled(0, 2)).last == 2
    assert there.journal.take_in(order.pulled(0, 2)).events == 0
    assert there.journal.take_in(order.pulled(0)).events == 1
    assert there.beans(jar) == 5


def _other_bytes(pulled: Pulled) -> Pulled:
    event = pulled.events[1]
    data = event.data.replace(b'"beans":5', b'"beans":9')
    return replace(pulled, events=(pulled.events[0], replace(event, data=data)))


def _other_part(pulled: Pulled) -> Pulled:
    event = pulled.events[0]
    part = SealedPart("owner", event.parts[0].salt, "李四".encode())
    return replace(pulled, events=(replace(event, parts=(part,)), pulled.events[1]))


def _left_out(pulled: Pulled) -> Pulled:
    return replace(pulled, events=(replace(pulled.events[1], hall_seq=1),))


def _torn(pulled: Pulled) -> Pulled:
    return replace(pulled, events=(replace(pulled.events[0], data=b"{"),))


FORGERIES: dict[str, tuple[Callable[[Pulled], Pulled], str]] = {
    "root": (lambda pulled: replace(pulled, root="1" * 64), "sync.out-of-step"),
    "body": (_other_bytes, "sync.out-of-step"),
    "part": (_other_part, "sync.forged"),
    "left out": (_left_out, "sync.forged"),
    "gap": (lambda pulled: replace(pulled, events=pulled.events[1:]), "sync.out-of-step"),
    "torn": (_torn, "sync.forged"),
    "note": (lambda pulled: replace(pulled, secrets=(Secret("device/x", 1, b"x"),)), "sync.forged"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_does_not_hold_together_is_refused_whole(make: Callable[[str], Device], name: str) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    here.add(here.open(), 5)
    order.hear(here.journal)
    forge, code = FORGERIES[name]
    assert refused(there, forge(order.pulled(0))) == code
    there.journal.take_in(order.pulled(0))


def test_a_secret_is_kept_and_what_was_set_here_stays_until_sent(make: Callable[[str], Device]) -> None:
    here, order = make("3"), HandOrder()
    order.secrets = (Secret("credential/w003", 7, b"old"),)
    here.journal.take_in(order.pulled(0))
    assert here.journal.standing().secrets == 7
    assert here.journal.secrets_set_here(10) == ()
    here.store.act(CLERK, "", lambda tx: tx.keep_note("credential/w003", b"new"))
    assert here.journal.secrets_set_here(10) == (("credential/w003", b"new"),)
    order.secrets = (Secret("credential/w003", 8, b"other"),)
    here.journal.take_in(order.pulled(0))
    with here.store.reading() as reader:
        assert reader.note("credential/w003") == b"new"
    here.journal.secret_sent("credential/w003", b"new")
    assert here.journal.secrets_set_here(10) == ()


def test_the_clock_never_runs_behind_what_was_seen(make: Callable[[str], Device]) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    for _ in range(3):
        here.open()
    order.hear(here.journal)
    order.teach(there.journal)
    there.open()
    with there.store.reading() as reader:
        seen, own = reader.event("3.1.3"), reader.event("4.1.1")
    assert seen is not None
    assert own is not None
    assert own.hlc > seen.hlc


def test_another_branch_of_its_own_chain_is_known_for_what_it_is(
    make: Callable[[str], Device], tmp_path: Path
) -> None:
    here, order = make("3"), HandOrder()
    (tmp_path / "clone").mkdir()
    clone = Device(tmp_path / "clone", "3")
    clone.open("clone's")
    order.hear(clone.journal)
    clone.store.close()
    assert refused(here, order.pulled(0)) == "sync.forked"  # nothing yet here: somebody else began the chain
    here.open()
    assert refused(here, order.pulled(0)) == "sync.forked"


def test_search_tokens_can_be_made_in_the_same_transaction(make: Callable[[str], Device]) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    jar = here.open("豆")
    order.hear(here.journal)

    def also(tx: Transaction, events: Sequence[Recorded]) -> None:
        for event in events:
            found = tx.need(JARS, event.id)
            tx.index("jar", found.id, [found.label])

    there.journal.take_in(order.pulled(0), also)
    connection = connect(there.path, KEY)
    assert connection.execute("SELECT token, ref FROM tokens").fetchall() == [("豆", jar)]
    connection.close()


def test_foreign_keys_do_not_answer_for_own_commands(make: Callable[[str], Device]) -> None:
    here, there, order = make("3"), make("4"), HandOrder()
    jar = here.open(key="same")
    order.hear(here.journal)
    order.teach(there.journal)
    mine = there.open(key="same")
    assert mine != jar
    assert there.open(key="same") == mine
