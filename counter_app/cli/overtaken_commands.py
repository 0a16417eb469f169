"""`work conflicts`: work that two people did while their machines were cut off from each other (mission: C12,
X1). Saying what was done about one is `conflict settle`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command
from counter_app.i18n import Translator
from counter_app.use_cases.casework.overtaken import OvertakenRow


def add(group: Any) -> None:
    add_command(
        group, "conflicts", conflicts, "acts on one case of two people who were cut off", journal=True
    )


def conflicts(call: Call) -> int:
    """Exit 1 when there is none."""
    with call.program() as program:
        rows = program.casework.overtaken.conflicts(call.actor)
    nothing = [call.t("No two people did the same work: there is nothing to answer.")]
    call.say([_plain(row) for row in rows], [line for row in rows for line in _lines(row, call.t)] or nothing)
    return DONE if rows else NO


def _plain(row: OvertakenRow) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "sentence"}
    return {**plain, "answers": [one.code for one in row.answers]}


def _lines(row: OvertakenRow, t: Translator) -> Iterator[str]:
    yield f"{row.conflict}  {row.sentence.said(t)}"
    if row.kept:
        yield "    " + t("Kept: {text}", text=row.kept)
    for one in row.answers:
        yield f"    {one.code}  {t(one.words)}"
