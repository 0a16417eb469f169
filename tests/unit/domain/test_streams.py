"""A stream's state is taken in by msgspec where the stream is declared: in two threads at once it crashes."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.streams import Published, Stream


@dataclass(frozen=True, slots=True)
class Bean:
    colour: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str


def test_a_declared_type_is_ready_before_anybody_decodes() -> None:
    assert "__msgspec_cache__" not in vars(Bean) | vars(Row)
    beans = Stream("bean", Bean, lambda state, event: state)
    rows = Published("row", Row)
    assert "__msgspec_cache__" in vars(Bean)
    assert "__msgspec_cache__" in vars(Row)
    assert beans.decode(b'{"colour":"red"}') == Bean("red")
    assert rows.decode(b'{"name":"one"}') == Row("one")
