"""Papers made from the catalogue: guide, slip, application form, certified copies (P7, P12, D2).

Not here: where the catalogue comes from.
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import sign_with_date
from counter_app.domain.paper.builders.words import (
    amount,
    applicant_pairs,
    day,
    given,
    item_pairs,
    limit,
    materials_table,
)
from counter_app.domain.paper.facts_public import CopyStampFacts, FormFacts, GuideFacts, GuideMaterial
from counter_app.domain.paper.model import (
    Block,
    Column,
    Entry,
    Heading,
    Numbered,
    Pair,
    Paper,
    Rule,
    SignatureLine,
    Table,
    Text,
    ThumbPlace,
)
from counter_app.i18n import Translator


def build_guide(facts: GuideFacts, t: Translator) -> Paper:
    """办事指南 with every field, or the slip 办事须知: what to bring, where, how long, how much."""
    if facts.slip:
        return framed(facts, t, t("What to bring"), _slip(facts, t))
    return framed(facts, t, t("Guide"), _guide(facts, t))


def _slip(facts: GuideFacts, t: Translator) -> Iterator[Block]:
    yield Text(facts.item.name, bold=True, size=2)
    yield from _situation(facts, t)
    yield Rule()
    yield Heading(t("Please bring ({count})", count=len(facts.materials)), large=True)
    yield Numbered(tuple(_short_material(entry, t) for entry in facts.materials))
    yield from _open_clauses(facts, t)
    yield Rule()
    yield from given(
        (
            (t("Time needed"), limit(t, facts.promised_limit) if facts.promised_limit else ""),
            (t("Fee"), _fee_words(facts, t)),
            (t("Place"), facts.place),
            (t("Opening hours"), facts.hours),
        )
    )
    yield from _version(facts, t)


def _short_material(entry: GuideMaterial, t: Translator) -> Entry:
    notes = [note for note in (entry.requirement, entry.size) if note]
    if entry.when:
        notes.insert(0, t("Because: {situation}", situation=entry.when))
    if entry.handling:
        notes.append(entry.handling)
    return Entry(entry.name, amount(t, entry.originals, entry.copies), tuple(notes))


def _guide(facts: GuideFacts, t: Translator) -> Iterator[Block]:
    yield from item_pairs(t, facts.item)
    yield from given(
        (
            (t("Handled as"), facts.handled_as),
            (t("Legal limit"), limit(t, facts.legal_limit) if facts.legal_limit else ""),
            (t("Promised limit"), limit(t, facts.promised_limit) if facts.promised_limit else ""),
            (t("Then decided by"), _upper(facts, t)),
            (t("Fee"), _fee_words(facts, t)),
            (t("Result produced"), facts.result),
            (t("Place"), facts.place),
            (t("Opening hours"), facts.hours),
        )
    )
    yield from _situation(facts, t)
    yield from _listed(t("Legal basis"), facts.basis)
    yield from _listed(t("Conditions"), facts.conditions)
    if facts.materials:
        yield Heading(t("Materials ({count})", count=len(facts.materials)))
        yield Numbered(tuple(_full_material(entry, t) for entry in facts.materials))
    yield from _open_clauses(facts, t)
    yield from _listed(t("Procedure"), facts.procedure)
    yield from _listed(t("Bands of discretion"), facts.discretion)
    yield from _fees(facts, t)
    yield from _version(facts, t)


def _upper(facts: GuideFacts, t: Translator) -> str:
    """Who decides what is reported up, after the hall's own part."""
    if facts.upper_limit is None:
        return facts.upper_body
    return t("{body}, within {limit} more", body=facts.upper_body, limit=limit(t, facts.upper_limit))


def _situation(facts: GuideFacts, t: Translator) -> Iterator[Block]:
    if facts.situation:
        yield Pair(t("Your situation"), t(", ").join(facts.situation))


