"""`catalogue …` and `store check`: what is wrong is named; versions replace each other for new cases only."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from counter_app.clock import SystemClock
from counter_app.i18n import RESOURCES
from counter_app.store.connection import connect
from tests.integration.cli.conftest import Commands


def exported(app: Commands, folder: Path) -> Path:
    assert app.json("catalogue", "export", folder)
    return folder


def test_what_was_exported_is_imported_again(app: Commands, tmp_path: Path) -> None:
    first = exported(app, tmp_path / "first")
    assert app.json("catalogue", "check", first) == []
    before = app.events()
    assert app.json("catalogue", "import", first)["items"] == len(list((first / "items").iterdir()))
    assert app.events() == before  # nothing differs, so nothing is published
    second = exported(app, tmp_path / "second")
    for file in sorted(path.relative_to(first) for path in first.rglob("*.toml")):
        assert (first / file).read_bytes() == (second / file).read_bytes()


def test_a_broken_file_is_named_and_nothing_is_imported(app: Commands, tmp_path: Path) -> None:
    folder = exported(app, tmp_path / "files")
    file = folder / "items" / "0603-v1.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("item_kind = 2", "item_kind = 7"), encoding="utf-8"
    )
    before = app.events()
    for verb in ("check", "import"):
        answer = app("catalogue", verb, folder, "--json")
        assert answer.code == 1
        problem = answer.json[0]
        assert (problem["file"], problem["field"]) == ("items/0603-v1.toml", "item_kind")
        plain = app("catalogue", verb, folder)
        assert plain.code == 1
        assert "items/0603-v1.toml" in plain.out
    assert app.events() == before
    (folder / "bodies.toml").unlink()
    assert app("catalogue", "check", folder).code == 1
    assert app("catalogue", "check", RESOURCES / "catalogue").code == 0


# mission: I1
def test_a_running_case_keeps_its_version_and_a_new_one_takes_the_later(
    app: Commands, tmp_path: Path
) -> None:
    running = app.draft()
    today = SystemClock().now().date()
    _replace_from(exported(app, tmp_path / "files"), today)
    assert app.json("catalogue", "import", tmp_path / "files")
    new = app.draft()
    versions = [app.json("case", "show", case)["item"]["version"] for case in (running, new)]
    assert versions == [1, 2]
    names = [app.json("case", "show", case)["item"]["name"] for case in (running, new)]
    assert names == ["《流动人口婚育证明》办理", "婚育证明（新）"]
    app.json("case", "answer", running, "married", "no")
    assert app.json("case", "show", running)["item"]["version"] == 1


def _replace_from(folder: Path, day: date) -> None:
    """A second version of 0603, in force from `day`; the first ends the day before."""
    old = folder / "items" / "0603-v1.toml"
    text = old.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("effective_from"))
    later = text.replace("version = 1", "version = 2", 1).replace(line, f"effective_from = {day}", 1)
    later = later.replace('name = "《流动人口婚育证明》办理"', 'name = "婚育证明（新）"', 1)
    (folder / "items" / "0603-v2.toml").write_text(later, encoding="utf-8")
    ended = f"{line}\neffective_to = {day - timedelta(days=1)}"
    old.write_text(text.replace(line, ended, 1), encoding="utf-8")


# mission: X4
def test_a_store_altered_by_hand_is_named(app: Commands) -> None:
    ticket = app.json("ticket", "issue", "--item", "0603")["ticket"]
    assert app("store", "check").code == 0
    key = (app.home / "keys" / "store").read_text(encoding="ascii").strip()
    connection = connect(app.home / "store.db", bytes.fromhex(key))
    try:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:  # who has the key can take the guards away
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(
            "UPDATE events SET data = CAST(replace(data, 'A001', 'A009') AS BLOB)"
            " WHERE device || '.' || epoch || '.' || seq = ?",
            (ticket,),
        )
    finally:
        connection.close()
    answer = app("store", "check", "--json")
    assert (answer.code, answer.json["sound"]) == (1, False)
    assert ticket in answer.json["broken"]
    assert ticket in app("store", "check").out


def test_doctor_answers_for_the_home(app: Commands) -> None:
    assert {entry["name"]: entry["state"] for entry in app.json("doctor")}["store"] == "ok"
