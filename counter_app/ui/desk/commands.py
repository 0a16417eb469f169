"""Every command of the desk, declared once: keys, F1, the menu and the one box derive from here. No Qt."""

from __future__ import annotations

from typing import Final

from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.widgets.commands import Group, Key, find_commands, in_menu, keyed, pressed
from counter_app.ui.workspace_commands import (
    CONFLICTS,
    LOCK,
    LOG_OFF,
    LOOKS_AND_HELP,
    NOTICE_ACTION,
    time_pages,
)

GROUPS: Final[tuple[Group, ...]] = (
    Group(
        mark("The inbox"),
        (
            pressed("F3", "take", mark("Take this work on"), "jszxgz"),
            pressed("F4", "pass", mark("Pass it to a colleague"), "zjts"),
            pressed("Ctrl+1", "go_inbox", mark("To the inbox"), "dsjx"),
            pressed(
                "Ctrl+0",
                "whose",
                mark("Mine, my posts', the whole department's, plans I follow"),
                "brbgqbmhwgzdjh",
            ),
        ),
    ),
    Group(
        mark("The case in hand"),
        (
            pressed("Ctrl+2", "go_lists", mark("Materials, assists and course"), "clxbygc"),
            pressed("Ctrl+3", "go_opinion", mark("Review form and opinion"), "scbyyj"),
            pressed("Ctrl+4", "go_plan", mark("The dated plan as bars, and back"), "bsjhtfh"),
            Key("", "", mark("Answer the line in hand"), "1–9"),
            Key("", "", mark("Take the answer away"), "Del"),
            pressed("F9", "submit", mark("Sign and send on"), "qsbtj"),
            pressed("F8", "answer", mark("Answer what is asked of us"), "dfyqbbmbds"),
            pressed("F5", "assist", mark("Ask all assists at once"), "yctqxb"),
            pressed("F6", "clock", mark("Suspend, exclude or extend time"), "gqbjsjyc"),
            pressed("F7", "copy_notices", mark("Copy-notices of this case"), "bbjdcgd"),
            pressed(
                "Ctrl+Space", "phrases", mark("Standard phrases and laws"), "bzyyhfgtk", cap="Ctrl Space"
            ),
        ),
    ),
    Group(
        mark("Finding and paper"),
        (
            pressed("Ctrl+K", "find", mark("The one box: cases by number, name or item")),
            pressed("Ctrl+P", "plan_paper", mark("Print the dated plan"), "dybsjh"),
            NOTICE_ACTION,
        ),
    ),
    Group(
        mark("The desk"),
        (
            LOCK,
            LOG_OFF,
            *LOOKS_AND_HELP,
        ),
    ),
)
KEY_COLUMNS: Final = (0, 1, 2, 2)  # which column of the overlay each group stands in

MORE: Final[tuple[Group, ...]] = (
    Group(
        mark("The step in hand"),
        (
            in_menu("T", "send_back", mark("Send it back to an earlier step"), "thqyhj", "case.approve"),
            in_menu("W", "end_step", mark("The visit, test or meeting is over"), "tkjchhybj", "case.review"),
            in_menu("H", "meeting_level", mark("Which meeting decides it"), "snyjh", "case.review"),
            in_menu("U", "upper_answer", mark("The upper body's decision came"), "sjjdyd", "case.review"),
            in_menu("L", "classify", mark("Class the case anew"), "cxhflb", "case.review"),
        ),
    ),
    Group(
        mark("Between departments"),
        (
            in_menu("R", "repeat", mark("Ask a second time, with the cause"), "ecqxbsmyy", "case.review"),
            in_menu("Y", "dispute", mark("Do not accept a booked cause"), "dywzrtcyy", "case.review"),
            in_menu("S", "settle", mark("Settle a dispute"), "cdyy", "case.arbitrate"),
            in_menu(
                "X",
                "order",
                mark("Co-ordination order over several departments"),
                "kbmxtzl",
                "case.arbitrate",
            ),
            in_menu("N", "note", mark("A note of the working group"), "xgzzbz", "case.review"),
            in_menu("Q", "ask", mark("A question to a department"), "xxbbmtw", "case.review"),
            in_menu("V", "visit", mark("Call a joint visit"), "zjlhtk", "case.review"),
            in_menu("M", "meeting", mark("Call a meeting"), "zjhy", "case.review"),
            in_menu("J", "minutes", mark("Keep the minutes"), "jljy", "case.review"),
            CONFLICTS,
        ),
    ),
    Group(
        mark("Plan and posts"),
        (
            in_menu("P", "plan_approve", mark("Approve the plan"), "pzbsjh", "case.arbitrate"),
            in_menu("D", "export_case", mark("Write the case out in the open form"), "bjdc", "case.review"),
            in_menu("I", "plan_return", mark("Send the plan back with a word"), "thbsjh", "case.arbitrate"),
            in_menu("G", "track", mark("Name who follows the plan"), "zdzrgz", "case.arbitrate"),
            in_menu("E", "prerequisite", mark("A result does not come: what was chosen"), "qzjgbbclsqrdxz"),
            in_menu("A", "post_pass", mark("Pass a post over to B"), "gwzgbg"),
            in_menu("B", "post_back", mark("The post returns to A"), "gwjhag"),
        ),
    ),
    Group(
        mark("Time"),
        time_pages("1234567"),
    ),
)

BY_KEY: Final = keyed(GROUPS)


def finds(text: str, t: Translator) -> tuple[tuple[Key, ...], bool]:
    """Commands that `text` names; and whether it is exactly the first."""
    return find_commands((*GROUPS, *MORE), text, t)
