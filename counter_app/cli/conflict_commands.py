"""`conflict list | settle`: acts of two machines that met, and what a clerk said was done about them."""

from __future__ import annotations

from typing import Any

from counter_app.cli.frame import DONE, Call, add_command, add_group
from counter_app.domain.centre.conflict_words import choices, sentence
from counter_app.domain.centre.conflicts import Conflict
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator


def add(parsers: Any) -> None:
    group = add_group(parsers, "conflict", "acts of two machines that do not fit together")
    add_command(group, "list", list_, "those nobody has settled, with what can be answered")
    settle = add_command(group, "settle", settle_, "say what was done about one", journal=True)
    settle.add_argument("conflict", help="its id")
    settle.add_argument("choice", help="one of its answers")
    settle.add_argument("--note", default="", help="in a few words")


def list_(call: Call) -> int:
    with call.program() as program:
        found = program.centre.open_conflicts()
    if not found:
        call.say([], [call.t("No two machines contradict each other: there is nothing to answer.")])
        return DONE
    call.say(
        [_row(one, call.t) for one in found],
        [line for one in found for line in _lines(one, call.t)],
    )
    return DONE


def settle_(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        known = next((one for one in program.centre.open_conflicts() if one.id == given.conflict), None)
        codes = tuple(one.code for one in choices(known.rule)) if known is not None else ()
        if known is not None and given.choice not in codes:
            raise UserFacingError(
                "conflict.no-such-answer",
                "“{choice}” is no answer to this.",
                kept="Nothing was changed.",
                remedy="Answer one of: {choices}.",
                choice=given.choice,
                choices=", ".join(codes),
            )
        settled = program.centre.settle(call.actor, call.key, given.conflict, given.choice, given.note)
    words = next((one.words for one in choices(settled.rule) if one.code == settled.settled), "")
    call.say(
        {"conflict": settled.id, "choice": settled.settled}, [call.t("Noted: {words}.", words=call.t(words))]
    )
    return DONE


def _row(conflict: Conflict, t: Translator) -> dict[str, object]:
    return {
        "conflict": conflict.id,
        "rule": conflict.rule,
        "subject": conflict.subject,
        "concerned": conflict.concerned,
        "found_at": conflict.found_at,
        "sentence": sentence(conflict).said(t),
        "choices": [one.code for one in choices(conflict.rule)],
    }


def _lines(conflict: Conflict, t: Translator) -> list[str]:
    answers = (f"    {one.code}  {t(one.words)}" for one in choices(conflict.rule))
    return [f"{conflict.id}  {sentence(conflict).said(t)}", *answers]
