"""One look at a case: everything that views, previews and decisions rest on, read once.

Commands and queries use the same look, so what the clerk sees is what is decided on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Protocol

from counter_app.domain.blanks.blanks import BLANKS
from counter_app.domain.casework.beginning import lines_of
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.procedure import c9_decided_behind
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case, Mark
from counter_app.domain.intake.competence import OURS, Finding, competence, hall_places
from counter_app.domain.intake.deeming import i7_as_of, i7_decide_by, i7_lead_late
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES, Identity, Party
from counter_app.domain.intake.scene import BY_CARD, Scene
from counter_app.domain.intake.time_start import counts_from
from counter_app.domain.intake.verdict import NOTHING, Known, Verdict, verdict
from counter_app.domain.paper.facts import PaperHead, Remedies
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.ledger import Due, due
from counter_app.domain.time.limits import Limit
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.joined import with_joined_marks
from counter_app.use_cases.intake.on_file import with_results_on_file
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.waiting.reference import Reference

# 行政许可法 §32 (四): shortcomings are told within five days; bringing papers has the hall's own rule.
DELIVER_WITHIN: Final = Limit(10, "working_days")  # 行政许可法 第四十四条: 颁发、送达
SUPPLY_WITHIN: Final = "intake.supply_days"
SUPPLY_DEFAULT: Final = 10
UNNUMBERED: Final = "……"
# 行政复议法 (2023) §24, 行政诉讼法 §14–18: who is competent where the hall names no other body.
REVIEW_BODY: Final = "本级人民政府"
COURT: Final = "有管辖权的人民法院"


class CaseReference(Reference, Protocol):
    """Hall, catalogue and calendar in force."""

    def calendar(self, reader: Reader) -> WorkCalendar: ...


@dataclass(frozen=True, slots=True)
class Look:
    """`item` and `checklist` are None until an item is chosen. `parties` by id. `due` and `legal_due` are as
    the case's clock has them (with what stopped it), before acceptance as if accepted now."""

    case: Case
    plan: HallPlan
    catalogue: Catalogue
    calendar: WorkCalendar
    now: datetime
    parties: Mapping[str, Party]
    item: Item | None
    checklist: Checklist | None
    competence: Finding
    due: Due | None
    legal_due: Due | None
    verdict: Verdict
    clock: Clock | None = None

    @property
    def clockcounts_from(self) -> datetime:
        """From when the limits count: acceptance, or receipt where the item says so."""
        return counts_from(self.case, self.item, self.now)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def lead_late(self) -> int:
        """Working days by which the lead is late with telling shortcomings (mission: I7)."""
        return i7_lead_late(self.case, self.today, self.calendar)

    @property
    def identities(self) -> Mapping[str, Identity]:
        return {id: party.identity for id, party in self.parties.items() if party.identity}

    @property
    def supply_by(self) -> date:
        days = self.plan.settings.get(SUPPLY_WITHIN, SUPPLY_DEFAULT)
        return due(Limit(days, "working_days"), self.now, self.calendar).day

    @property
    def decide_by(self) -> date:
        return i7_decide_by(self.now, self.calendar)

    @property
    def deliver_by(self) -> date:
        """The last day for what is decided now to be made and delivered."""
        return due(DELIVER_WITHIN, self.now, self.calendar).day

    @property
    def department(self) -> str:
        """Who handles the item, by name."""
        code = self.checklist.department if self.checklist else ""
        body = self.catalogue.body(code)
        return body.name if body else code

    @property
    def authority(self) -> str:
        """The name on the seal: the department's own where the hall's plan gives no other."""
        code = self.checklist.department if self.checklist else ""
        named = (entry.authority for entry in self.plan.departments if entry.code == code)
        return next(named, "") or self.department

    @property
    def remedies(self) -> Remedies:
        return Remedies(review_body=self.plan.review_body or REVIEW_BODY, court=self.plan.court or COURT)

    def serving_counters(self) -> tuple[int, ...]:
        """Counters licensed for the item, those that prefer it first."""
        if self.item is None:
            return ()
        return tuple(counter.number for counter in self.plan.counters_for(self.item.licence))

    def needed_item(self) -> tuple[Item, Checklist]:
        """UserFacingError `case.no-item` before one is chosen."""
        if self.item is None or self.checklist is None:
            raise UserFacingError("case.no-item", "No item is chosen yet.", remedy="Choose an item first.")
        return self.item, self.checklist

    def scene(self, staff: str, counter: str) -> Scene:
        """What papers are made from, with the number left open. Raises `case.no-item`."""
        item, lines = self.needed_item()
        return Scene(
            head=self.head(staff, counter),
            case=self.case,
            item=item,
            checklist=lines,
            identities=self.identities,
            department=self.department,
            authority=self.authority,
            remedies=self.remedies,
            due=self.due,
            legal_due=self.legal_due,
            decide_by=self.decide_by,
            supply_by=self.supply_by,
            today=self.today,
        )

    def head(self, staff: str, counter: str) -> PaperHead:
        return paper_head(self.plan, self.now, staff, counter, query=self.case.query)


