"""How a device is greeted: the same disk, a restored one, a copied one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.centre.facts import EpochOpened
from counter_app.domain.centre.order import NO_ROOT
from counter_app.domain.journal import GENESIS
from counter_app.domain.waiting.facts import TicketIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import Welcome
from tests.support.centre_adapters import HallAtWork
from tests.support.centres import HALL, Sender, hello_of


def act(device: Sender, number: str = "A001") -> None:
    device.act(TicketIssued(ticket=device.next_id, number=number, line="A", day="2026-11-23"))


def open_epoch(device: Sender, welcome: Welcome) -> None:
    """Go on where the centre says, as a device's journal does."""
    old = device.epoch
    device.epoch, device.seq, device.prev = welcome.epoch, 0, GENESIS
    device.unsent.clear()
    device.act(
        EpochOpened(
            device=device.device,
            old_epoch=old,
            last_seq=welcome.seq,
            last_hash=welcome.hash,
            cause=welcome.state,
        )
    )
    assert device.push().state == "ok"


def test_the_first_welcome(hall: HallAtWork) -> None:
    device = hall.sender("3")
    welcome = device.greet()
    assert (welcome.state, welcome.hall, welcome.centre, welcome.role) == ("ok", HALL, "C", "counter")
    assert (welcome.epoch, welcome.seq, welcome.hash) == (1, 0, GENESIS)
    assert welcome.hall_seq == 1
    assert welcome.token
    assert welcome.now == hall.clock.now().isoformat(timespec="milliseconds")


def test_a_device_that_goes_on_is_fine(hall: HallAtWork) -> None:
    device = hall.sender("3")
    tokens = {device.greet().token}
    for n in range(3):
        act(device, f"A{n:03d}")
        if n:
            device.push()
        welcome = device.greet()
        assert (welcome.state, welcome.epoch) == ("ok", 1)
        tokens.add(welcome.token)
    assert len(tokens) == 4


def test_a_lost_welcome_makes_no_clone(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.greet()
    kept = device.token
    for _ in range(3):
        device.greet()
        device.token = kept
    assert device.greet().state == "ok"
    assert device.greet().state == "ok"


def test_a_copied_disk_is_found_when_both_have_been_here(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.greet()
    act(device)
    device.push()
    clone = device.copy()
    assert device.greet().state == "ok"
    assert device.greet().state == "ok"
    welcome = clone.greet()
    assert (welcome.state, welcome.epoch, welcome.seq, welcome.hash) == ("cloned", 2, 1, device.prev)
    open_epoch(clone, welcome)
    assert clone.greet().state == "ok"
    act(device, "A002")
    assert device.push().state == "closed"
    again = device.greet()
    assert (again.state, again.epoch) == ("restored", 3)


def test_the_same_hello_again_gets_the_same_epoch(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.greet()
    clone = device.copy()
    device.greet()
    device.greet()
    hello = hello_of(token=clone.token)
    assert [clone.centre.hello(hello).epoch for _ in range(3)] == [2, 2, 2]
    welcome = clone.greet()
    open_epoch(clone, welcome)
    assert device.centre.hello(hello).epoch == 3


def test_a_restored_backup_goes_on_in_a_new_epoch(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.greet()
    act(device)
    device.push()
    backup = device.copy()
    act(device, "A002")
    device.push()
    welcome = backup.greet()
    assert (welcome.state, welcome.epoch) == ("restored", 2)
    assert (welcome.seq, welcome.hash) == (2, device.prev)
    act(backup, "A003")
    assert backup.push().state == "closed"
    open_epoch(backup, welcome)
    assert backup.greet().state == "ok"


def test_a_backup_from_before_its_newest_epoch_gets_another(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.greet()
    act(device)
    old = device.copy()
    device.push()
    device.seq = 0  # the disk forgot
    open_epoch(device, device.greet())
    welcome = old.greet()
    assert (welcome.state, welcome.epoch) == ("restored", 3)


def test_the_same_number_with_another_hash_is_a_copy(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.greet()
    clone = device.copy()
    act(device)
    device.push()
    act(clone, "A002")
    assert clone.greet().state == "cloned"


def test_after_a_fork_the_device_goes_on_in_the_next_epoch(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.greet()
    clone = device.copy()
    act(device)
    device.push()
    act(clone, "A002")
    assert clone.push().state == "fork"
    welcome = clone.greet()
    assert welcome.epoch == 2
    assert welcome.state != "ok"
    open_epoch(clone, welcome)
    act(clone, "A002")
    assert clone.push().state == "ok"


def test_a_centre_that_lost_an_epoch_takes_the_devices_word(hall: HallAtWork) -> None:
    """The centre itself was restored from a backup."""
    device = hall.sender("3")
    device.epoch = 4
    welcome = device.greet()
    assert (welcome.state, welcome.epoch) == ("ok", 4)
    act(device)
    assert device.push().state == "ok"


def test_agreement_is_told_only_after_a_match(hall: HallAtWork) -> None:
    device = hall.sender("3")
    stretch = device.centre.pull(0)
    base = hello_of()
    cases = (
        (0, NO_ROOT, True),
        (stretch.head, stretch.root, True),
        (stretch.head, NO_ROOT, False),
        (stretch.head + 5, stretch.root, False),
    )
    for place, root, agrees in cases:
        token = device.token
        welcome = device.centre.hello(replace(base, token=token, pulled=place, root=root))
        device.token = welcome.token
        assert welcome.agrees is agrees, (place, root)


def test_a_device_nobody_enrolled_is_unknown(hall: HallAtWork) -> None:
    line = hall.service.line("77")
    with pytest.raises(UserFacingError) as told:
        line.hello(hello_of())
    assert told.value.code == "centre.unknown-device"


def test_a_program_too_old_is_told_so(hall: HallAtWork) -> None:
    device = hall.sender("3")
    with pytest.raises(UserFacingError) as told:
        device.centre.hello(replace(hello_of(), rules=0))
    assert told.value.code == "centre.too-old"


def test_the_page_of_devices_shows_what_each_said(hall: HallAtWork) -> None:
    device, other = hall.sender("3"), hall.sender("kiosk-1", "kiosk")
    hello = replace(
        hello_of(), pulled=0, unsent=4, oldest_unsent="2026-11-23T09:00:00.000+08:00", program="1.2"
    )
    device.centre.hello(hello)
    hall.service.enrolling.revoke("kiosk-1", "broken", "1001")
    now = hall.clock.now().isoformat(timespec="milliseconds")
    mine, revoked = other_lines = device.centre.devices()
    assert len(other_lines) == 2
    assert (mine.device, mine.role, mine.name, mine.unsent) == ("3", "counter", "machine 3", 4)
    assert (mine.oldest_unsent, mine.program, mine.agreed_at) == (hello.oldest_unsent, "1.2", now)
    assert (revoked.device, revoked.revoked, revoked.agreed_at) == (other.device, True, "")
    hall.clock.advance(seconds=20)
    device.centre.pull(2)
    assert device.centre.devices()[0].last_contact == hall.clock.now().isoformat(timespec="milliseconds")
    assert device.centre.devices()[0].pulled == 2


def test_numbers_out_of_all_bounds_do_no_harm(hall: HallAtWork) -> None:
    device = hall.sender("3")
    hello = replace(hello_of(), epoch=1 << 62, seq=1 << 62, pulled=1 << 62, unsent=1 << 62)
    assert device.centre.hello(hello).agrees is False
    assert device.centre.pull(1 << 62, 1 << 62).events == ()
    assert device.centre.chain(1 << 62, 1 << 62) == ()
    assert device.centre.devices()[0].device == "3"
