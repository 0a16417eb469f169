"""Words are kept without what nobody can read; names and rare characters stay whole."""

from __future__ import annotations

import pytest

from counter_app.domain.plain import plain
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import checked_text

NAME = "阿卜杜拉·买买提𠅤䶮"


@pytest.mark.parametrize("text", [NAME, "一\n二\t三\r\n", "naïve ＆ ①", "", "क्ष", "👩‍👩‍👧"])
def test_what_can_be_read_stays_as_it_is(text: str) -> None:
    assert plain(text) == text
    assert checked_text(text) == text


@pytest.mark.parametrize("odd", ["\x00", "\x1b", "\x7f", "\x9b", "\ud800", "\u202e", "\u2066"])
def test_what_cannot_be_read_goes_and_is_refused_where_it_would_be_kept(odd: str) -> None:
    assert plain(f"{odd}{NAME}{odd}") == NAME
    with pytest.raises(UserFacingError) as refused:
        checked_text(f"{NAME}{odd}")
    assert refused.value.code == "text.unreadable"
