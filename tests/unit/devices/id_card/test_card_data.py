"""The data of a card by its lengths; fingerprints stay shut, whoever sends them."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.devices.id_card.card_data import CardData, card_data
from counter_app.devices.id_card.driver import IdCardDriver
from counter_app.domain.identity.layouts import encode
from counter_app.simulators.id_card.device import SimulatedReader, reply_frame
from counter_app.simulators.id_card.module import Answer, card_image
from tests.support.id_cards import ABDUL, memory_line, take_card

TEXT: Final = encode(ABDUL)
PHOTO: Final = ABDUL.photo
FINGERS: Final = b"FINGER" * 200


@pytest.mark.parametrize("size", [0, 512, 1024])
def test_both_forms_give_text_and_photo_and_nothing_of_fingers(size: int) -> None:
    two = struct.pack(">2H", 256, 1024) + TEXT + PHOTO
    three = struct.pack(">3H", 256, 1024, size) + TEXT + PHOTO + FINGERS[:size]
    assert [len(reply_frame(Answer(0x90, data))) for data in (two, three)] == [1295, 1297 + size]
    assert card_data(two) == card_data(three) == CardData(TEXT, PHOTO)


@pytest.mark.parametrize("change", [-1, 1, 512])
def test_lengths_that_do_not_add_up_are_no_card(change: int) -> None:
    data = struct.pack(">2H", 256, 1024 + change) + TEXT + PHOTO
    assert card_data(data) is None
    assert card_data(data[:-2]) is None


@given(st.binary(max_size=2400))
def test_any_bytes_are_a_card_or_none(data: bytes) -> None:
    found = card_data(data)
    assert found is None or len(found.text) == 256


def test_fingerprints_are_neither_asked_for_nor_taken_over() -> None:
    """A reader that answers the plain question with the block that holds them."""
    reader = SimulatedReader(pace=0)
    reader.lay(replace(card_image(ABDUL), fingerprints=FINGERS[:1024]))
    whole = struct.pack(">3H", 256, 1024, 1024) + TEXT + PHOTO + FINGERS[:1024]
    answer = reader._module.answer

    def indiscreet(cmd: int, para: int, data: bytes) -> Answer:
        said = answer(cmd, para, data)
        return Answer(0x90, whole) if (cmd, para) == (0x30, 0x01) and said.sw3 == 0x90 else said

    reader._module.answer = indiscreet  # type: ignore[method-assign]  # the module as some vendor built it
    line, _ = memory_line(reader)
    with line:
        document = take_card(IdCardDriver(line))
    assert document == ABDUL
    assert 0x3010 not in reader.requests
    assert b"FINGER" not in repr(document).encode()
    assert b"FINGER" not in document.photo
