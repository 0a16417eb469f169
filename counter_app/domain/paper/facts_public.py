"""Facts of papers made without a decision: guide, slip, application form, stamped copies, hand-over slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.paper.facts import Applicant, Counted, ItemNamed, Limit, PaperFacts, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideMaterial:
    """One material with every field of mission I4. Empty texts are unknown and are not printed."""

    name: str
    when: str = ""
    purpose: str = ""
    content: str = ""
    requirement: str = ""
    size: str = ""
    originals: int = 0
    copies: int = 0
    handling: str = ""
    source: str = ""
    basis: str = ""
    sample_qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee as published: item, standard, basis (mission: P5)."""

    name: str
    standard: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClause:
    """An "other papers" clause in the source's words, and the closed list that stands under it."""

    source_text: str
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideFacts(PaperFacts):
    """办事指南 (a sheet) or, with `slip`, 办事须知 (a roll): mission P7, D2.

    `situation` names the answers the materials were chosen by, if any. `limits` may be None where
    the source gives none; `discretion` are its published bands (mission: C16);
    `version` and the dates say which version of the item this is.
    """

    slip: bool = False
    item: ItemNamed
    handled_as: str = ""
    situation: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    materials: tuple[GuideMaterial, ...] = ()
    open_clauses: tuple[OpenClause, ...] = ()
    procedure: tuple[str, ...] = ()
    legal_limit: Limit | None = None
    promised_limit: Limit | None = None
    upper_body: str = ""
    upper_limit: Limit | None = None
    fees: tuple[Fee, ...] = ()
    free_of_charge: bool = False
    discretion: tuple[str, ...] = ()
    result: str = ""
    place: str = ""
    hours: str = ""
    version: str = ""
    effective_from: date | None = None

    @property
    def kind(self) -> PaperKind:
        return PaperKind.GUIDE_SLIP if self.slip else PaperKind.GUIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of an application form and what was filled in; an empty value leaves room to write."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPart:
    """A headed part of a form."""

    heading: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts(PaperFacts):
    """申请表, filled in (mission: P12); `oral` for an oral application written down and read back.

    `witness` asks for a witness beside the thumb-print of who cannot sign.
    """

    title: str
    case_number: str = ""
    item: ItemNamed
    applicant: Applicant
    parts: tuple[FormPart, ...]
    declaration: str = ""
    oral: bool = False
    witness: bool = False

    @property
    def kind(self) -> PaperKind:
        return PaperKind.FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyStampFacts(PaperFacts):
    """The sheet that certifies copies: 与原件一致, by whom and when (mission: P12)."""

    case_number: str = ""
    item: ItemNamed
    applicant: Applicant
    copies: tuple[Counted, ...]
    checked_by: str
    checked_on: date

    @property
    def kind(self) -> PaperKind:
        return PaperKind.COPY_STAMP


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFacts(PaperFacts):
    """材料交接签收单: papers on their way from one hall to another, signed for by both (mission: H1).

    `sign_by` is the day by which the receiving hall signs (within one working day).
    """

    case_number: str
    item: ItemNamed
    applicant: Applicant
    from_hall: str
    to_hall: str
    given_by: str
    materials: tuple[Counted, ...]
    sign_by: date
    reason: str = ""
    bar_code: str = ""
    copies: int = 2

    @property
    def kind(self) -> PaperKind:
        return PaperKind.HAND_OVER
