"""`store backup` and `store restore`: whole or not at all, and nothing that lives is overwritten."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from counter_app.bootstrap.demo_home import make_demo
from counter_app.bootstrap.program import open_program
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.home import open_home
from counter_app.i18n import RESOURCES
from counter_app.keys.keeping import key_place
from counter_app.locks import presence
from counter_app.store import backup
from counter_app.store.connection import connect
from tests.support.halls import Hall, answer, command, numbers, refused, ticket
from tests.support.pictures import packed, page

_SETTER = Actor("set-up")
_HALL = RESOURCES / "demo" / "hall.toml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("made") / "home").path


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def test_a_backup_made_while_others_write_comes_back_whole(home: Path, tmp_path: Path) -> None:
    first = ticket(home)
    over = threading.Event()

    def write() -> None:
        with open_program(home) as program:
            while not over.is_set():
                program.credentials.set_pin(_SETTER, "", "1002", "1357")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = answer("store", "backup", tmp_path / "kept", "--home", home)
    finally:
        over.set()
        writer.join()
    assert done["recoverable"] is False
    later = ticket(home)
    assert refused("store", "restore", tmp_path / "kept", "--home", home) == "restore.living"
    back = answer("store", "restore", tmp_path / "kept", "--home", home, "--replace")
    assert numbers(home) == [first]
    assert answer("store", "check", "--home", home)["sound"]
    # what stood there is put aside, with the act made since
    key = key_place(home).secret("store", make=False)
    aside = connect(Path(back["aside"]), key)
    (count,) = aside.execute("SELECT count(*) FROM events").fetchone() or (0,)
    aside.close()
    assert count > back["events"]
    # alone, it goes on in a new run of numbers at once: none is given twice
    again = answer("ticket", "issue", "--item", "0603", "--home", home)
    assert again["number"] == later
    assert again["ticket"].startswith("3.2.")


def test_only_whole_and_unaltered_backups_are_taken(home: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    answer("store", "backup", kept, "--home", home)
    assert refused("store", "backup", kept, "--home", home) == "backup.exists"
    assert refused("store", "restore", tmp_path, "--home", home, "--replace") == "backup.unreadable"
    for name in ("store.db", "keys.own", "home.toml"):
        spoiled = Path(shutil.copytree(kept, tmp_path / f"spoiled-{name}"))
        data = bytearray((spoiled / name).read_bytes())
        data[len(data) // 2] ^= 1
        (spoiled / name).write_bytes(data)
        assert refused("store", "restore", spoiled, "--home", home, "--replace") == "backup.altered"
    cut = Path(shutil.copytree(kept, tmp_path / "cut"))
    (cut / "backup.json").unlink()
    assert refused("store", "restore", cut, "--home", home, "--replace") == "backup.unreadable"
    assert answer("store", "check", "--home", home)["sound"]


def test_a_full_disk_leaves_no_half_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=1000))
        assert refused("store", "backup", tmp_path / "kept", "--home", home) == "backup.no-room"

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "write_durably", full)
        assert refused("store", "backup", tmp_path / "kept", "--home", home) == "backup.no-room"
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert refused("store", "backup", home / "home.toml" / "kept", "--home", home) == "backup.cannot-write"
    assert answer("store", "backup", tmp_path / "kept", "--home", home)


def test_while_somebody_works_there_nothing_is_replaced(home: Path, tmp_path: Path) -> None:
    answer("store", "backup", tmp_path / "kept", "--home", home)
    here = presence(home / "locks")
    assert here.take(shared=True)
    try:
        assert refused("store", "restore", tmp_path / "kept", "--home", home, "--replace") == "restore.in-use"
    finally:
        here.release()
    assert answer("store", "restore", tmp_path / "kept", "--home", home, "--replace")


def test_another_machine_needs_the_halls_recovery_key(hall: Hall, tmp_path: Path) -> None:
    home = hall.join("3")
    first = ticket(home)
    kept = tmp_path / "kept"
    assert answer("store", "backup", kept, "--home", home)["recoverable"] is True
    new = hall.home("new")
    assert refused("store", "restore", kept, "--home", new) == "restore.needs-recovery-key"
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("GSHR-" + "0" * 56, encoding="utf-8")
    assert refused("store", "restore", kept, "--home", new, "--recovery-key", wrong) == "recovery.mistyped"
    other = answer(
        "hub", "init", "--home", tmp_path / "elsewhere", "--hall", _HALL, "--training",
    )["recovery_key"]  # fmt: skip
    wrong.write_text(other, encoding="utf-8")
    assert refused("store", "restore", kept, "--home", new, "--recovery-key", wrong) == (
        "recovery.does-not-open"
    )
    assert not (new / "home.toml").exists()
    answer("store", "restore", kept, "--home", new, "--recovery-key", hall.recovery)
    assert numbers(new) == [first]


def test_a_restored_machine_finds_out_by_itself(hall: Hall, tmp_path: Path) -> None:
    home = hall.join("3")
    first = ticket(home)
    answer("store", "backup", tmp_path / "kept", "--home", home)
    second = ticket(home)
    assert hall.sync(home).code == 0
    answer("store", "restore", tmp_path / "kept", "--home", home, "--replace")
    assert numbers(home) == [first]
    third = ticket(home)  # before it has heard of the centre
    assert hall.sync(home).code == 0
    state = answer("status", "--home", home)
    assert (state["epoch"], state["centre"]["state"], state["set_aside"]) == (2, "in_step", 0)
    assert set(numbers(home)) == {first, second, third}
    assert answer("store", "check", "--home", home)["sound"]
    assert answer("store", "check", "--home", hall.centre)["sound"]


def test_the_centre_is_backed_up_while_it_serves_and_comes_back(hall: Hall, tmp_path: Path) -> None:
    home = hall.join("3")
    ticket(home)
    assert hall.sync(home).code == 0
    answer("store", "backup", tmp_path / "kept", "--home", hall.centre)
    assert refused("store", "restore", tmp_path / "kept", "--home", hall.centre, "--replace") == (
        "restore.in-use"
    )
    before = numbers(home)
    ticket(home)
    assert hall.sync(home).code == 0
    hall.stop()
    answer("store", "restore", tmp_path / "kept", "--home", hall.centre, "--replace")
    hall.start()
    assert hall.events() > 0
    later = ticket(home)
    state = hall.sync(home)
    assert later in numbers(home)
    assert set(before) < set(numbers(home))
    assert state.code in (0, 1)
    assert answer("store", "check", "--home", home)["sound"]


def test_a_real_home_is_not_restored_over_another(home: Path, hall: Hall, tmp_path: Path) -> None:
    answer("store", "backup", tmp_path / "kept", "--home", home)
    other = hall.join("4")
    assert (
        refused("store", "restore", tmp_path / "kept", "--home", other, "--replace") == "restore.other-home"
    )
    assert command("store", "check", "--home", other).code == 0


def test_a_copy_with_the_wrong_key_says_so(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError) as raised:
        backup.copy_database(home / "store.db", bytes(32), tmp_path / "copy.db", bytes(32))
    assert raised.value.code == "store.key"
    assert list(tmp_path.glob("copy*")) == []


def test_pictures_go_with_a_backup_and_come_back(home: Path, tmp_path: Path) -> None:
    case = answer("case", "open", "--home", home)["case"]
    (tmp_path / "page.jpg").write_bytes(packed(page()))
    picture = answer("case", "picture", "add", case, tmp_path / "page.jpg", "--home", home)["picture"]
    answer("store", "backup", tmp_path / "kept", "--home", home)
    shutil.rmtree(home / "pictures")
    answer("store", "restore", tmp_path / "kept", "--home", home, "--replace")
    assert answer("store", "check", "--home", home)["sound"]
    shown = answer("case", "picture", "show", case, picture, tmp_path / "shown.jpg", "--home", home)
    assert (tmp_path / "shown.jpg").stat().st_size == shown["bytes"]
    (file,) = (home / "pictures").glob("??/*")
    file.write_bytes(file.read_bytes()[:-1])
    assert "picture" in command("store", "check", "--home", home).out


def test_the_logo_over_its_papers_comes_back(home: Path, tmp_path: Path) -> None:
    logos = open_home(home).logos
    logos.mkdir()
    (logos / "20307dcda6406e0a.pbm").write_bytes(b"P4\n8 1\n\xff")
    answer("store", "backup", tmp_path / "kept", "--home", home)
    shutil.rmtree(logos)
    answer("store", "restore", tmp_path / "kept", "--home", home, "--replace")
    assert (logos / "20307dcda6406e0a.pbm").read_bytes() == b"P4\n8 1\n\xff"
