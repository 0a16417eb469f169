"""What is shown of cases: the case in hand, the paper it will become, lists (mission: I2–I6, I16).

Not here: the one box that finds everything (`finding.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.checklist import ChecklistLine
from counter_app.domain.catalogue.materials import PENDING, LegalBasis
from counter_app.domain.identity.masking import mask_number
from counter_app.domain.intake.case import Case, Participant
from counter_app.domain.intake.competence import Finding
from counter_app.domain.intake.paper_facts import DecisionInput, papers_for
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.intake.pictures import ALBUMS, Album
from counter_app.domain.intake.scene import BY_CARD, quoted
from counter_app.domain.intake.verdict import DecisionKind, Sentence, mendable
from counter_app.domain.journal import Actor
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.model import Paper
from counter_app.domain.time.clock import CLOCKS
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.use_cases.casework.foreseen import planned_steps
from counter_app.use_cases.casework.restricted import Onlooker, Opening, need_sight
from counter_app.use_cases.intake.contact import ContactView, contact_of
from counter_app.use_cases.intake.look import CaseReference, Look, blank_given, look
from counter_app.use_cases.intake.views import (
    CaseRow,
    CaseView,
    ItemView,
    LineView,
    PersonView,
    QuestionView,
)
from counter_app.use_cases.ports.store import Reader, Store

EARLIER: Final = 10
NOT_NEEDED: Final = 2
NEEDED_LATER: Final = 3
READ: Final = frozenset({"card", "passport"})  # the document itself was read


class IntakeQueries:
    """Questions about cases; each is one short read."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def case_view(self, case: str, counter: str = "", opening: Opening | None = None) -> CaseView:
        """Everything about one case, as of now, for the clerk at `counter`; who comes upon it says how.

        UserFacingError `case.unknown`, `case.restricted`.
        """
        with self._store.reading() as reader:
            seen = look(reader, self._reference, case)
            if opening is not None:
                need_sight(reader, self._reference, seen.case, counter, opening)
            onlooker = Onlooker(reader, self._reference, opening.actor if opening else None, counter)
            return _view(reader, seen, counter, onlooker)

    def contact(self, case: str) -> ContactView:
        """Telephone, places, delivery: what is kept and what can be offered. Raises `case.no-item`."""
        with self._store.reading() as reader:
            return contact_of(reader, self._reference, case)

    def preview(
        self,
        case: str,
        t: Translator,
        *,
        outcome: DecisionKind | None = None,
        detail: DecisionInput | None = None,
        staff: str = "",
        counter: str = "",
    ) -> Paper | None:
        """The first paper that deciding now would print, number and QR left open; None before there is
        an item and an applicant. Made by the very functions that the decision uses."""
        with self._store.reading() as reader:
            seen = look(reader, self._reference, case)
            steps = planned_steps(reader, self._reference, seen)
            given = detail or suggested_detail(reader, seen, counter)
        if seen.item is None or seen.case.applicant is None:
            return None
        kind = outcome or seen.verdict.suggested or _growing(seen)
        scene = replace(seen.scene(staff, counter), plan=steps)
        return build(papers_for(kind, scene, given)[0].facts, t)

    def case_list(
        self, actor: Actor, counter: str = "", *, open_only: bool = True, most: int = 50
    ) -> tuple[CaseRow, ...]:
        """Cases changed last, newest first; with `open_only` those still in hand at `counter`."""
        with self._store.reading() as reader:
            cases = reader.cases.open_at(counter, most) if open_only else reader.cases.recent(most)
            return self._listed(reader, actor, cases)

    def cases_of_person(self, actor: Actor, lookup: str, most: int = 50) -> tuple[CaseRow, ...]:
        """The newest first, of a person that was found."""
        with self._store.reading() as reader:
            return self._listed(reader, actor, reader.cases.of_person(lookup, most))

    def _listed(self, reader: Reader, actor: Actor, cases: tuple[Case, ...]) -> tuple[CaseRow, ...]:
        """Of sensitive ones that this person may not see the number only (mission: I10)."""
        catalogue, onlooker = self._reference.catalogue(reader), Onlooker(reader, self._reference, actor)
        return tuple(listed(reader, catalogue, case, hidden=onlooker.hides(case)) for case in cases)

    def cases_of_ticket(self, ticket: str) -> tuple[CaseRow, ...]:
        with self._store.reading() as reader:
            catalogue = self._reference.catalogue(reader)
            return tuple(row(reader, catalogue, case) for case in reader.cases.of_ticket(ticket))


def row(reader: Reader, catalogue: Catalogue, case: Case) -> CaseRow:
    key = case.item_key
    person = case.applicant
    party = reader.get(PARTIES, person.party) if person else None
    return CaseRow(
        case=case.id,
        number=case.number,
        item=catalogue.version(*key).name if key else "",
        applicant=party.name if party else "",
        stage=case.stage,
        changed_at=case.changed_at,
        due=due_day(reader, case),
        held_until=case.held_until,
    )


