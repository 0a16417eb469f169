"""A condition in words, whatever is answered: for guides, which print every material and when it is asked.

Chinese, like the catalogue's own texts. Not here: the reasons of one citizen's checklist (`checklist.py`).
"""

from __future__ import annotations

from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.questions import AllOf, AnyOf, Condition, Is, Not, OlderThan


def reading(item: Item, condition: Condition | None) -> str:
    """`已婚`, `已婚，且已生育子女`, `不是“自采原料”`; empty for what is always asked."""
    match condition:
        case Is(question, answer):
            asked = item.question(question)
            return asked.reads(answer) if asked else answer
        case OlderThan(_, days):
            return f"超过{days.days}日"
        case AllOf(parts):
            return "，且".join(_inside(item, part) for part in parts)
        case AnyOf(parts):
            return "，或者".join(_inside(item, part) for part in parts)
        case Not(part):
            return f"不是“{reading(item, part)}”"
    return ""


def _inside(item: Item, condition: Condition) -> str:
    """A part; put in brackets where leaving them out would change the sense."""
    text = reading(item, condition)
    return f"（{text}）" if isinstance(condition, AllOf | AnyOf) else text
