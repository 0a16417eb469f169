"""`read-card` as a script calls it: a process of its own, a reader that speaks the bytes of the real one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.identity.document import IdentityDocument
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.simulators.id_card.tray import load_tray
from tests.integration.cli.conftest import Commands

ANY_PORT = "127.0.0.1:0"
LAYOUTS = {
    "zhang": "resident",
    "hongkong": "hmt_permit",
    "maria": "foreigner_2017",
    "aigerim": "foreigner_2023",
}
CITIZENS = {citizen.key: citizen.document for citizen in load_tray()}
COMMAND = (sys.executable, "-m", "counter_app", "read-card", "--timeout", "5", "--port")


@contextmanager
def reader(serving: ReaderServing) -> Iterator[str]:
    running = RunningReader(serving)
    try:
        yield running.url
    finally:
        running.stop()


def read(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, url, *words], capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def _same(told: dict[str, Any], card: IdentityDocument) -> None:
    """Every field of the card under its own name."""
    for name in card.__dataclass_fields__:
        value = getattr(card, name)
        if name == "photo":
            assert told["photo_bytes"] == len(value)
        elif name == "nation":
            assert told[name] == {"code": value.code, "name": value.name}
        elif name in ("birth", "valid_from", "valid_to"):
            assert told[name] == (value.isoformat() if value else None)
        elif name != "warnings":
            assert told[name] == value


# mission: M2
@pytest.mark.parametrize("key", LAYOUTS)
def test_each_layout_is_read_over_a_socket(key: str) -> None:
    with reader(ReaderServing(tcp=ANY_PORT, card=key, pace=0)) as url:
        done = read(url, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["kind"] == LAYOUTS[key]
    _same(told, CITIZENS[key])


# mission: M2
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are of POSIX systems")
@pytest.mark.parametrize("key", LAYOUTS)
def test_each_layout_is_read_over_a_pseudo_terminal(key: str, tmp_path: Path) -> None:
    with reader(ReaderServing(link=tmp_path / "reader", card=key, pace=0)) as url:
        done = read(url)
    assert done.returncode == 0, done.stderr
    card = CITIZENS[key]
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines() if not line.startswith("!"))
    assert lines["kind"].startswith(LAYOUTS[key])
    assert lines["name"] == card.name
    assert lines["number"] == card.number
    assert lines["valid_to"] == (card.valid_to.isoformat() if card.valid_to else "长期")
    for name in ("name_latin", "address", "pass_number", "nationality", "times_issued", "version"):
        assert lines.get(name, "") == getattr(card, name)


def test_no_card_and_no_reader_are_told_apart(tmp_path: Path) -> None:
    app = Commands(tmp_path)
    with reader(ReaderServing(tcp=ANY_PORT, pace=0)) as url:
        assert app.refused("read-card", "--port", url, "--timeout", "0.3") == "id-card.none-laid"
    assert app.refused("read-card", "--port", url, "--timeout", "0.3").startswith("port.")
    assert app.refused("read-card", "--port", "nonsense://x", "--timeout", "0.3").startswith("port.")


# mission: I2
def test_a_person_comes_into_the_case_from_the_card(app: Commands) -> None:
    case = app.json("case", "open", "--counter", "3")["case"]
    with reader(ReaderServing(tcp=ANY_PORT, card="zhang", pace=0)) as url:
        given = app.json("case", "person", case, "--role", "applicant", "--port", url)
    assert given["source"] == "card"
    app.json("case", "item", case, "0603")
    shown = app.json("case", "show", case)
    assert (shown["persons"][0]["name"], shown["persons"][0]["source"]) == ("张*", "card")
    assert [line["material"] for line in shown["lines"] if line["by_card"]] == ["resident_id"]
