"""The small words every paper shares: days, times, limits, amounts, people.

Not here: whole sentences of one paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Final

from counter_app.domain.paper.facts import Applicant, Counted, ItemNamed, LedgerLine, Limit, PaperHead
from counter_app.domain.paper.model import Block, Column, Heading, Pair, Table
from counter_app.domain.time.calendar import PROVISIONAL
from counter_app.domain.time.words import WEEKDAYS
from counter_app.i18n import Translator

HALL_TIME: Final = timezone(timedelta(hours=8))


def day(t: Translator, on: date) -> str:
    """A date in full."""
    return t("{year}-{month:02d}-{day:02d}", year=on.year, month=on.month, day=on.day)


def day_to_keep(t: Translator, on: date, at: datetime | None = None) -> str:
    """A date somebody has to keep, with its weekday; of a limit in hours with the minute."""
    said = t("{date} ({weekday})", date=day(t, on), weekday=t(WEEKDAYS[on.weekday()]))
    return said if at is None else f"{said} {at.astimezone(HALL_TIME):%H:%M}"


def moment(t: Translator, at: datetime) -> str:
    """Date and time to the minute, in the hall's time."""
    local = at.astimezone(HALL_TIME)
    return f"{day(t, local.date())} {local:%H:%M}"


def acted_on(head: PaperHead) -> date:
    """The day of the act, in the hall's time."""
    return head.acted_at.astimezone(HALL_TIME).date()


def limit(t: Translator, length: Limit) -> str:
    """A length of time as law and promise state it."""
    if length.amount == 0:
        return t("On the spot")
    match length.unit:
        case "working-days":
            return t("{count} working days", count=length.amount)
        case "days":
            return t("{count} natural days", count=length.amount)
        case "months":
            return t("{count} months", count=length.amount)
        case "years":
            return t("{count} years", count=length.amount)
        case "hours":
            return t("{count} hours", count=length.amount)


def amount(t: Translator, originals: int, copies: int) -> str:
    """How many originals and copies; empty when neither is asked for."""
    parts = []
    if originals:
        parts.append(t("Originals: {count}", count=originals))
    if copies:
        parts.append(t("Copies: {count}", count=copies))
    return "  ".join(parts)


def applicant_pairs(t: Translator, applicant: Applicant) -> Iterator[Pair]:
    """Who applies, with what is known of him."""
    yield Pair(t("Applicant"), applicant.name, strong=True)
    if applicant.id_number:
        yield Pair(applicant.id_kind or t("ID number"), applicant.id_number)
    known = (
        (t("Legal representative"), applicant.legal_representative),
        (t("Address"), applicant.address),
        (t("Telephone"), applicant.phone),
        (t("Agent"), applicant.agent),
        (t("Mandate"), applicant.mandate),
    )
    yield from (Pair(label, value) for label, value in known if value)


def item_pairs(t: Translator, item: ItemNamed, case_number: str = "") -> Iterator[Pair]:
    """What the citizen came for."""
    if case_number:
        yield Pair(t("Case number"), case_number)
    yield Pair(t("Item"), item.name, strong=True)
    if item.code:
        yield Pair(t("Item code"), item.code)
    if item.department:
        yield Pair(t("Department"), item.department)


def given(pairs: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Pairs of those values that are not empty."""
    yield from (Pair(label, value) for label, value in pairs if value)


def materials_table(t: Translator, heading: str, materials: tuple[Counted, ...]) -> Iterator[Block]:
    """Materials with their numbers of originals and copies."""
    if not materials:
        return
    yield Heading(heading)
    columns = (
        Column(t("Material"), 6),
        Column(t("Originals"), 1, "right"),
        Column(t("Copies"), 1, "right"),
    )
    rows = tuple(
        (
            f"{number}. {entry.name}" + (t(" ({note})", note=entry.note) if entry.note else ""),
            str(entry.originals or "-"),
            str(entry.copies or "-"),
        )
        for number, entry in enumerate(materials, start=1)
    )
    yield Table(columns, rows)


def ledger_table(t: Translator, ledger: tuple[LedgerLine, ...]) -> Iterator[Block]:
    """Every day of the limit: which counted day it is, or why it is none (mission: T3)."""
    if not ledger:
        return
    yield Heading(t("The days one by one"))
    rows = tuple((_span(line), _nth(t, line), _why(t, line)) for line in ledger)
    yield Table((Column(t("Days"), 5), Column(t("Counted as"), 3), Column(t("Why"), 5)), rows)


def _span(line: LedgerLine) -> str:
    first, last = f"{line.from_on:%m-%d}", f"{line.until_on:%m-%d}"
    return first if first == last else f"{first}–{last}"


def _nth(t: Translator, line: LedgerLine) -> str:
    if not line.last_n:
        return "—"
    if line.first_n == line.last_n:
        return t("no. {n}", n=line.first_n)
    return t("no. {first} – {last}", first=line.first_n, last=line.last_n)


def _why(t: Translator, line: LedgerLine) -> str:
    said = t(line.why)
    if line.basis:
        said = t("{why} ({basis})", why=said, basis=line.basis)
    surely = not line.provisional or line.why == PROVISIONAL  # which says so itself
    return said if surely else t("{why} (may change)", why=said)


def basis_text(t: Translator, basis: tuple[str, ...]) -> Iterator[Pair]:
    """The laws with their articles, one a line."""
    if basis:
        yield Pair(t("Legal basis"), "\n".join(basis))
