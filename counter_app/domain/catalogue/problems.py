"""A mistake in a catalogue file: where it stands, what is wrong, what is allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from counter_app.domain.catalogue.items import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`code` is stable for scripts. `message` and `allowed` are English gettext sources filled from
    `params`. `field` is a path (`materials[2].copies`), empty for the whole file; `line` counts from 1,
    0 when unknown; `item` is `code v1`, empty when the file holds none or cannot be read."""

    code: str
    file: str
    item: str
    field: str
    message: str
    allowed: str = ""
    params: tuple[tuple[str, str], ...] = ()
    line: int = 0

    def at(self, file: str) -> Problem:
        return replace(self, file=file)

    @property
    def where(self) -> str:
        """`items/0603-v1.toml · 0603 v1 · materials[2].copies`, as far as it is known."""
        line = f":{self.line}" if self.line else ""
        return " · ".join(part for part in (f"{self.file}{line}", self.item, self.field) if part)

    def __str__(self) -> str:
        values = dict(self.params)
        said = " ".join(part.format(**values) for part in (self.message, self.allowed) if part)
        return f"{self.where}: {said}"


def label(item: Item) -> str:
    """How problems name an item version."""
    return f"{item.code} v{item.version}"


def problem(
    item: Item, code: str, field: str, message: str, allowed: str = "", /, **params: object
) -> Problem:
    """A problem of `item`; the caller's adapter fills in the file."""
    texts = tuple((name, str(value)) for name, value in params.items())
    return Problem(
        code=code, file="", item=label(item), field=field, message=message, allowed=allowed, params=texts
    )
