"""Every key of the counter, declared once: what dispatches it and what F1 shows derive from here. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.errors import mark


@dataclass(frozen=True, slots=True)
class Key:
    """`key` in Qt's portable spelling; `command` is what presenters are told; `words` for the overlay.

    `anywhere` keys act even while somebody types in a field.
    """

    key: str
    command: str
    words: str
    cap: str
    anywhere: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Key, ...]


def _key(key: str, command: str, words: str, *, cap: str = "", anywhere: bool = True) -> Key:
    return Key(key, command, words, cap or key.replace("+", " "), anywhere)


GROUPS: Final[tuple[Group, ...]] = (
    Group(
        mark("The line"),
        (
            _key("F3", "call_next", mark("Call next")),
            _key("F2", "finish", mark("Finish, rate")),
            _key("F4", "recall", mark("Recall")),
            _key("F5", "transfer", mark("Transfer")),
            _key("F6", "hold", mark("Hold")),
            _key("F7", "no_show", mark("No show")),
            _key("Backspace", "take_back", mark("Take back a wrong call"), cap="⌫", anywhere=False),
            _key("Ctrl+R", "held", mark("Held and missed tickets")),
        ),
    ),
    Group(
        mark("The work"),
        (
            _key("Ctrl+1", "part_applicant", mark("Applicant")),
            _key("Ctrl+2", "part_item", mark("Item and situation")),
            _key("Ctrl+3", "part_materials", mark("Materials")),
            _key("F9", "decide", mark("Do what the verdict suggests")),
            _key("Ctrl+F9", "outcomes", mark("Other outcomes")),
            _key("Ctrl+Z", "undo", mark("Undo the last step")),
            _key("Ctrl+N", "open_case", mark("New case without a ticket")),
            _key("Ctrl+T", "type_person", mark("Type a person by hand")),
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
            _key("Ctrl+P", "papers", mark("Papers of this counter: retry, print again")),
            _key("Ctrl+G", "guide", mark("Print the guide of this item")),
            _key("Alt+Return", "notice_action", mark("Do what the message offers"), cap="Alt Enter"),
        ),
    ),
    Group(
        mark("The counter"),
        (
            _key("Ctrl+L", "lock", mark("Lock the screen")),
            _key("F10", "pause", mark("Pause with a reason")),
            _key("Ctrl+Q", "log_off", mark("Log off")),
            _key("Ctrl+D", "theme", mark("Light or dark")),
            _key("Ctrl++", "larger", mark("Larger text"), cap="Ctrl +"),
            _key("Ctrl+-", "smaller", mark("Smaller text")),
            _key("F1", "keys", mark("All keys")),
            _key("Esc", "back", mark("Back")),
        ),
    ),
)

BY_KEY: Final[dict[str, Key]] = {line.key: line for group in GROUPS for line in group.lines if line.key}
BY_KEY["Ctrl+="] = BY_KEY["Ctrl++"]
BY_KEY["Alt+Enter"] = BY_KEY["Alt+Return"]
