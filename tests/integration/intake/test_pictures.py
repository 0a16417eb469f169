"""Pictures of materials at a counter: sealed on its disk, in the case's album, fetched, erased, checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.domain.hall.rights import rights_of
from counter_app.domain.intake.erasing import ERASURES
from counter_app.domain.intake.facts import CaseWithdrawn
from counter_app.domain.intake.pictures import ALBUMS
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.store.picture_vault import FilePictureVault
from counter_app.use_cases.intake.erasing import Erasing
from counter_app.use_cases.intake.pictures import Fetch, PictureInput, Pictures
from counter_app.use_cases.ports.centre import CentreAway
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.sync.pictures import PictureCare, check_pictures
from tests.support.intake_hall import CLERK, IntakeHall, plan
from tests.support.pictures import packed, page

ITEM = "0603"
RAW = packed(page())


class Counter:
    """A counter's pictures over its open store."""

    def __init__(self, hall: IntakeHall, folder: Path, fetch: Fetch | None = None) -> None:
        self.hall = hall
        self.vault = FilePictureVault(folder / "pictures")
        self.pictures = Pictures(hall.store, hall.reference, self.vault, PillowPictureMaker(), fetch)
        self.case = hall.case(ITEM)
        self.material = hall.queries.case_view(self.case).lines[0].material

    def add(self, replaces: str = "") -> str:
        given = PictureInput(self.material, RAW, "camera", replaces)
        return self.pictures.add(CLERK, self.hall.key(), self.case, given)

    def files(self) -> list[Path]:
        return [
            file for file in self.vault._folder.rglob("*") if file.is_file() and file.parent.name != "unsent"
        ]


@pytest.fixture
def counter(hall: IntakeHall, tmp_path: Path) -> Counter:
    return Counter(hall, tmp_path)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(UserFacingError) as told:
        act()
    assert told.value.remedy
    return told.value.code


def withdraw(counter: Counter) -> None:
    key = counter.hall.key()

    def work(tx: Transaction) -> None:
        tx.record(CaseWithdrawn(case=counter.case))

    counter.hall.store.act(CLERK, key, work)


def test_a_page_is_taken_shown_replaced_and_removed_with_a_reason(counter: Counter) -> None:
    first = counter.add()
    second = counter.add()
    pictures = counter.pictures
    assert pictures.image(counter.case, first).startswith(b"\xff\xd8")
    better = counter.add(replaces=first)
    album = pictures.album(counter.case)
    assert [one.id for one in album.of(counter.material)] == [better, second]
    pictures.remove(CLERK, counter.hall.key(), counter.case, second, "拍糊了")
    album = pictures.album(counter.case)
    assert [one.id for one in album.standing] == [better]
    gone = album.picture(second)
    assert gone is not None
    assert (gone.ended, gone.reason, gone.staff) == ("removed", "拍糊了", CLERK.staff)
    again = code(lambda: pictures.remove(CLERK, counter.hall.key(), counter.case, second, "x"))
    assert again == "picture.unknown"
    assert code(lambda: pictures.remove(CLERK, counter.hall.key(), counter.case, better, " ")) == (
        "picture.no-reason"
    )


def test_the_same_key_takes_one_picture(counter: Counter) -> None:
    given = PictureInput(counter.material, RAW, "camera")
    ids = {counter.pictures.add(CLERK, "once", counter.case, given) for _ in range(3)}
    assert len(ids) == 1
    assert len(counter.pictures.album(counter.case).pictures) == 1


def test_nothing_of_the_page_can_be_read_from_the_disk(counter: Counter) -> None:
    counter.add()
    (file,) = counter.files()
    data = file.read_bytes()
    assert b"JFIF" not in data
    assert b"\xff\xd8\xff" not in data[:64]


def test_materials_nobody_asked_for_and_finished_cases_take_none(counter: Counter) -> None:
    hall = counter.hall

    def add(material: str) -> str:
        return counter.pictures.add(CLERK, hall.key(), counter.case, PictureInput(material, RAW, "file"))

    assert code(lambda: add("no-such")) == "material.unknown"
    assert counter.files() == []
    assert add("")  # the case as a whole
    withdraw(counter)
    assert code(lambda: add("")) == "picture.case-ended"


def test_altered_and_missing_bytes_are_found_by_the_check(counter: Counter) -> None:
    picture = counter.add()
    store, vault = counter.hall.store, counter.vault
    assert check_pictures(store, vault, store.check(), alone=True).sound
    (file,) = counter.files()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    report = check_pictures(store, vault, store.check(), alone=True)
    assert report.broken.endswith("its bytes were altered")
    assert code(lambda: counter.pictures.image(counter.case, picture)) == "picture.not-here"
    file.unlink()
    assert check_pictures(store, vault, store.check(), alone=True).broken.endswith("its bytes are missing")
    assert check_pictures(store, vault, store.check(), alone=False).sound


def test_with_the_person_the_picture_goes(counter: Counter) -> None:
    hall = counter.hall
    picture = counter.add()
    withdraw(counter)
    erasing = Erasing(hall.store, hall.reference, lambda tx, events: None, None)
    eraser = next(one.badge for one in plan().staff if "party.erase" in rights_of(one.roles))
    done = erasing.erase(Actor(eraser, "3"), hall.key(), counter.case, "recorded_in_error")
    assert done.state == "done"
    assert code(lambda: counter.pictures.image(counter.case, picture)) == "picture.erased"
    with hall.store.reading() as reader:
        album = reader.need(ALBUMS, counter.case)
        assert reader.need(ERASURES, done.id).state == "done"
    assert [one.gone for one in album.pictures] == [True]
    assert len(counter.files()) == 1
    assert PictureCare(hall.store, counter.vault, hall.clock, None).sweep() == 1
    assert counter.files() == []
    assert check_pictures(hall.store, counter.vault, hall.store.check(), alone=True).sound


def test_bytes_no_event_names_are_cleared_away_after_a_day(counter: Counter) -> None:
    sealed = counter.vault.seal(b"an act that a power cut took")
    counter.vault.keep(sealed.digest, sealed.data, sent=False)
    (file,) = counter.files()
    now = counter.hall.clock.now().timestamp()
    os.utime(file, (now, now))
    care = PictureCare(counter.hall.store, counter.vault, counter.hall.clock, None)
    assert care.sweep() == 0
    counter.hall.clock.advance(hours=25)
    assert care.sweep() == 1


def test_what_another_counter_took_is_fetched_once_and_checked(counter: Counter, tmp_path: Path) -> None:
    picture = counter.add()
    (file,) = counter.files()
    data = file.read_bytes()
    file.unlink()
    answers = [b"something else", data]
    asked: list[int] = []

    def fetch(digest: str, size: int) -> bytes:
        asked.append(size)
        if len(asked) == 1:
            raise CentreAway
        return answers.pop(0)

    elsewhere = Pictures(
        counter.hall.store, counter.hall.reference, counter.vault, PillowPictureMaker(), fetch
    )
    for _ in range(2):
        assert code(lambda: elsewhere.image(counter.case, picture)) == "picture.not-here"
    assert elsewhere.image(counter.case, picture).startswith(b"\xff\xd8")
    assert elsewhere.image(counter.case, picture).startswith(b"\xff\xd8")
    assert asked == [len(data)] * 3
