"""`party preview | erase | erased | proof`: erasing a person's data by command (mission: X3).

Whom: a case's number or id (who applies there), a party's id, or a person as `case find` gives it. Names stay
masked. Not here: what belongs to a person and when it may go (`domain/intake/erasing.py`).
"""

from __future__ import annotations

from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.erasing import BASES, Erasure
from counter_app.domain.intake.erasure_words import BASIS_WORDS, STATE_WORDS, reach_lines
from counter_app.i18n import Translator
from counter_app.use_cases.intake.erasing import Preview, Proof


def add(parsers: Any) -> None:
    group = add_group(parsers, "party", "a person's data: what would be erased, erasing it, the proof")
    previewed = add_command(group, "preview", preview, "what an erasure would reach; nothing is changed")
    erase_ = add_command(
        group, "erase", erase, "erase a person's data for good, on every machine", journal=True
    )
    for command in (previewed, erase_):
        command.add_argument("person", help="a case's number or id, a party's id, or a person's id")
    erase_.add_argument("--basis", required=True, choices=BASES, help="the ground on which it is erased")
    erase_.add_argument("--yes", action="store_true", help="it cannot be undone; without it nothing is done")
    erase_.add_argument("--counter", default="", metavar="N", help="where it is done")
    add_command(group, "erased", erased, "what was asked to be erased, and what became of it")
    proof_ = add_command(group, "proof", proof, "each part of an erasure and whether its bytes are gone here")
    proof_.add_argument("erasure", help="its id, as `party erased` gives it")


def preview(call: Call) -> int:
    with call.program() as program:
        found = program.erasing.preview(call.arguments.person)
    call.say(_reached(found), _reach_lines(found, call.t))
    return DONE


def erase(call: Call) -> int:
    """Exit 1 when nothing was done for want of `--yes`, or when the centre has not answered yet."""
    given, t = call.arguments, call.t
    with call.program() as program:
        if not given.yes:
            found = program.erasing.need(call.actor, given.person, given.basis)
            hint = t("It cannot be undone. Say --yes to erase it.")
            call.say({"state": "not done", **_reached(found)}, [*_reach_lines(found, t), hint])
            return NO
        state = program.erasing.erase(call.actor, call.key, given.person, given.basis)
    lines = [_line(state, t)]
    if state.state == "asked":
        lines.append(t("The centre has not answered yet: let the keeper run, or `counter-app sync --once`."))
    call.say(_row(state), lines)
    return DONE if state.state == "done" else NO


def erased(call: Call) -> int:
    with call.program() as program:
        found = program.erasing.erased()
    call.say([_row(one) for one in found], [_line(one, call.t) for one in found] or [call.t("None.")])
    return DONE


def proof(call: Call) -> int:
    """Exit 1 when a part is still readable here."""
    with call.program() as program:
        found = program.erasing.proof(call.arguments.erasure)
    call.say(found, list(_proof_lines(found, call.t)))
    return DONE if found.holds else NO


def _reached(found: Preview) -> dict[str, Any]:
    reach = found.found
    return {
        "name": mask_name(found.name),
        "parties": reach.parties,
        "cases": [case.number or case.id for case in reach.cases if case.own],
        "cases_of_others": [case.number or case.id for case in reach.cases if not case.own],
        "tickets": len(reach.tickets),
        "papers": reach.papers,
        "papers_of_others": reach.others_papers,
        "parts": len(reach.parts),
        "halls": reach.halls,
    }


def _reach_lines(found: Preview, t: Translator) -> list[str]:
    return [mask_name(found.name), *(f"  {line}" for line in reach_lines(found.found, t))]


def _row(state: Erasure) -> dict[str, Any]:
    return {
        "erasure": state.id,
        "state": state.state,
        "basis": state.basis,
        "staff": state.staff,
        "asked_at": state.asked_at,
        "done_at": state.done_at,
        "cases": len(state.cases),
        "tickets": len(state.tickets),
        "parts": len(state.parts),
        "code": state.code,
    }


def _line(state: Erasure, t: Translator) -> str:
    when = state.done_at or state.asked_at
    basis = next((t(words) for basis, words in BASIS_WORDS.items() if basis == state.basis), state.basis)
    done = t("{parts} parts of {cases} cases", parts=len(state.parts), cases=len(state.cases))
    tail = state.code if state.state == "refused" else done
    return f"{state.id}  {when:%Y-%m-%d %H:%M}  {t(STATE_WORDS[state.state])}  {basis}  {state.staff}  {tail}"


def _proof_lines(found: Proof, t: Translator) -> list[str]:
    gone = sum(part.state == "gone" for part in found.parts)
    unknown = sum(part.state == "unknown" for part in found.parts)
    lines = [
        t(
            "{gone} of {count} parts are gone here, {unknown} never lay here.",
            gone=gone,
            count=len(found.parts),
            unknown=unknown,
        )
    ]
    if not found.holds:
        lines.append(t("Some are still readable here: let the keeper finish, then ask again."))
    if found.since:
        lines.append(t("{count} parts of the same person came after it: erase once more.", count=found.since))
    lines.append(t("`counter-app store check` shows that the journal is still whole."))
    return lines
