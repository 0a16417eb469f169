"""Small items for the tests of the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.domain.catalogue.items import Competence, Item
from counter_app.domain.catalogue.materials import Material
from counter_app.domain.catalogue.questions import Condition, Option, SituationQuestion


def yes_no(code: str, yes: str, no: str, asked_if: Condition | None = None) -> SituationQuestion:
    options = (Option(code="yes", text="是", reads=yes), Option(code="no", text="否", reads=no))
    return SituationQuestion(code=code, text=f"{yes}？", kind="yes_no", options=options, asked_if=asked_if)


ASK_MARRIED = yes_no("married", "已婚", "未婚")
ASK_CHILDREN = yes_no("children", "已生育", "未生育")


def material(code: str, *, copies: int = 0, when: Condition | None = None, **fields: Any) -> Material:
    given: dict[str, Any] = {
        "code": code,
        "name": f"材料{code}",
        "purpose": "核对",
        "content": "内容",
        "requirement": "清晰",
        "size": "A4",
        "originals": 1,
        "copies": copies,
        "handling": "use",
        "source": "申请人自备",
        "is_need": 1,
        "material_type": 1,
        "when": when,
    }
    return Material(**{**given, **fields})


def an_item(code: str = "0101", version: int = 1, **fields: Any) -> Item:
    given: dict[str, Any] = {
        "name": "试办事项",
        "category": "01",
        "department": "office",
        "line": "A",
        "effective_from": date(2020, 1, 1),
        "item_kind": 9,
        "level": 5,
        "channels": (1,),
        "applicants": ("person",),
        "competence": Competence(rule="none", text="不限"),
        "source": "试验",
    }
    return Item(code=code, version=version, **{**given, **fields})
