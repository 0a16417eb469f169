"""Pictures go to a real centre over a line that breaks, and come to another counter when somebody looks."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from counter_app.catalogue_files.codec import JsonCodec
from counter_app.domain.intake.pictures import PIECE
from counter_app.errors import UserFacingError
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.lanes import InlineRunner
from counter_app.store.picture_vault import FilePictureVault
from counter_app.use_cases.intake.pictures import PictureInput, Pictures
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.ports.pictures import MadePicture
from counter_app.use_cases.reference import PublishedReference
from counter_app.use_cases.sync.link import CentreLink
from counter_app.use_cases.sync.pictures import PictureCare
from tests.support.stores import CLERK
from tests.support.synced import Synced, SyncedHall, case, in_step

PAGE = MadePicture(bytes(range(256)) * 3000, "image/jpeg", 1240, 1754)  # three pieces


def vault_of(device: Synced) -> FilePictureVault:
    return FilePictureVault(device.folder / f"pictures-{device.device}")


def pictures_of(device: Synced) -> Pictures:
    link = CentreLink(
        lambda: cast(Centre, device.line),
        device.store,
        device.journal,
        device.clock,
        runner=InlineRunner(),
    )
    reference = PublishedReference(JsonCodec())
    return Pictures(device.store, reference, vault_of(device), PillowPictureMaker(), link.picture)


def care_of(device: Synced) -> PictureCare:
    return PictureCare(
        device.store,
        vault_of(device),
        device.clock,
        lambda: cast(Centre, device.line),
    )


def taken(device: Synced) -> tuple[str, str]:
    opened = case(device)
    given = PictureInput("", b"", "camera")
    return opened, pictures_of(device).keep(CLERK, "picture", opened, given, PAGE)


def send_all(care: PictureCare, device: Synced) -> int:
    steps = 0
    while vault_of(device).unsent():
        care.step()
        steps += 1
        assert steps < 20
    return steps


def test_sent_piece_by_piece_through_a_line_that_loses_answers(hall: SyncedHall) -> None:
    device, other = hall.join("3"), hall.join("5")
    opened, picture = taken(device)
    care = care_of(device)
    care.step()
    assert len(vault_of(device).unsent()) == 1  # never before the event that names it
    in_step(device, other)
    looking = pictures_of(other)
    with pytest.raises(UserFacingError) as told:
        looking.image(opened, picture)
    assert told.value.code == "centre.picture-not-here"
    device.line.lose = {"send_piece"}
    device.line.asked.clear()
    send_all(care, device)
    assert (
        device.line.asked.count("send_piece") == len(PAGE.data) // PIECE + 1
    )  # the lost answer cost nothing
    assert looking.image(opened, picture) == PAGE.data
    other.line.cut = True
    assert looking.image(opened, picture) == PAGE.data  # from its own disk now


def test_a_line_that_is_cut_costs_nothing(hall: SyncedHall) -> None:
    device = hall.join("3")
    taken(device)
    in_step(device)
    care = care_of(device)
    assert care.step()
    device.line.cut = True
    for _ in range(5):
        assert not care.step()
    device.line.cut = False
    assert send_all(care, device) == 2


def test_what_the_centre_has_long_had_goes_from_this_disk_and_comes_back(hall: SyncedHall) -> None:
    device = hall.join("3")
    opened, picture = taken(device)
    in_step(device)
    care = care_of(device)
    send_all(care, device)
    assert care.sweep() == 0
    device.clock.advance(days=120)
    assert care.sweep() == 1
    assert not tuple(vault_of(device).kept())
    assert pictures_of(device).image(opened, picture) == PAGE.data


def test_files_are_named_by_digests_only(tmp_path: Path) -> None:
    vault = FilePictureVault(tmp_path)
    for name in ("../../etc/passwd", "a" * 63, "A" * 64):
        with pytest.raises(ValueError):
            vault.get(name)