def listed(reader: Reader, catalogue: Catalogue, case: Case, *, hidden: bool) -> CaseRow:
    """A row for who may see the case, or of a hidden one its number and how it stands."""
    known = row(reader, catalogue, case)
    return replace(known, item="", applicant="", due=None, hidden=True) if hidden else known


def due_day(reader: Reader, case: Case) -> date | None:
    """The day a case is due as its clock has it; None while that stands, and without a limit."""
    clock = reader.get(CLOCKS, case.id) if case.accepted_at else None
    if clock is not None and clock.running:
        return clock.promised_due or clock.legal_due
    return case.promised_due or case.legal_due


def suggested_detail(reader: Reader, seen: Look, counter: str) -> DecisionInput:
    """Reason, article and competent body as the situation's stop or the place gives them; else the number of
    the blank that this counter has given its citizen (mission: P11)."""
    stops = seen.checklist.stops if seen.checklist else ()
    if stops:
        stop = stops[0].what
        return DecisionInput(reason=stop.text, article=_article(seen, stop.basis), competent=stop.body)
    if seen.competence.found == "elsewhere" and seen.item is not None:
        return DecisionInput(
            reason=_not_ours(seen.item.competence.text, seen.competence),
            article=_article(seen, None),
            competent=seen.competence.body,
        )
    return DecisionInput(result_number=blank_given(reader, seen.case.id, counter))


def _not_ours(rule: str, found: Finding) -> str:
    """Why it is not this hall's, as the decision states it: the rule alone ("现居住地在本街道") would say
    the opposite."""
    where = "；".join(filter(None, (found.address, found.why)))
    return "；".join(
        filter(None, ("不属本机关管辖", f"管辖规定：{rule}" if rule else "", where and f"核实情况：{where}"))
    )


def _article(seen: Look, basis: LegalBasis | None) -> str:
    """The law to quote: the stop's own, else the item's first; empty where nobody has named one."""
    quotable = [basis] if basis else list(seen.item.legal_basis if seen.item else ())
    named = [quoted(entry) for entry in quotable if entry.name != PENDING]
    return named[0] if named else ""


def _growing(seen: Look) -> DecisionKind:
    return "notify" if seen.verdict.counts.short else "receive"


def _view(reader: Reader, seen: Look, counter: str, onlooker: Onlooker) -> CaseView:
    case, lines = seen.case, seen.checklist
    earlier = _earlier(reader, seen)
    counters = seen.serving_counters()
    album = reader.get(ALBUMS, case.id) or Album(case.id)
    return CaseView(
        case=case.id,
        number=case.number,
        query=case.query,
        stage=case.stage,
        ticket=case.ticket,
        saved_at=case.changed_at,
        held_until=case.held_until,
        persons=tuple(_person(seen, person) for person in case.draft.persons),
        fields=tuple(case.draft.fields.items()),
        notes=case.draft.notes,
        item=_item(seen),
        questions=_questions(seen),
        lines=tuple(_line(seen, line, album) for line in lines.lines) if lines else (),
        undecided=tuple(material.name for material in lines.undecided) if lines else (),
        dropped=tuple((entry.what.name, entry.because) for entry in lines.dropped) if lines else (),
        remarks=tuple(entry.what for entry in lines.notes) if lines else (),
        stops=tuple((entry.what.text, entry.because) for entry in lines.stops) if lines else (),
        prerequisites=tuple(
            (entry.what.item, entry.what.text, entry.because) for entry in lines.prerequisites
        )
        if lines
        else (),
        verdict=seen.verdict,
        suggested_detail=suggested_detail(reader, seen, counter),
        due=seen.due,
        legal_due=seen.legal_due,
        competence=seen.competence,
        counters=counters,
        licensed=not counters or not counter or counter in {str(number) for number in counters},
        earlier=tuple(_earlier_row(reader, seen, entry, onlooker) for entry in earlier),
        warnings=_warnings(seen, earlier),
        notices=case.notices,
        may_undo=case.open and bool(case.steps),
    )


def _person(seen: Look, person: Participant) -> PersonView:
    identity = seen.identities.get(person.party)
    organisation = identity is not None and identity.sort == "organisation"
    number = identity.number if identity else ""
    return PersonView(
        party=person.party,
        role=person.role,
        sort=identity.sort if identity else "person",
        name=identity.name if identity else "",
        number=number if organisation else mask_number(number),
        document=identity.document if identity else "",
        sex=identity.sex if identity else "",
        nation=identity.nation if identity else "",
        birth=identity.birth if identity else None,
        birth_part=identity.birth_part if identity else "",
        address=identity.address if identity else "",
        valid_to=identity.valid_to if identity else None,
        long_term=bool(identity and identity.long_term),
        expired=bool(identity and identity.expired(seen.today)),
        source=person.source,
        same=person.same,
        mandate=person.mandate.scope if person.mandate else "",
        mandate_until=person.mandate.until if person.mandate else None,
    )