def paper_head(plan: HallPlan, now: datetime, staff: str, counter: str, *, query: str = "") -> PaperHead:
    """The head of a paper made now; its number and QR come when it is issued."""
    member = plan.member(staff)
    return PaperHead(
        number=UNNUMBERED,
        hall=plan.hall.name,
        acted_at=now,
        counter=f"{counter}号窗口" if counter.isdigit() else "",
        clerk=member.name if member else "",
        complaint_line=plan.complaint_line,
        inquiry_line=plan.inquiry_line,
        promises=plan.promises[0].text if plan.promises else "",
        query_code=query,
        training=plan.training,
    )


def look(reader: Reader, reference: CaseReference, id: str) -> Look:
    """Read all about one case. UserFacingError `case.unknown`."""
    case = i7_as_of(reader.need(CASES, id), reader.now.date())
    plan, catalogue = reference.plan(reader), reference.catalogue(reader)
    calendar = reference.calendar(reader)
    known = _parties(reader, case)
    key = case.item_key
    item = catalogue.version(*key) if key else None
    lines = lines_of(item, case, reader.now.date(), plan.settings) if item else None
    identities = {party: state.identity for party, state in known.items() if state.identity}
    waits: tuple[str, ...] = ()
    if lines is not None:
        case = _with_known_marks(reader, case, lines, identities)
        case, waits = with_joined_marks(reader, catalogue, case, lines)
    finding = OURS
    promised = legal = clock = None
    judged = NOTHING
    if item is not None and lines is not None:
        finding = competence(
            item.competence, case.draft.persons, identities, case.draft.fields, hall_places(_names(plan))
        )
        clock, promised, legal = _counted(reader, case, item, lines, calendar)
        judged = verdict(
            Known(
                item=item,
                checklist=lines,
                case=case,
                competence=finding,
                expired=_expired(case, identities, reader.now.date()),
                mandate_short=_mandate_short(case, reader.now.date()),
                due_if_complete=promised,
                today=reader.now.date(),
                waits=waits,
                behind=c9_decided_behind(reader.get(HANDLINGS, id), item),
            )
        )
    return Look(
        case,
        plan,
        catalogue,
        calendar,
        reader.now,
        known,
        item,
        lines,
        finding,
        promised,
        legal,
        judged,
        clock,
    )


def _parties(reader: Reader, case: Case) -> Mapping[str, Party]:
    parties = {person.party: reader.get(PARTIES, person.party) for person in case.draft.persons}
    return {party: state for party, state in parties.items() if state is not None}


def _with_known_marks(
    reader: Reader, case: Case, lines: Checklist, identities: Mapping[str, Identity]
) -> Case:
    """What needs no paper: the card answers it, or the hall gave it itself."""
    by_card = _with_card_marks(case, lines, identities, reader.now.date())
    return with_results_on_file(reader, by_card, lines, identities)


def _with_card_marks(case: Case, lines: Checklist, identities: Mapping[str, Identity], today: date) -> Case:
    """What the applicant's own card answers is present without a key pressed, unless it was judged or
    the card has expired (mission: I11). It is derived at each look, so taking the card's person away
    takes it away too."""
    applicant = case.applicant
    identity = identities.get(applicant.party) if applicant else None
    if applicant is None or applicant.source != "card" or identity is None or identity.expired(today):
        return case
    by_card = {
        line.material.code: Mark("present", BY_CARD, originals=0, copies=0)
        for line in lines.lines
        if line.material.satisfied_by_card and line.material.code not in case.draft.marks
    }
    if not by_card:
        return case
    return replace(case, draft=replace(case.draft, marks={**case.draft.marks, **by_card}))


def _names(plan: HallPlan) -> tuple[str, ...]:
    """The hall's name and those of the halls above it."""
    by_code = {hall.code: hall for hall in plan.halls}
    names, hall = [], by_code.get(plan.code)
    while hall is not None and hall.name not in names:
        names.append(hall.name)
        hall = by_code.get(hall.parent)
    return tuple(names)


def _counted(
    reader: Reader, case: Case, item: Item, lines: Checklist, calendar: WorkCalendar
) -> tuple[Clock | None, Due | None, Due | None]:
    """The case's clock with its promised and legal date; before acceptance as if accepted now."""
    clock = reader.get(CLOCKS, case.id) if case.accepted_at else None
    if clock is not None:
        now = reader.now
        return clock, clock.counted("promised", calendar, now), clock.counted("legal", calendar, now)
    since, legal = counts_from(case, item, reader.now), lines.legal_limit
    limits = (lines.promised_limit or legal, legal)
    promised, by_law = (due(limit, since, calendar) if limit else None for limit in limits)
    return None, promised, by_law


def _expired(case: Case, identities: Mapping[str, Identity], today: date) -> tuple[str, ...]:
    return tuple(
        identities[person.party].name
        for person in case.draft.persons
        if person.party in identities and identities[person.party].expired(today)
    )


def _mandate_short(case: Case, today: date) -> bool:
    agent = case.with_role("agent")
    return agent is not None and (agent.mandate is None or not agent.mandate.holds(today))


def blank_given(reader: Reader, case: str, counter: str) -> str:
    """The number of the blank that this counter has given the case's citizen, "" for none (mission: P11)."""
    blanks = reader.get(BLANKS, counter) if counter else None
    return blanks.issued_to(case) if blanks else ""
