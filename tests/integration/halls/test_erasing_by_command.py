"""`party preview | erase | erased | proof` in a hall of many machines: gone everywhere, and proven (X3)."""

from __future__ import annotations

from pathlib import Path

from counter_app.bootstrap.centre_home import open_centre_home, open_service
from counter_app.bootstrap.program import open_program
from counter_app.keys.keeping import key_place
from tests.support.halls import Hall, answer, command, refused
from tests.support.intake_hall import citizens
from tests.support.raw_pages import raw, traces

ZHANG = citizens()["zhang"]
WORDS = (ZHANG.name, ZHANG.number)
SUPERVISOR = ("--staff", "1011")


def withdrawn(home: Path) -> str:
    """A case of Zhang's at that machine, ended; its number."""
    told = answer("case", "open", "--counter", "3", "--home", home)
    case = told["case"]
    answer(
        "case", "person", case, "--role", "applicant", "--name", ZHANG.name, "--number", ZHANG.number,
        "--home", home,
    )  # fmt: skip
    answer("case", "item", case, "0603", "--home", home)
    answer("case", "answer", case, "married", "no", "--home", home)
    answer("case", "answer", case, "has_children", "no", "--home", home)
    for line in answer("case", "show", case, "--home", home)["lines"]:
        if line["mark"] is None and line["markable"]:
            answer("case", "mark", case, line["material"], "present", "--home", home)
    answer("case", "decide", case, "receive", "--counter", "3", "--home", home)
    answer("case", "decide", case, "withdraw", "--reason", "本人撤回", "--counter", "3", "--home", home)
    number: str = answer("case", "show", case, "--home", home)["number"]
    return number


def readable(home: Path) -> list[str]:
    """What of the person lies in that machine's file, after its keeper has tidied."""
    with open_program(home) as program:
        program.store.tidy()
    key = bytes.fromhex(key_place(home).secret("store", make=False).hex())
    return traces(raw(home / "store.db", key), *WORDS)


def found(home: Path) -> int:
    return command("case", "find", ZHANG.name, "--home", home).code


# mission: X3
def test_erased_at_one_counter_it_is_gone_at_all(hall: Hall) -> None:
    three, four, kiosk = hall.join("3"), hall.join("4"), hall.join("k1", "kiosk")
    number = withdrawn(three)
    for home in (three, four, kiosk):
        assert hall.sync(home).code == 0
    assert (found(three), found(four), found(kiosk)) == (0, 0, 1)
    assert readable(four) == list(WORDS)
    assert readable(kiosk) == []

    seen = answer("party", "preview", number, "--home", four)
    assert seen["name"] != ZHANG.name
    assert seen["cases"] == [number]
    asked = command("party", "erase", number, "--basis", "unlawful", *SUPERVISOR, "--json", "--home", four)
    assert (asked.code, asked.json["state"]) == (1, "not done")
    words = ("party", "erase", number, "--basis", "unlawful", "--yes", "--key", "once", *SUPERVISOR)
    waiting = command(*words, "--json", "--home", four)  # no keeper runs here, so nobody has sent it yet
    assert (waiting.code, waiting.json["state"]) == (1, "asked")
    assert hall.sync(four).code == 0
    done = answer(*words, "--home", four)
    assert (done["state"], done["erasure"]) == ("done", waiting.json["erasure"])

    for home in (three, kiosk):
        assert hall.sync(home).code == 0
    assert (found(three), found(four)) == (1, 1)
    for home in (three, four, kiosk):
        assert readable(home) == []
        assert answer("store", "check", "--home", home)["sound"]
        assert answer("party", "proof", done["erasure"], "--home", home)["since"] == 0
    assert [one["erasure"] for one in answer("party", "erased", "--home", three)] == [done["erasure"]]
    assert answer("store", "check", "--home", hall.centre)["sound"]
    with open_service(open_centre_home(hall.centre)) as service:
        service.store.rewrite()
        with service.store.reading() as reader:
            parts = [part for entry in reader.after(0, 1000, "centre") for part in entry.parts]
    assert all(part.data is None or not traces(part.data, *WORDS) for part in parts)
    text = command("party", "erased", "--home", three).out
    assert "已删除" in text
    assert ZHANG.name not in text


def test_without_the_centre_nothing_is_erased(hall: Hall) -> None:
    three = hall.join("3")
    number = withdrawn(three)
    assert hall.sync(three).code == 0
    hall.stop()
    words = ("party", "erase", number, "--basis", "unlawful", "--yes", "--home", three)
    code = refused(*words, *SUPERVISOR)
    assert code == "centre.needed"
    assert found(three) == 0
    hall.start()
    wrong = refused(
        "party", "erase", number, "--basis", "unlawful", "--yes", "--home", three, "--staff", "1002"
    )
    assert wrong == "access.no-right"
