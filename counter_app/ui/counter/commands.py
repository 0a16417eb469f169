"""Every command of the counter, declared once: keys, F1, the menu and the one box derive from here. No Qt.

The menu's single letters are for what is wanted often; further rooms of the menu take a letter and name their
commands by a second one. No line's letters begin another's.
"""

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
        mark("The line"),
        (
            pressed("F3", "call_next", mark("Call next"), "jxyh"),
            pressed("F2", "finish", mark("Finish, rate"), "bjqpj"),
            pressed("F4", "recall", mark("Recall"), "ch"),
            pressed("F5", "transfer", mark("Transfer"), "zck"),
            pressed("F6", "hold", mark("Hold"), "zg"),
            pressed("F7", "no_show", mark("No show"), "gh"),
            pressed(
                "Backspace", "take_back", mark("Take back a wrong call"), "jcth", cap="⌫", anywhere=False
            ),
            pressed("Ctrl+H", "help_answer", mark("Go where help is wanted"), "qwbm"),
            pressed("Ctrl+R", "held", mark("Held and missed tickets"), "zghghdhp"),
        ),
    ),
    Group(
        mark("The work"),
        (
            pressed("Ctrl+1", "part_applicant", mark("Applicant"), "sqr"),
            pressed("Ctrl+2", "part_item", mark("Item and situation"), "sxyqx"),
            pressed("Ctrl+3", "part_materials", mark("Materials"), "clhy"),
            pressed("F9", "decide", mark("Do what the verdict suggests"), "ajlbl"),
            pressed("Ctrl+F9", "outcomes", mark("Other outcomes"), "qtcl"),
            pressed("Ctrl+Z", "undo", mark("Undo the last step"), "cxsyb"),
            pressed("Ctrl+N", "open_case", mark("New case without a ticket"), "whxb"),
            pressed(
                "Ctrl+Shift+T", "type_other", mark("Type another document, or an organisation"), "lrqtzjhdw"
            ),
            pressed("Ctrl+T", "type_person", mark("Type a person by hand"), "sglrry"),
        ),
    ),
    Group(
        mark("Checking materials"),
        (
            Key("", "", mark("Present and correct; goes to the next"), "Space"),
            Key("", "", mark("To be corrected, with a reason"), "G"),
            Key("", "", mark("Missing, with a reason"), "Q"),
            Key("", "", mark("May follow later (容缺)"), "R"),
            Key("", "", mark("Take the mark away"), "Del"),
            Key("", "", mark("Take a picture of this material"), "P"),
            pressed("Ctrl+I", "pictures", mark("Pictures of the materials"), "cltx"),
            Key("", "", mark("Answer a question"), "1–9"),
        ),
    ),
    Group(
        mark("Finding and paper"),
        (
            pressed("Ctrl+K", "find", mark("The one box: items, people, cases, tickets, papers")),
            pressed("Ctrl+P", "papers", mark("Papers of this counter: retry, print again"), "bckwscsbd"),
            pressed("Ctrl+G", "guide", mark("Print the guide of this item"), "dybsxz"),
            NOTICE_ACTION,
        ),
    ),
    Group(
        mark("The counter"),
        (
            LOCK,
            pressed("F10", "pause", mark("Pause with a reason"), "ztfwbsmyy"),
            LOG_OFF,
            *LOOKS_AND_HELP,
        ),
    ),
)