def _listed(heading: str, entries: tuple[str, ...]) -> Iterator[Block]:
    if entries:
        yield Heading(heading)
        yield Text("\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1)))


def _full_material(entry: GuideMaterial, t: Translator) -> Entry:
    known = (
        (t("When needed"), entry.when),
        (t("Purpose"), entry.purpose),
        (t("Content"), entry.content),
        (t("Requirement"), entry.requirement),
        (t("Size"), entry.size),
        (t("Handling"), entry.handling),
        (t("Source"), entry.source),
        (t("Legal basis"), entry.basis),
    )
    notes = tuple(t("{label}: {value}", label=label, value=value) for label, value in known if value)
    caption = t("Scan for a sample") if entry.sample_qr else ""
    return Entry(entry.name, amount(t, entry.originals, entry.copies), notes, entry.sample_qr, caption)


def _open_clauses(facts: GuideFacts, t: Translator) -> Iterator[Block]:
    """The source's open clause never stands alone (`papers.md`): the closed list follows."""
    for clause in facts.open_clauses:
        yield Heading(t("The source says: {text}", text=clause.source_text))
        if clause.closed:
            yield Text(t("This means only the following:"))
            yield Numbered(tuple(Entry(name) for name in clause.closed))
        else:
            yield Text(t("At present nothing is asked for under this clause."))


def _fee_words(facts: GuideFacts, t: Translator) -> str:
    if facts.free_of_charge:
        return t("Free of charge")
    return t("; ").join(t("{label}: {value}", label=fee.name, value=fee.standard) for fee in facts.fees)


def _fees(facts: GuideFacts, t: Translator) -> Iterator[Block]:
    if facts.fees and not facts.free_of_charge:
        yield Heading(t("Fees"))
        columns = (Column(t("Fee"), 3), Column(t("Fee standard"), 2), Column(t("Legal basis"), 4))
        yield Table(columns, tuple((fee.name, fee.standard, fee.basis) for fee in facts.fees))


def _version(facts: GuideFacts, t: Translator) -> Iterator[Block]:
    if facts.version and facts.effective_from:
        yield Text(
            t(
                "Version {version}, in force from {date}",
                version=facts.version,
                date=day(t, facts.effective_from),
            )
        )


def build_form(facts: FormFacts, t: Translator) -> Paper:
    """申请表 filled in, to be checked and signed, or thumb-printed before a witness (mission: P12)."""
    return framed(facts, t, facts.title, _form(facts, t))


def _form(facts: FormFacts, t: Translator) -> Iterator[Block]:
    if facts.oral:
        yield Text(
            t("Oral application, written down by the clerk and read back to the applicant."), bold=True
        )
    yield from item_pairs(t, facts.item, facts.case_number)
    yield from applicant_pairs(t, facts.applicant)
    for part in facts.parts:
        yield Heading(part.heading)
        yield from (Pair(entry.label, entry.value) for entry in part.fields)
    yield Rule()
    if facts.declaration:
        yield Text(facts.declaration)
    yield Text(t("I have checked everything above and found it right."))
    yield sign_with_date(t, t("Applicant's signature"))
    if facts.witness:
        yield ThumbPlace(t("Thumb-print of the applicant"))
        yield sign_with_date(t, t("Witness (signature)"))
    if facts.oral:
        yield SignatureLine(t("Written down and read back by"))


def build_copy_stamp(facts: CopyStampFacts, t: Translator) -> Paper:
    """The copies listed agree with their originals: checked by whom, and when."""
    return framed(facts, t, t("Copies agree with the originals"), _copy_stamp(facts, t))


def _copy_stamp(facts: CopyStampFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Rule()
    yield from materials_table(t, t("Copies checked against the originals"), facts.copies)
    yield Rule()
    yield Text(t("Agrees with the original"), bold=True, size=2, align="center")
    yield Pair(t("Checked by"), facts.checked_by)
    yield Pair(t("Checked on"), day(t, facts.checked_on))
    yield sign_with_date(t, t("Provided by (signature)"))
