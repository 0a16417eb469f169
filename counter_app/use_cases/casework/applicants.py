"""What the applicant has to do when, besides the steps he comes to: papers he promised, papers a notice asks
for, fees to be paid (mission: C11). Bars of the dated plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from counter_app.domain.casework.plan import Node
from counter_app.domain.catalogue.items import Item
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.case import Case
from counter_app.use_cases.ports.store import Reader

APPLICANT: Final = "申请人"
ASKED: Final = frozenset({"notified", "reopened"})  # stages in which what a notice named is still to come


def applicant_nodes(reader: Reader, case: Case, item: Item) -> Iterator[Node]:
    """Each with the day it has to be done by; nothing once it is done or the case has ended."""
    short = item.short_name or item.name
    if case.lacking and case.supply_by is not None and not case.ended:
        since = (case.accepted_at or case.opened_at).date()
        yield Node(
            code=f"{item.code}/supply",
            name=f"{short}·补齐容缺材料",
            who=APPLICANT,
            kind="applicant",
            started=since,
            due=case.supply_by,
            applicant_does=f"补交：{_names(item, case.lacking)}",
        )
    notice = case.notices[-1] if case.notices else None
    if notice is not None and notice.until is not None and case.stage in ASKED:
        asked = (line.material for line in notice.lines)
        yield Node(
            code=f"{item.code}/corrections",
            name=f"{short}·补正材料",
            who=APPLICANT,
            kind="applicant",
            started=notice.at.date(),
            due=notice.until,
            applicant_does=f"按{notice.number or '告知书'}补正：{_names(item, tuple(asked))}",
        )
    fees = reader.get(FEES, case.id)
    if fees is not None and fees.owed and fees.pay_by is not None:
        yield Node(
            code=f"{item.code}/fee",
            name=f"{short}·缴费",
            who=APPLICANT,
            kind="applicant",
            started=reader.now.date(),
            due=fees.pay_by,
            applicant_does=f"缴费 {fees.owed / 100:.2f} 元",
        )


def _names(item: Item, codes: tuple[str, ...]) -> str:
    found = (item.material(code) for code in codes)
    return "、".join(material.full_name for material in found if material is not None)