MORE: Final[tuple[Group, ...]] = (
    Group(
        mark("People and tickets"),
        (
            in_menu("1", "priority", mark("Let somebody go first"), "yxbl", "ticket.prioritise"),
            in_menu("2", "add_matter", mark("One more matter on this ticket"), "jbsx", "ticket.call"),
            in_menu("3", "call_number", mark("Call a number out of turn"), "jzdhm", "ticket.call"),
            in_menu("4", "back_in_line", mark("Back into the line after a no-show"), "ghcp", "ticket.call"),
            in_menu("5", "transfer_clerk", mark("Transfer to a clerk by name"), "zgzdry", "ticket.call"),
            in_menu("6", "give_up", mark("The citizen has left"), "qzlk", "ticket.call"),
            in_menu("7", "void", mark("Void a ticket"), "zfhp", "ticket.void"),
            in_menu("8", "slip", mark("Enter a pre-numbered slip later"), "blyyhp", "ticket.enter-slip"),
            in_menu("9", "help_escalate", mark("Pass a call for help on"), "zjqzhj", "help.answer"),
        ),
    ),
    Group(
        mark("Papers and persons"),
        (
            in_menu("O", "contact", mark("Contact, place, delivery"), "lxfsszdsdyy", "case.open"),
            in_menu("P", "case_papers", mark("Papers of this case"), "bjws"),
            in_menu("F", "form", mark("Application form, filled in"), "dysqb", "case.open"),
            in_menu("C", "copy_stamp", mark("Copies agree with originals"), "yyjyz", "case.open"),
            in_menu("G", "guide_sheet", mark("Guide of this item on A4"), "bszn"),
            in_menu("W", "who_looked", mark("Who looked at this person"), "sckgcr", "looks.read"),
        ),
    ),
    Group(
        mark("Other halls, and erasing"),
        (
            in_menu("YF", "forward", mark("Hand this case on to another hall"), "bbjzjqtdt", "case.decide"),
            in_menu("YI", "incoming", mark("Sign for papers from other halls"), "qsqtdtzldcl", "case.decide"),
            in_menu("EP", "erase", mark("Erase a person's data"), "scgrxx", "party.erase"),
            in_menu("EL", "erasures", mark("What was erased, with its proof"), "scjljzm", "party.erase"),
        ),
    ),
    Group(
        mark("L: behind the counter"),
        (
            in_menu("LC", "course", mark("Course and plan of the case"), "bjjcybsjh"),
            in_menu(
                "LK", "case_class", mark("Class: complexity and sensitivity"), "fldjfzcdhmgcd", "case.open"
            ),
            in_menu(
                "LO",
                "joint",
                mark("Joint matter: open the cases needed first, go from one to the other"),
                "yjstskqzbjgjzjqh",
                "case.open",
            ),
            in_menu(
                "LP", "joint_pre_review", mark("First look while the others run"), "zbmys", "case.decide"
            ),
            in_menu(
                "LF",
                "project",
                mark("File of the project: set up, record, approval"),
                "xmdalxbasp",
                "case.open",
            ),
            in_menu("LR", "replies", mark("Replies on paper: enter a slip"), "lrcghz", "reply.enter"),
            in_menu(
                "LD",
                "contest",
                mark("A department's protest on paper against a delay"),
                "djbmsmyy",
                "reply.enter",
            ),
            in_menu(
                "LW",
                "ways_out",
                mark("Results needed first: failed, applied for again, shown"),
                "qzjgwgcbycs",
                "case.decide",
            ),
        ),
    ),
    Group(
        mark("A: before it, and beside it"),
        (
            in_menu(
                "AI", "applications", mark("Applications by web, telephone, post"), "wsdhyjsq", "case.open"
            ),
            in_menu("AO", "oral", mark("Application by word of mouth"), "ktsq", "case.open"),
            in_menu("AC", "consult", mark("Advice before an application"), "sqqzx", "case.open"),
            in_menu(
                "AL",
                "earlier_advice",
                mark("Advice: what was told, which case came of it"),
                "ckglxqzx",
                "case.open",
            ),
            in_menu("AE", "export_case", mark("Write the case out in the open form"), "bjdc", "person.read"),
            in_menu("AG", "agents", mark("Agents and their slips"), "dbyydbd", "case.open"),
            in_menu(
                "AS",
                "sign_paper",
                mark("Have a paper signed on the citizen's screen"),
                "qqzzpsqm",
                "paper.sign",
            ),
            in_menu("AB", "blanks", mark("Numbered blanks"), "kbpz", "case.open"),
        ),
    ),
    Group(
        mark("J: after the decision"),
        (
            in_menu("JR", "result", mark("Result and handing over"), "jgysd"),
            in_menu("JF", "fees", mark("Fees of this case"), "bjsf"),
            in_menu("JS", "settle_cashier", mark("My takings of the day"), "wdsfrj"),
            in_menu("JD", "drawer", mark("Open the cash drawer"), "dkqx", "drawer.open"),
            in_menu("JA", "archive", mark("File of this case"), "bjgd"),
            in_menu("JC", "cards", mark("Service card, card for the elderly"), "fwklnydz", "case.open"),
            in_menu(
                "JB", "supplied", mark("Promised papers of this case have come"), "bjrqclbl", "case.open"
            ),
            in_menu("JT", "to_tell", mark("Who is to be told, and what is still to come"), "tzybjqd"),
        ),
    ),
    Group(
        mark("T: time"),
        (
            in_menu("TC", "case_clock", mark("Time of this case"), "bjsx"),
            *time_pages("AUGLQKR", room="T"),
        ),
    ),
    Group(
        mark("The counter"),
        (
            in_menu("D", "duties", mark("Duties of the post"), "gwzz"),
            in_menu("N", "posts", mark("My post passes to B, or returns"), "abgjj"),
            in_menu("S", "attendance", mark("My sign-ins and sign-outs"), "wdqdqt"),
            in_menu("H", "devices", mark("Devices of the hall, and how they agree"), "qtsbytbqk"),
            CONFLICTS,
            in_menu("M", "peripherals", mark("Peripherals: find, add, try, replace"), "wscztjsygh"),
            in_menu("B", "scanner_sheet", mark("Set a scanner up: print its page"), "szsmq"),
            in_menu("V", "check_store", mark("Verify the journal"), "jyrz"),
            in_menu("Z", "close_day", mark("Close the day"), "rj", "day.close"),
            in_menu("0", "day_total", mark("Print the day's signed totals"), "dyrjqmhz", "day.close"),
        ),
    ),
)

BY_KEY: Final = keyed(GROUPS)
KEY_COLUMNS: Final = (0, 1, 2, 0, 2)  # which column of the overlay each group stands in
MORE_COLUMNS: Final = 4


def finds(text: str, t: Translator) -> tuple[tuple[Key, ...], bool]:
    """The counter's commands that `text` names, best first; and whether it is exactly the first."""
    return find_commands((*MORE, *GROUPS), text, t)
