"""`project file | list`: the file of a project over its cases, from 立项 to 审批 (mission: C2)."""

from __future__ import annotations

from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group, add_list
from counter_app.cli.named import case_named
from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.use_cases.projects.projects import STAGES, WORDS


def add(parsers: Any) -> None:
    group = add_group(parsers, "project", "the file of a project over its cases")
    file_ = add_command(group, "file", file, "put a case into the project's file", journal=True)
    file_.add_argument("case")
    file_.add_argument("code", help="the project's code; an empty one takes the case out")
    file_.add_argument("stage", choices=STAGES)
    list_ = add_list(group, "list", listed, "the cases of the project, stage by stage")
    list_.add_argument("code")


def file(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        program.around.projects.file(call.actor, call.key, case, given.code, given.stage)
    call.say({"done": True}, [call.t("Done.")])
    return DONE


def listed(call: Call) -> int:
    t = call.t
    with call.program() as program:
        rows = program.around.projects.of(call.actor, call.arguments.code)
    lines = [
        "  ".join(
            (
                t(WORDS[row.of_stage]),
                row.number,
                item_words(t, row.item, hidden=row.hidden),
                t(STAGE_WORDS[row.stage]),
            )
        )
        for row in rows
    ]
    call.say({"cases": rows}, lines)
    return DONE if rows else NO
