"""A store altered by hand behind the program's back: `store check` says so and names what (mission: X4).

Whoever does it here has the key and takes the guards off; without both he does not get that far.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_app.bootstrap.machine import ThisMachine
from counter_app.cli.main import run
from counter_app.domain.intake.facts import CaseGranted
from counter_app.domain.intake.parties import Identity
from counter_app.store.connection import connect
from counter_app.use_cases.intake.inputs import PersonInput
from tests.support.demo import CLERK, DemoHall, copied, opened_demo


def busy_morning(hall: DemoHall) -> str:
    """A ticket, a case with its paper, a log-in; gives the case."""
    program, intake = hall.program, hall.program.intake
    hall.log_in("1002", "3")
    issued = hall.ticket("0605")
    case = intake.open_case(CLERK, hall.key(), issued.ticket)
    citizen = PersonInput.typed(Identity(name="李秀英", number="653101198908230263"))
    intake.record_person(CLERK, hall.key(), case, "applicant", citizen)
    intake.choose_item(CLERK, hall.key(), case, "0605")
    intake.answer(CLERK, hall.key(), case, "replacing", "no")
    intake.set_field(CLERK, hall.key(), case, "phone", "0317-2000001")
    hall.mark_all(case)
    intake.decide(CLERK, hall.key(), case, "grant")
    assert program.store.check().sound
    return case


@pytest.fixture(scope="module")
def morning(training_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a morning's work in it, to be copied."""
    with opened_demo(training_home, tmp_path_factory.mktemp("morning")) as hall:
        case = busy_morning(hall)
        with hall.program.store.reading() as reader:
            assert any(isinstance(event.fact, CaseGranted) for event in reader.history(f"case:{case}"))
        return hall.home.path


@pytest.fixture
def home(morning: Path, tmp_path: Path) -> Path:
    return copied(morning, tmp_path).path


def alter(home: Path, *statements: str) -> None:
    """Do something to the store that the program would not; each statement must hit something."""
    key = bytes.fromhex((home / "keys" / "store").read_text(encoding="ascii"))
    connection = connect(home / "store.db", key)
    for guard in ("events_keep", "events_stand"):
        connection.execute(f"DROP TRIGGER {guard}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    connection.close()


def checked(home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """`counter-app store check`: its exit code and what it names."""
    code = run(["store", "check", "--json", "--home", str(home)], ThisMachine())
    return code, json.loads(capsys.readouterr().out)["broken"]


def test_an_untouched_home_is_sound(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(home, capsys) == (0, "")


def latest(type: str) -> str:
    return f"(SELECT id FROM events WHERE data LIKE '%{type}%' ORDER BY id DESC LIMIT 1)"


def put(table: str, column: str, old: str, new: str, where: str = "1") -> str:
    """Write `new` for `old` in a column of bytes."""
    return (
        f"UPDATE {table} SET {column} = CAST(replace(CAST({column} AS TEXT), '{old}', '{new}') AS BLOB) "
        f"WHERE {where}"
    )


GRANTED = f"id = {latest('CaseGranted')}"
IDENTITY = f"slot = 'identity' AND event = {latest('PartyRecorded')}"
FACTS = f"slot = 'facts' AND event = {latest('PaperIssued')}"
FOREIGN_KEY = (
    "INSERT INTO published SELECT kind, 'aaaaaaaaaaaaaaaa', version, body, event, hall FROM published "
    "WHERE kind = 'device_key'"
)
# what was done, and what the check must name
ALTERED = {
    "a ticket's number": ("UPDATE tickets SET number = 'A999'", "tickets "),
    "a ticket's fold": (put("tickets", "fold", "A001", "A002"), "tickets "),
    "a ticket gone": ("DELETE FROM tickets", "tickets "),
    "a case's stage": ("UPDATE cases SET stage = 'refused'", "cases "),
    "a case's number": ("UPDATE cases SET number = '南环便服〔2026〕3-0009-1'", "cases "),
    "a party's fold": (put("parties", "fold", "李", "王"), "parties "),
    "a job's state": (put("jobs", "fold", "queued", "printed"), "jobs "),
    "prints of a paper": (put("papers", "fold", '"prints":1', '"prints":3'), "papers "),
    "a case's event": (put("events", "data", "true", "null", GRANTED), "event 3.1."),
    "who did it": (put("events", "data", "1002", "1005", GRANTED), "event 3.1."),
    "an event taken out": (f"DELETE FROM events WHERE {GRANTED}", "event 3.1."),
    "the last event taken out": ("DELETE FROM events WHERE id = (SELECT max(id) FROM events)", "chain 3.1"),
    "a party's particulars": (put("parts", "data", "李", "王", IDENTITY), "private part identity"),
    "what a paper says": (put("parts", "data", "李秀英", "王秀英", FACTS), "private part facts"),
    "a typed phone": ("UPDATE parts SET data = x'31' WHERE slot = 'text'", "private part text"),
    "a subject": ("DELETE FROM subjects WHERE subject LIKE 'case:%'", "subject case:"),
    "a made-up subject": ("INSERT INTO subjects VALUES ('case:3.1.1', 1)", "subject case:3.1.1"),
    "the head": ("UPDATE heads SET seq = seq - 1", "chain 3.1"),
    "an item's limit": (
        put("published", "body", '"amount":3', '"amount":30', "kind = 'item' AND key LIKE '0603@%'"),
        "published item 0603@",
    ),
    "a clerk's roles": (
        put("published", "body", '"intake"', '"admin"', "kind = 'hall'"),
        "published hall",
    ),
    "a key of a device": (FOREIGN_KEY, "published device_key aaaaaaaaaaaaaaaa"),
    "a row in force taken away": ("DELETE FROM published WHERE kind = 'category'", "published category"),
}


@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_is_named(home: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    statement, names = ALTERED[what]
    alter(home, statement)
    code, broken = checked(home, capsys)
    assert (code, names in broken) == (1, True), broken


def test_without_the_key_nothing_opens(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "keys" / "store").write_text("00" * 32, encoding="ascii")
    assert run(["store", "check", "--json", "--home", str(home)], ThisMachine()) == 3
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "store.key"
    (home / "keys" / "store").unlink()
    assert run(["store", "check", "--json", "--home", str(home)], ThisMachine()) == 3
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "keys.missing"


def test_a_name_lies_nowhere_in_the_open(home: Path) -> None:
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert "李秀英".encode() not in kept
    assert b"653101198908230263" not in kept
