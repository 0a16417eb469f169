"""Every command of the counter, declared once: keys, F1, the menu and the one box derive from here. No Qt.

`initials` are the pinyin initials of the Chinese words, so that a command is found as items are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.hall.rights import Right
from counter_app.errors import mark
from counter_app.i18n import Translator

SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Key:
    """`key` in Qt's portable spelling; `command` is what presenters are told; `words` for the overlay.

    `anywhere` keys act even while somebody types in a field. A command of the menu has no key of its own;
    `cap` is its digit or letter there. `right` is what a clerk's roles must give for it.
    """

    key: str
    command: str
    words: str
    cap: str
    anywhere: bool = True
    initials: str = ""
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Key, ...]


def _key(
    key: str, command: str, words: str, initials: str = "", *, cap: str = "", anywhere: bool = True
) -> Key:
    return Key(key, command, words, cap or key.replace("+", " "), anywhere, initials)


def _more(cap: str, command: str, words: str, initials: str, right: Right | None = None) -> Key:
    return Key("", command, words, cap, initials=initials, right=right)


GROUPS: Final[tuple[Group, ...]] = (
    Group(
        mark("The line"),
        (
            _key("F3", "call_next", mark("Call next"), "jxyh"),
            _key("F2", "finish", mark("Finish, rate"), "bjqpj"),
            _key("F4", "recall", mark("Recall"), "ch"),
            _key("F5", "transfer", mark("Transfer"), "zck"),
            _key("F6", "hold", mark("Hold"), "zg"),
            _key("F7", "no_show", mark("No show"), "gh"),
            _key("Backspace", "take_back", mark("Take back a wrong call"), "jcth", cap="⌫", anywhere=False),
            _key("Ctrl+H", "help_answer", mark("Go where help is wanted"), "qwbm"),
            _key("Ctrl+R", "held", mark("Held and missed tickets"), "zghghdhp"),
        ),
    ),
    Group(
        mark("The work"),
        (
            _key("Ctrl+1", "part_applicant", mark("Applicant"), "sqr"),
            _key("Ctrl+2", "part_item", mark("Item and situation"), "sxyqx"),
            _key("Ctrl+3", "part_materials", mark("Materials"), "clhy"),
            _key("F9", "decide", mark("Do what the verdict suggests"), "ajlbl"),
            _key("Ctrl+F9", "outcomes", mark("Other outcomes"), "qtcl"),
            _key("Ctrl+Z", "undo", mark("Undo the last step"), "cxsyb"),
            _key("Ctrl+N", "open_case", mark("New case without a ticket"), "whxb"),
            _key(
                "Ctrl+Shift+T", "type_other", mark("Type another document, or an organisation"), "lrqtzjhdw"
            ),
            _key("Ctrl+T", "type_person", mark("Type a person by hand"), "sglrry"),
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
            Key("", "", mark("Answer a question"), "1–9"),
        ),
    ),
    Group(
        mark("Finding and paper"),
        (
            _key("Ctrl+K", "find", mark("The one box: items, people, cases, tickets, papers")),
            _key("Ctrl+P", "papers", mark("Papers of this counter: retry, print again"), "bckwscsbd"),
            _key("Ctrl+G", "guide", mark("Print the guide of this item"), "dybsxz"),
            _key("Alt+Return", "notice_action", mark("Do what the message offers"), cap="Alt Enter"),
        ),
    ),
    Group(
        mark("The counter"),
        (
            _key("Ctrl+L", "lock", mark("Lock the screen"), "sp"),
            _key("F10", "pause", mark("Pause with a reason"), "ztfwbsmyy"),
            _key("Ctrl+Q", "log_off", mark("Log off"), "tcdl"),
            _key("Ctrl+D", "theme", mark("Light or dark"), "qsss"),
            _key("Ctrl++", "larger", mark("Larger text"), "fdwz", cap="Ctrl +"),
            _key("Ctrl+-", "smaller", mark("Smaller text"), "sxwz"),
            _key("Ctrl+M", "more", mark("More: every further command by its letter"), "gdqygxcz"),
            _key("F1", "keys", mark("All keys"), "qbaj"),
            _key("Esc", "back", mark("Back")),
        ),
    ),
)

MORE: Final[tuple[Group, ...]] = (
    Group(
        mark("People and tickets"),
        (
            _more("1", "priority", mark("Let somebody go first"), "yxbl", "ticket.prioritise"),
            _more("2", "add_matter", mark("One more matter on this ticket"), "jbsx", "ticket.call"),
            _more("3", "call_number", mark("Call a number out of turn"), "jzdhm", "ticket.call"),
            _more("4", "back_in_line", mark("Back into the line after a no-show"), "ghcp", "ticket.call"),
            _more("5", "transfer_clerk", mark("Transfer to a clerk by name"), "zgzdry", "ticket.call"),
            _more("6", "give_up", mark("The citizen has left"), "qzlk", "ticket.call"),
            _more("7", "void", mark("Void a ticket"), "zfhp", "ticket.void"),
            _more("8", "slip", mark("Enter a pre-numbered slip later"), "blyyhp", "ticket.enter-slip"),
            _more("9", "help_escalate", mark("Pass a call for help on"), "zjqzhj", "help.answer"),
        ),
    ),
    Group(
        mark("Papers and persons"),
        (
            _more("P", "case_papers", mark("Papers of this case"), "bjws"),
            _more("F", "form", mark("Application form, filled in"), "dysqb", "case.open"),
            _more("C", "copy_stamp", mark("Copies agree with originals"), "yyjyz", "case.open"),
            _more("G", "guide_sheet", mark("Guide of this item on A4"), "bszn"),
            _more("W", "who_looked", mark("Who looked at this person"), "sckgcr", "looks.read"),
        ),
    ),
    Group(
        mark("The counter"),
        (
            _more("D", "duties", mark("Duties of the post"), "gwzz"),
            _more("S", "attendance", mark("My sign-ins and sign-outs"), "wdqdqt"),
            _more("H", "devices", mark("Devices of the hall, and how they agree"), "qtsbytbqk"),
            _more("K", "conflicts", mark("Acts that met those of another machine"), "yqtsbctdcz"),
            _more("V", "check_store", mark("Verify the journal"), "jyrz"),
            _more("Z", "close_day", mark("Close the day"), "rj", "day.close"),
        ),
    ),
)

BY_KEY: Final[dict[str, Key]] = {line.key: line for group in GROUPS for line in group.lines if line.key}
BY_KEY["Ctrl+="] = BY_KEY["Ctrl++"]
BY_KEY["Alt+Enter"] = BY_KEY["Alt+Return"]


def finds(text: str, t: Translator) -> tuple[tuple[Key, ...], bool]:
    """Commands that `text` names by words or initials, best first; and whether it is exactly the first."""
    wanted = text.strip().casefold()
    if len(wanted) < SHORTEST:
        return (), False
    found = [
        (rank, at, line)
        for at, line in enumerate(_findable())
        if (rank := _rank(wanted, t(line.words).casefold(), line.initials)) is not None
    ]
    found.sort(key=lambda one: one[:2])
    return tuple(line for _, _, line in found), bool(found) and found[0][0] == 0


def _findable() -> tuple[Key, ...]:
    return tuple(line for group in (*MORE, *GROUPS) for line in group.lines if line.command)


def _rank(wanted: str, words: str, initials: str) -> int | None:
    """0 the very words or initials, 1 they begin so, 2 it stands within the words."""
    if wanted in (words, initials):
        return 0
    if words.startswith(wanted) or initials.startswith(wanted):
        return 1
    return 2 if wanted in words else None
