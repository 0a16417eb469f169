"""`replace-counter`: a new machine takes a broken one's place in one command, with what it had not sent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counter_app.bootstrap.program import open_program
from tests.support.halls import Hall, answer, numbers, refused, ticket

ACTS = 3  # a ticket: issued, its paper, its print job


@pytest.fixture
def broken(hall: Hall) -> Path:
    """Machine 3: one act sent, one not; its keyring died with it, its disk can be read."""
    home = hall.join("3")
    ticket(home)
    assert hall.sync(home).code == 0
    ticket(home)
    shutil.rmtree(home / "keys")
    return home


def replaced(hall: Hall, *more: object) -> dict[str, object]:
    invitation = hall.invite("3", "counter", "--replaces")
    done: dict[str, object] = answer(
        "replace-counter", "--invitation", invitation, "--home", hall.home("new"), *more
    )
    return done


def sound(hall: Hall) -> None:
    for home in (hall.home("new"), hall.centre):
        assert answer("store", "check", "--home", home)["sound"]


def test_unsent_acts_are_sent_as_they_were(hall: Hall, broken: Path) -> None:
    files = {path: path.read_bytes() for path in broken.rglob("*") if path.is_file()}
    done = replaced(hall, "--from", broken, "--recovery-key", hall.recovery)
    assert (done["device"], done["epoch"], done["entered_anew"]) == ("3", 2, 0)
    assert done["recovered"] == ACTS
    assert len(numbers(hall.home("new"))) == 2
    assert {path: path.read_bytes() for path in files} == files  # a broken disk is only read
    sound(hall)
    (row,) = answer("device", "list", "--home", hall.centre)
    assert (row["device"], row["epoch"], row["revoked"]) == ("3", 2, False)
    assert ticket(hall.home("new"))
    assert hall.sync(hall.home("new")).code == 0


def test_the_broken_machine_counts_no_more_when_it_comes_back(hall: Hall) -> None:
    home = hall.join("3")
    ticket(home)
    done = replaced(hall, "--from", home)  # its keys lie on its disk: no recovery key is needed
    assert done["recovered"] == ACTS
    answered = hall.sync(home)
    assert answered.code == 1
    assert answered.json["state"] in ("revoked", "cut_off", "out_of_step")
    before = hall.events()
    assert hall.sync(home).code in (1, 3)
    assert hall.events() == before


def test_after_a_revocation_they_are_entered_anew(hall: Hall, broken: Path) -> None:
    answer("device", "revoke", "3", "--cause", "坏了", "--home", hall.centre)
    done = replaced(hall, "--from", broken, "--recovery-key", hall.recovery)
    assert (done["recovered"], done["entered_anew"], done["epoch"]) == (0, ACTS, 2)
    assert len(numbers(hall.home("new"))) == 2
    sound(hall)


def test_from_a_backup(hall: Hall, tmp_path: Path) -> None:
    home = hall.join("3")
    ticket(home)
    answer("store", "backup", tmp_path / "kept", "--home", home)
    ticket(home)
    assert hall.sync(home).code == 0  # the centre knows more than the backup
    shutil.rmtree(home)
    done = replaced(hall, "--from", tmp_path / "kept", "--recovery-key", hall.recovery)
    assert done["epoch"] == 2
    assert len(numbers(hall.home("new"))) == 2
    sound(hall)


def test_when_nothing_is_left_of_it(hall: Hall, broken: Path) -> None:
    shutil.rmtree(broken)
    done = replaced(hall)
    assert (done["device"], done["epoch"], done["recovered"]) == ("3", 2, 0)
    assert len(numbers(hall.home("new"))) == 1
    sound(hall)
    with open_program(hall.home("new")) as program, program.store.reading() as reader:
        assert reader.device == "3"


def test_without_the_recovery_key_nothing_is_changed(hall: Hall, broken: Path, tmp_path: Path) -> None:
    invitation = hall.invite("3", "counter", "--replaces")
    words = ("replace-counter", "--from", broken, "--invitation", invitation, "--home")
    assert refused(*words, hall.home("new")) == "replace.needs-recovery-key"
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("no key", encoding="utf-8")
    assert refused(*words, hall.home("new"), "--recovery-key", wrong) == "recovery.unreadable"
    assert refused(*words, broken) == "replace.home-exists"
    hall.stop()
    assert refused(*words, hall.home("new"), "--recovery-key", hall.recovery) == "centre.away"
    hall.start()
    assert answer(*words, hall.home("new"), "--recovery-key", hall.recovery)["recovered"] == ACTS
