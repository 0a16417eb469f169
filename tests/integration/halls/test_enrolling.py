"""Machines join a hall by invitation; who may not is told so before anything is sent or changed."""

from __future__ import annotations

import io
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.bootstrap.demo_home import make_demo
from counter_app.bootstrap.program import LOOKUP_KEY
from counter_app.home import open_home
from counter_app.keys.keeping import key_place
from tests.support.halls import Hall, answer, command, numbers, refused, ticket


def test_a_machine_is_made_one_of_the_hall(hall: Hall) -> None:
    invitation = hall.invite("3", "counter", "--name", "三号窗口")
    joined = answer("device", "enrol", invitation, "--home", hall.home("three"))
    assert (joined["device"], joined["role"], joined["training"], joined["epoch"]) == (
        "3",
        "counter",
        True,
        1,
    )
    assert joined["filled"]
    described = tomllib.loads((hall.home("three") / "home.toml").read_text(encoding="utf-8"))
    assert described["centre"] == f"https://{hall.address}"
    state = answer("status", "--home", hall.home("three"))
    assert state["centre"]["state"] == "in_step"
    (row,) = answer("device", "list", "--home", hall.home("three"))
    assert (row["device"], row["name"], row["unsent"]) == ("3", "三号窗口", 0)
    assert answer("hub", "status", "--home", hall.centre)["devices"] == 1
    assert answer("store", "check", "--home", hall.home("three"))["sound"]


@pytest.mark.parametrize("role", ["counter", "kiosk", "desk", "display"])
def test_only_who_works_with_people_gets_the_halls_lookup_key(hall: Hall, role: str) -> None:
    home = hall.join("7", role)
    given = key_place(home).known(LOOKUP_KEY) == key_place(hall.centre).known(LOOKUP_KEY)
    assert given == (role != "display")
    for secret in ("hall", "hub", "database"):
        assert key_place(home).known(secret) is None
    assert not list(home.rglob("*hub.key*"))


def test_nothing_secret_is_told_or_logged(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    invitation = hall.invite("3")
    done = command("device", "enrol", invitation, "--home", hall.home("three"), "--json")
    lookup = key_place(hall.centre).secret(LOOKUP_KEY, make=False)
    said = done.out + done.error + caplog.text
    assert lookup.hex() not in said
    assert repr(lookup)[2:-1] not in said


def test_an_invitation_is_good_once_and_for_a_free_place_only(hall: Hall) -> None:
    invitation = hall.invite("3")
    answer("device", "enrol", invitation, "--home", hall.home("three"))
    assert refused("device", "enrol", invitation, "--home", hall.home("other")) == "centre.code-unknown"
    assert not (hall.home("other") / "home.toml").exists()
    assert refused("device", "invite", "3", "--home", hall.centre) == "centre.enrolled-already"
    assert (
        refused("device", "enrol", hall.invite("4"), "--home", hall.home("three")) == "enrol.enrolled-already"
    )
    wrong = invitation[:-1] + ("0" if invitation[-1] != "0" else "1")
    assert refused("device", "enrol", wrong, "--home", hall.home("other")) == "invitation.mistyped"


def test_training_and_real_stay_apart_and_the_code_is_not_used_up(hall: Hall, tmp_path: Path) -> None:
    lone = make_demo(tmp_path / "lone")
    real = replace(lone, training=False)
    real.save()
    invitation = hall.invite("3")
    assert refused("device", "enrol", invitation, "--home", real.path) == "enrol.training"
    other = replace(lone, hall="另一个大厅")
    other.save()
    assert refused("device", "enrol", invitation, "--home", other.path) == "enrol.other-hall"
    assert open_home(other.path).centre == ""
    assert answer("device", "enrol", invitation, "--home", hall.home("three"))["filled"]


def test_a_home_that_worked_alone_brings_its_acts_and_takes_the_halls_reference(
    hall: Hall, tmp_path: Path
) -> None:
    lone = make_demo(tmp_path / "lone")
    hidden = answer("ticket", "issue", "--item", "0603", "--home", lone.path)
    folder = tmp_path / "items"
    answer("catalogue", "export", folder, "--home", lone.path)
    file = folder / "items" / "0603-v1.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('name = "', 'name = "本机改过的', 1), encoding="utf-8")
    answer("catalogue", "import", folder, "--home", lone.path)
    before = hall.events()
    joined = answer("device", "enrol", hall.invite("3"), "--home", lone.path)
    assert joined["filled"]
    assert joined["sent"] > 0
    assert "0603@1" in joined["differences"]["item"]
    assert hall.events() >= before + joined["sent"] + 2  # the enrolment and the machine's key
    other = hall.join("4")
    assert numbers(other) == [hidden["number"]]
    with hall.program(lone.path) as here, hall.program(other) as there:
        assert here.catalogue() == there.catalogue()
    assert answer("store", "check", "--home", lone.path)["sound"]


def test_a_home_that_worked_alone_is_told_of_an_invitation_for_another(hall: Hall, tmp_path: Path) -> None:
    lone = make_demo(tmp_path / "lone")
    assert refused("device", "enrol", hall.invite("9"), "--home", lone.path) == "enrol.other-device"
    assert open_home(lone.path).centre == ""


def test_a_revoked_machine_is_told_and_forgets_its_keys(hall: Hall) -> None:
    home = hall.join("3")
    answer("device", "revoke", "3", "--cause", "被盗", "--home", hall.centre)
    done = hall.sync(home)
    assert (done.code, done.json["state"]) == (1, "revoked")
    assert refused("status", "--home", home) == "keys.missing"
    (row,) = answer("device", "list", "--home", hall.centre)
    assert row["revoked"]
    assert refused("device", "revoke", "8", "--cause", "x", "--home", hall.centre) == "centre.unknown-device"


def test_without_the_hub_nothing_is_half_done(hall: Hall) -> None:
    home = hall.join("3")
    invitation = hall.invite("4")
    hall.stop()
    assert refused("device", "enrol", invitation, "--home", hall.home("four")) == "centre.away"
    assert not (hall.home("four") / "home.toml").exists()
    assert ticket(home)
    done = hall.sync(home)
    assert (done.code, done.json["state"], done.json["unsent"] > 0) == (1, "cut_off", True)
    assert refused("device", "list", "--home", home) == "centre.away"
    hall.start()
    assert hall.sync(home).code == 0
    assert answer("device", "enrol", invitation, "--home", hall.home("four"))["filled"]


def test_a_pin_set_at_one_machine_logs_in_at_another(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = hall.join("3"), hall.join("4")
    monkeypatch.setattr("sys.stdin", io.StringIO("97531\n"))
    assert answer("staff", "pin", "1002", "--home", here) == {"badge": "1002"}
    assert hall.sync(here).code == 0
    assert hall.sync(there).code == 0
    with hall.program(there) as program:
        assert program.credentials.right("1002", "97531")
    assert refused("staff", "pin", "nobody", "--home", here) == "staff.unknown"


def test_nobody_works_in_the_centres_home(hall: Hall) -> None:
    assert refused("ticket", "list", "--home", hall.centre) == "home.centre"
    assert not (hall.centre / "store.db").exists()
