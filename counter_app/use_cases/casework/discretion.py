"""The discretion a case was decided with, in the words of its decision (mission: C16)."""

from __future__ import annotations

from counter_app.domain.casework.discretion import Amount, c16_used
from counter_app.use_cases.casework.ground import Ground


def discretion_used(on: Ground) -> tuple[tuple[str, str], ...]:
    """(circumstance, amount with its band) each; beyond a band who approved it and why."""
    used = c16_used(on.item, on.handling)
    names = "、".join(_name(on, badge) for badge in used.approved_by or ((used.named,) if used.named else ()))
    told = [(one.circumstance, _words(one)) for one in used.amounts]
    if any(one.outside for one in used.amounts):
        told += [("超出裁量标准的批准人", names), ("超出裁量标准的理由", used.reason)]
    return tuple((label, text) for label, text in told if text)


def _words(one: Amount) -> str:
    band = f"裁量标准{one.least}至{one.most}{one.unit}"
    return f"{one.amount}{one.unit}（{band}{'，超出' if one.outside else ''}）"


def _name(on: Ground, badge: str) -> str:
    member = on.plan.member(badge)
    return member.name if member else badge
