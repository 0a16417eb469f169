"""An item's page and its guide: what to bring, how long, what it costs, on what law (mission: D2, I4, Q1).

What nobody has checked yet says so (待核), at the field it concerns. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.catalogue.checklist import ChecklistLine
from counter_app.domain.catalogue.items import Fee, Item
from counter_app.domain.catalogue.materials import LegalBasis, Material
from counter_app.domain.waiting.forecast import WaitRange
from counter_app.errors import mark
from counter_app.ui.kiosk.page import Block, Key, Page
from counter_app.ui.kiosk.start_pages import nav
from counter_app.ui.kiosk.words import Words
from counter_app.use_cases.waiting.kiosk import KioskItem, Visitor

FIELDS: Final[Mapping[str, str]] = {
    "legal_basis": mark("legal basis"),
    "legal_limit": mark("time limit by law"),
    "promised_limit": mark("promised time"),
    "materials": mark("materials"),
    "questions": mark("situations"),
    "effective_from": mark("since when it is in force"),
    "effective_to": mark("until when it is in force"),
    "level": mark("which level decides"),
    "conditions": mark("conditions"),
    "forms": mark("forms"),
    "effects": mark("what follows from situations"),
    "report_up": mark("reporting upward"),
}
KINDS: Final[Mapping[int, str]] = {
    1: mark("done at once"),
    2: mark("done within a promised time"),
    9: mark("other"),
}


def item_page(
    words: Words, shown: KioskItem, visitor: Visitor | None, *, closed: tuple[str, ...], card: bool = True
) -> Page:
    """What to bring, how long the wait is, and the key that takes the ticket."""
    t = words.t
    item = shown.item
    return Page(
        name="item",
        title=words.name(item.name, item.name_en),
        lead=queue_words(words, shown.ahead, shown.wait, shown.counters) if shown.may_take else "",
        banner=" ".join(closed),
        tone="warn" if closed else "",
        blocks=bring_blocks(words, shown),
        wide=(_take_key(words, shown, visitor, card),),
        rows=(
            (
                Key("guide", t("Whole guide"), target=item.code),
                Key("print_guide", t("Print what to bring"), target=item.code),
            ),
            nav(words),
        ),
    )


def _take_key(words: Words, shown: KioskItem, visitor: Visitor | None, card: bool) -> Key:
    t = words.t
    if not shown.may_take:
        return Key("closed", t("Tickets are given in opening hours"), kind="off")
    if visitor is None:
        detail = t("or lay your ID card on the reader") if card else ""
    elif visitor.elder:
        detail = t("{name}: you go first because of your age", name=words.name(visitor.masked_name))
    else:
        detail = words.name(visitor.masked_name)
    return Key("take", t("Take a ticket"), detail, shown.item.code, kind="primary")


def queue_words(words: Words, ahead: int, wait: WaitRange | None, counters: tuple[str, ...]) -> str:
    t = words.t
    in_order = tuple(sorted(counters, key=lambda number: (len(number), number)))
    people = t("{count} ahead of you", count=ahead) if ahead else t("Nobody is ahead of you")
    where = t("counters {counters}", counters=words.join(in_order)) if counters else ""
    parts = [people, words.wait(wait), where]
    if wait is not None:
        parts[1] = t("a wait of about {wait}", wait=words.wait(wait))
    return t("; ").join(part for part in parts if part)


def bring_blocks(words: Words, shown: KioskItem) -> tuple[Block, ...]:
    t = words.t
    always = tuple(_line(words, line) for line in shown.lines.lines)
    some = tuple(words.name(material.full_name) for material in shown.lines.undecided)
    blocks = [
        Block(t("Please bring"), always or (t("No papers are needed to begin."),), numbered=bool(always))
    ]
    if some:
        blocks.append(Block(t("In some situations also (the counter asks)"), some))
    return tuple(blocks)


def _line(words: Words, line: ChecklistLine) -> str:
    t = words.t
    amounts = [t("{count} × original", count=line.originals)] if line.originals else []
    amounts += [t("{count} × copy", count=line.copies)] if line.copies else []
    name = words.name(line.material.full_name)
    return t("{name} ({amounts})", name=name, amounts=words.join(tuple(amounts))) if amounts else name


def guide_page(words: Words, shown: KioskItem) -> Page:
    """The six public things: item, procedure, materials, limits, fees, basis."""
    t = words.t
    item = shown.item
    unchecked = t("What is marked 待核 is still to be checked: ask the counter before relying on it.")
    return Page(
        name="guide",
        title=words.name(item.name, item.name_en),
        lead=t("Guide"),
        banner=unchecked if item.pending_check else "",
        tone="warn" if item.pending_check else "",
        blocks=tuple(block for block in _guide(words, shown) if block.lines),
        rows=(
            (
                Key("item", t("Take a ticket"), target=item.code, kind="primary"),
                Key("print_guide", t("Print what to bring"), target=item.code),
            ),
            nav(words),
        ),
    )


def _guide(words: Words, shown: KioskItem) -> tuple[Block, ...]:
    t = words.t
    item, lines = shown.item, shown.lines
    pending = frozenset(item.pending_check)
    materials = tuple(_material(words, line.material, line) for line in lines.lines)
    some = tuple(_material(words, material, None) for material in lines.undecided)
    limits = (
        t("By law: {limit}", limit=words.limit(lines.legal_limit)),
        t("Promised: {limit}", limit=words.limit(lines.promised_limit)),
    )
    return (
        Block(t("Matter"), _matter(words, shown)),
        Block(t("Conditions"), words.names(item.conditions)),
        Block(t("Procedure"), _procedure(words, item), numbered=True),
        Block(_checked(words, t("Materials to bring"), "materials", pending), materials, numbered=True),
        Block(t("Materials in some situations"), some),
        Block(_checked(words, t("Time limits"), "promised_limit", pending), limits),
        Block(_checked(words, t("Bands of discretion"), "bands", pending), _bands(words, item)),
        Block(t("Fees"), tuple(_fee(words, fee) for fee in item.fees) or (t("No fee is charged."),)),
        Block(_checked(words, t("Legal basis"), "legal_basis", pending), _basis(words, item.legal_basis)),
        Block(t("Result"), words.names(tuple(result.name for result in item.results))),
        Block(t("Still to be checked (待核)"), _pending(words, item)),
    )


def _checked(words: Words, heading: str, field: str, pending: frozenset[str]) -> str:
    return words.t("{heading} (待核)", heading=heading) if field in pending else heading


def _matter(words: Words, shown: KioskItem) -> tuple[str, ...]:
    t = words.t
    item = shown.item
    return (
        words.name(item.name, item.name_en),
        t("Code {code}, version {version}", code=item.code, version=item.version),
        t("Department: {name}", name=words.name(shown.authority, shown.authority_en)),
        t("Kind: {kind}", kind=t(KINDS[item.item_kind])),
    )


def _procedure(words: Words, item: Item) -> tuple[str, ...]:
    return tuple(
        words.name("：".join(part for part in (step.name, step.text) if part)) for step in item.procedure
    )


def _material(words: Words, material: Material, line: ChecklistLine | None) -> str:
    t = words.t
    named = _line(words, line) if line else words.name(material.full_name)
    asked = words.name("；".join(text for text in (material.requirement, material.size) if text))
    whole = t("{name}: {asked}", name=named, asked=asked) if asked else named
    return t("{heading} (待核)", heading=whole) if material.pending_check else whole


def _fee(words: Words, fee: Fee) -> str:
    return words.t(
        "{name}: {amount} yuan, by {basis}",
        name=words.name(fee.name),
        amount=f"{fee.amount_fen / 100:.2f}",
        basis=words.name(f"{fee.basis.name} {fee.basis.article}"),
    )


def _bands(words: Words, item: Item) -> tuple[str, ...]:
    """How far the department's discretion goes, as published (mission: C16)."""
    return tuple(
        words.t(
            "{circumstance}: {least} to {most} {unit}, by {basis}",
            circumstance=words.name(band.circumstance),
            least=band.least,
            most=band.most,
            unit=words.name(band.unit),
            basis=words.name(f"{band.basis.name} {band.basis.article}"),
        )
        for band in item.bands
    )


def _basis(words: Words, basis: tuple[LegalBasis, ...]) -> tuple[str, ...]:
    named = tuple(words.name(f"{entry.name} {entry.article}".strip()) for entry in basis)
    return named or (words.t("still to be checked"),)


def _pending(words: Words, item: Item) -> tuple[str, ...]:
    known = [words.t(FIELDS[field]) for field in item.pending_check if field in FIELDS]
    return (words.join(tuple(known)),) if known else ()