def _item(seen: Look) -> ItemView | None:
    item, lines = seen.item, seen.checklist
    if item is None or lines is None:
        return None
    return ItemView(
        code=item.code,
        version=item.version,
        name=item.name,
        kind=item.item_kind,
        department=seen.department,
        legal_limit=lines.legal_limit,
        promised_limit=lines.promised_limit,
        limit_because=lines.limit_because,
        fee_fen=sum(fee.amount_fen for fee in item.fees),
        pending_check=item.pending_check,
    )


def _questions(seen: Look) -> tuple[QuestionView, ...]:
    if seen.checklist is None:
        return ()
    answers = seen.case.draft.answers
    views = []
    for question in seen.checklist.asked:
        answer = answers.get(question.code)
        views.append(QuestionView(question, answer, question.reads(answer) if answer is not None else ""))
    return tuple(views)


def _line(seen: Look, line: ChecklistLine, album: Album) -> LineView:
    material = line.material
    mark_now = seen.case.draft.marks.get(material.code)
    basis = "、".join(quoted(entry) for entry in material.legal_basis)
    detail = " · ".join(
        text for text in (material.issuer, material.requirement, material.size, basis) if text
    )
    return LineView(
        material=material.code,
        name=material.full_name,
        originals=line.originals,
        copies=line.copies,
        handling=material.handling,
        because=line.because,
        mark=mark_now.kind if mark_now else None,
        reason=mark_now.reason if mark_now and mark_now.reason != BY_CARD else "",
        detail=detail,
        needed=material.is_need != NOT_NEEDED,
        markable=seen.case.may_mark(material.code),
        lack_allowed=material.lack_allowed or material.is_need == NEEDED_LATER,
        mendable=mendable(line),
        by_card=mark_now is not None and mark_now.reason == BY_CARD,
        form=material.form,
        reasons=seen.catalogue.correction_reasons(material),
        pictures=len(album.of(material.code)),
    )


def _earlier(reader: Reader, seen: Look) -> tuple[Case, ...]:
    """Other cases of who applies; a draft of another day in which nothing was done is none."""
    applicant = seen.case.applicant
    identity = seen.identities.get(applicant.party) if applicant else None
    if identity is None or not identity.lookup:
        return ()
    others = (
        case for case in reader.cases.of_person(identity.lookup, 2 * EARLIER) if case.id != seen.case.id
    )
    return tuple(case for case in others if not _left_lying(reader, seen, case))[:EARLIER]


def _left_lying(reader: Reader, seen: Look, case: Case) -> bool:
    album = reader.get(ALBUMS, case.id) if case.barely_begun else None
    pictured = album is not None and bool(album.standing)
    return case.barely_begun and not pictured and case.opened_at.date() < seen.today


def _earlier_row(reader: Reader, seen: Look, case: Case, onlooker: Onlooker) -> CaseRow:
    """A sensitive one is told to who has had the citizen's card, not to who typed a name (mission: I10)."""
    applicant = seen.case.applicant
    by_card = applicant is not None and applicant.source in READ
    return listed(reader, seen.catalogue, case, hidden=not by_card and onlooker.hides(case))


def _warnings(seen: Look, earlier: tuple[Case, ...]) -> tuple[Sentence, ...]:
    """Duplicates, expired documents, identity not compared: they warn, they forbid nothing."""
    found = []
    key = seen.case.item_key
    for case in earlier:
        if key and case.item_key and case.item_key[0] == key[0] and not case.ended:
            source = mark("There is an open case for the same item already: {number}.")
            found.append(Sentence(source, (("number", case.number or case.opened_at.date().isoformat()),)))
    for person in seen.case.draft.persons:
        identity = seen.identities.get(person.party)
        if identity is None:
            continue
        if identity.expired(seen.today):
            found.append(Sentence(mark("The document of {name} has expired."), (("name", identity.name),)))
        if person.same is False:
            source = mark("{name} does not look like the document's holder.")
            found.append(Sentence(source, (("name", identity.name),)))
    return tuple(dict.fromkeys((*found, *_about_receipt(seen), *_asked_late(seen))))


def _asked_late(seen: Look) -> list[Sentence]:
    late = max((notice.lead_late for notice in seen.case.notices), default=0)
    source = mark("The lead asked {count} working days late: that time is the lead's own.")
    return [Sentence(source, (("count", str(late)),))] if late else []


def _about_receipt(seen: Look) -> list[Sentence]:
    """What the days since receipt have come to (mission: I7)."""
    if seen.lead_late:
        source = mark("The lead's two working days to ask are over by {count}: this time is the lead's own.")
        return [Sentence(source, (("count", str(seen.lead_late)),))]
    if seen.case.stage == "accepted" and not any(act.kind == "accept" for act in seen.case.acts):
        source = mark(
            "Nothing was asked in five working days: the case counts as accepted from receipt, {day}."
        )
        since = seen.case.received_at or seen.now
        return [Sentence(source, (("day", since.date().isoformat()),))]
    return []
