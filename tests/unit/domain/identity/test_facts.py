"""A document by name: for the form, the command line and scripts; and what is said of its photo."""

from __future__ import annotations

import json
from dataclasses import replace

from counter_app.domain.identity.facts import as_json, facts
from counter_app.domain.identity.photo import PhotoState, photo_state
from counter_app.i18n import Translator
from tests.support.id_cards import ABDUL


def test_facts_are_named_in_order_and_blanks_left_out() -> None:
    rows = facts(ABDUL, Translator("en"))
    shown = [(row.label, row.text) for row in rows]
    assert shown[0] == ("Kind of document", "Resident ID card")
    assert ("Nation", "维吾尔族") in shown
    assert ("Valid until", "2036-05-20") in shown
    assert "pass_number" not in [row.key for row in rows]
    assert shown[-1] == ("Photo", "Photo kept; no decoder is installed to show it.")


def test_long_term_is_said() -> None:
    rows = facts(replace(ABDUL, valid_to=None, long_term=True), Translator("en"))
    assert "long-term" in [row.text for row in rows]


def test_json_holds_every_field() -> None:
    found = json.loads(json.dumps(as_json(replace(ABDUL, newest_address="新址")), ensure_ascii=False))
    assert found["name"] == "阿卜杜拉·买买提"
    assert found["birth"] == "1985-03-12"
    assert (found["nation_code"], found["nation_name"]) == ("05", "维吾尔")
    assert found["newest_address"] == "新址"
    assert bytes.fromhex(found["photo"]) == ABDUL.photo


def test_current_address_is_the_newest() -> None:
    assert ABDUL.current_address == ABDUL.address
    assert replace(ABDUL, newest_address="新址").current_address == "新址"


def test_photo_states() -> None:
    assert photo_state(b"") is PhotoState.NONE
    assert photo_state(ABDUL.photo) is PhotoState.NO_DECODER
    assert photo_state(ABDUL.photo[:-1]) is PhotoState.NOT_WLT
    assert photo_state(bytes(1024)) is PhotoState.NOT_WLT
