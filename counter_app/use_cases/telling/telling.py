"""The call list, every try, letters, the export for text messages (mission: I15, I17).

What is to be told follows from the cases as of now (`waiting_for.py`).
Not here: handing over (`use_cases/delivery`), the end of a case whose promise was broken (`intake.decide`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.ending_facts import LackSupplied
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.scene import Planned, Scene, applicant_of
from counter_app.domain.intake.time_papers import moved_notice
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import Counted, PaperFacts
from counter_app.domain.paper.facts_delivery import LetterFacts
from counter_app.domain.paper.facts_intake import Came, CorrectionReceiptFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.telling.reasons import Reason, Subject, due_now
from counter_app.domain.telling.telling import (
    OUTCOMES,
    TELLINGS,
    WAYS,
    About,
    CitizenTold,
    Outcome,
    Telling,
    Way,
    WayAsked,
)
from counter_app.domain.time.clock import CLOCKS
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.casework.restricted import Onlooker, Opening, need_sight
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About as AboutPaper
from counter_app.use_cases.papers.issuing import StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.telling.messages import Message
from counter_app.use_cases.telling.waiting_for import all_waiting, materials


@dataclass(frozen=True, slots=True)
class ToTell:
    """One line of the call list. `phone` is shown to who calls. `hidden`: of a sensitive case that whoever
    asks may not see there is its number and what it is about; its own counter (`counter`) and its department
    (`department`) call (mission: I10)."""

    case: str
    number: str
    item: str
    name: str
    phone: str
    about: Subject
    since: datetime
    until: date | None
    late: bool
    way: str
    tries: int
    last: str
    last_at: datetime | None
    due: bool
    things: tuple[str, ...]
    give_back: bool = False
    hidden: bool = False
    counter: str = ""
    department: str = ""


# What follows when promised papers (codes) have come to a case.
Supplied = Callable[[Transaction, Actor, str, tuple[str, ...]], None]


class TellingCitizens:
    """Commands and lists. The same key again gives the same result."""

    def __init__(
        self, store: Store, reference: CaseReference, statements: StatementMaker, supplied: Supplied
    ) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements
        self._supplied = supplied

    def to_tell(self, actor: Actor, *, due_only: bool = True, way: str = "") -> tuple[ToTell, ...]:
        """Who is to be told now, the most urgent first; with `way` only those who asked for it."""
        with self._store.reading() as reader:
            rows = [row for row in self._rows(reader, actor) if (row.due or not due_only)]
        rows = [row for row in rows if not way or row.way == way]
        return tuple(sorted(rows, key=lambda row: (not row.late, row.until or date.max, row.since)))

    def tell(
        self, actor: Actor, key: str, case: str, about: About, way: Way, outcome: Outcome, note: str = ""
    ) -> None:
        """Record a try. UserFacingError `telling.unknown` for a way or outcome there is not."""
        checked_text(note)
        if way not in WAYS or outcome not in OUTCOMES:
            raise UserFacingError("telling.unknown", "There is no such way or outcome.", remedy="Choose one.")

        def work(tx: Transaction) -> None:
            tx.need(CASES, case)
            need_open_file(tx, case)
            fact = CitizenTold(case=case, about=about, way=way, outcome=outcome)
            tx.record(fact, private={"note": note.encode()} if note else None)

        self._store.act(actor, key, work)

    def ask_way(self, actor: Actor, key: str, case: str, way: Way) -> None:
        """How the citizen wants to be told."""

        def work(tx: Transaction) -> None:
            tx.need(CASES, case)
            need_open_file(tx, case)
            tx.record(WayAsked(case=case, way=way))

        self._store.act(actor, key, work)

    def letter(self, actor: Actor, key: str, case: str, about: About) -> str:
        """A letter, counted as a try; of a date that moved its notice. Gives the paper's id.

        UserFacingError `telling.nothing`, `case.restricted`.
        """

        def work(tx: Transaction) -> None:
            need_sight(tx, self._reference, tx.need(CASES, case), actor.place, Opening(actor))
            row = self._row_of(tx, actor, case, about)
            seen = look(tx, self._reference, case)
            scene = seen.scene(actor.staff, actor.place)
            if about == "time":
                facts = moved_notice(scene, tx.need(CLOCKS, case))
            else:
                facts = _letter(seen, scene, row, 1 + _letters(tx.get(TELLINGS, case), about))
            paper = self._issue(tx, actor, seen, facts)
            tx.record(CitizenTold(case=case, about=about, way="letter", outcome="sent", paper=paper))

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def messages(self, actor: Actor, key: str) -> tuple[Message, ...]:
        """Messages for everybody who is to be told now and asked for text messages; each is a try. Those of
        sensitive cases are written out by who may see them. The same key gives the same messages again, so a
        lost file loses nobody."""

        def work(tx: Transaction) -> None:
            for row in self._rows(tx, actor):
                if by_message(row):
                    fact = CitizenTold(case=row.case, about=row.about, way="message", outcome="sent")
                    tx.record(fact, private={"note": f"{row.phone}\n{_text(tx, self, row)}".encode()})

        made = self._store.act(actor, key, work).events
        found = []
        with self._store.reading() as reader:
            for event in made:
                if isinstance(event.fact, CitizenTold):
                    phone, _, text = event.private.get("note", b"").decode().partition("\n")
                    number = reader.need(CASES, event.fact.case).number
                    found.append(Message(event.fact.case, number, phone, text))
        return tuple(found)

    def hall_name(self, reader: Reader) -> str:
        return self._reference.plan(reader).hall.name

    def supply(self, actor: Actor, key: str, case: str, materials: tuple[str, ...]) -> str:
        """容缺补交: what was promised has come; gives the receipt's paper id (mission: I15).

        UserFacingError `lack.nothing` when none of them was accepted without.
        """

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            came = tuple(code for code in seen.case.lacking if code in materials)
            if not came or seen.case.ended:
                raise UserFacingError(
                    "lack.nothing",
                    "This case waits for none of these papers.",
                    kept="Nothing was changed.",
                    remedy="Look at what was accepted without.",
                )
            paper_facts = _supply_receipt(seen.scene(actor.staff, actor.place), came)
            tx.record(LackSupplied(case=case, materials=came))
            self._issue(tx, actor, seen, paper_facts)
            self._supplied(tx, actor, case, came)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def awaited(self, case: str) -> tuple[tuple[str, str], ...]:
        """(code, name) of what was accepted without and has not come."""
        with self._store.reading() as reader:
            state = reader.need(CASES, case)
            return tuple(
                zip(state.lacking, materials(reader, self._reference, state, state.lacking), strict=True)
            )

    def tries(self, case: str) -> Telling:
        with self._store.reading() as reader:
            return reader.get(TELLINGS, case) or Telling(case)

    def _issue(self, tx: Transaction, actor: Actor, seen: Look, facts: PaperFacts) -> str:
        short = seen.plan.short_name
        number = paper_number(tx, facts.kind, short)
        about = AboutPaper(
            place=actor.place,
            short_name=short,
            case=seen.case.id,
            item=seen.case.draft.item,
            query=seen.case.query,
        )
        issue(tx, [(Planned(facts, sheet=True), number)], about, self._statements)
        return number

    def _row_of(self, reader: Reader, actor: Actor, case: str, about: About) -> ToTell:
        found = [row for row in self._rows(reader, actor) if row.case == case and row.about == about]
        if not found:
            raise UserFacingError(
                "telling.nothing",
                "There is nothing of this kind to tell in this case now.",
                kept="Nothing was sent.",
                remedy="Look at the list.",
            )
        return found[0]

    def _rows(self, reader: Reader, actor: Actor) -> Iterator[ToTell]:
        onlooker = Onlooker(reader, self._reference, actor)
        for waiting in all_waiting(reader, self._reference):
            row = self._row(reader, waiting.case, waiting.reason, waiting.things)
            if onlooker.hides(waiting.case):
                row = replace(row, hidden=True, item="", name="", phone="", things=())
            yield row

    def _row(self, reader: Reader, case: Case, reason: Reason, things: tuple[str, ...]) -> ToTell:
        telling = reader.get(TELLINGS, case.id)
        seen = look(reader, self._reference, case.id)
        applicant = case.applicant
        identity = seen.identities.get(applicant.party) if applicant else None
        tries = telling.about(reason.about) if telling else ()
        rule = seen.item.delivery if seen.item else None
        days = (reader.now - reason.since).days
        chase = due_now(reason, telling, reader.now)
        if reason.about == "result" and tries and rule is not None:
            chase = chase and days >= rule.chase_days
        return ToTell(
            case=case.id,
            number=case.number,
            item=seen.item.name if seen.item else "",
            name=identity.name if identity else "",
            phone=case.draft.fields.get("phone", "") or (identity.phone if identity else ""),
            about=reason.about,
            since=reason.since,
            until=reason.until,
            late=reason.late(reader.now.date()),
            way=(telling.way if telling else "") or case.draft.fields.get("tell", "") or "phone",
            tries=len(tries),
            last=tries[-1].outcome if tries else "",
            last_at=tries[-1].at if tries else None,
            due=chase,
            things=things,
            give_back=bool(
                reason.about == "result" and rule and rule.return_days and days >= rule.return_days
            ),
            counter=case.counter,
            department=seen.department,
        )


def _letter(seen: Look, scene: Scene, row: ToTell, nth: int) -> PaperFacts:
    applicant = applicant_of(scene)
    identity = seen.identities.get(seen.case.applicant.party) if seen.case.applicant else None
    about = told(row)
    assert about is not None
    assert about != "time"  # which has a notice
    return LetterFacts(
        head=scene.head,
        about=about,
        case_number=seen.case.number,
        item=scene.named,
        addressee=applicant.name,
        address=applicant.address or (identity.address if identity else ""),
        things=row.things,
        until=row.until,
        nth=nth,
    )


def told(row: ToTell) -> About | None:
    """What the citizen is told; None for what is still to be made."""
    return None if row.about == "certificate" else row.about


def by_message(row: ToTell) -> bool:
    """Whether a text message is due."""
    return row.due and row.way == "message" and bool(row.phone) and told(row) is not None


def _letters(telling: Telling | None, about: str) -> int:
    return sum(one.way == "letter" for one in telling.about(about)) if telling else 0


def _text(reader: Reader, telling: TellingCitizens, row: ToTell) -> str:
    """Plain words; the name masked, since a phone may be anybody's."""
    hall, name = telling.hall_name(reader), mask_name(row.name)
    until = row.until.isoformat() if row.until else ""
    if row.about == "result":
        what = f"您办理的“{row.item}”已有结果，请携带身份证件和回执领取"
    elif row.about == "fee":
        what = f"您办理的“{row.item}”有费用待缴，请按缴费通知书缴纳"
    elif row.about == "decision":
        what = f"您办理的“{row.item}”已作出决定，请携带身份证件领取决定书"
    elif row.about == "time":
        what = f"您办理的“{row.item}”办结日期改为{row.things[0]}"
    elif row.about == "choice":
        lacking = "、".join(row.things)
        what = f"您办理的“{row.item}”所需的前置结果未能按时取得（{lacking}），请与窗口联系，选择怎样继续"
    elif row.about == "held_up":
        what = f"您办理的“{row.item}”所需的前置结果已到，尚有材料须核对，请与窗口联系"
    elif row.about == "notice":
        what = f"您办理的“{row.item}”请于{until}前按告知书补齐材料：{'、'.join(row.things)}"
    elif row.late:
        what = f"您办理的“{row.item}”承诺补交的材料已逾期，请尽快与窗口联系"
    else:
        what = f"您办理的“{row.item}”尚有材料须于{until}前补交：{'、'.join(row.things)}"
    return f"【{hall}】{name}您好，{what}。办件号{row.number}"


def _supply_receipt(scene: Scene, came: tuple[str, ...]) -> CorrectionReceiptFacts:
    lines = {line.material.code: line for line in scene.checklist.lines}
    still = tuple(code for code in scene.case.lacking if code not in came)

    def counted(code: str) -> Counted:
        line = lines.get(code)
        if line is None:
            return Counted(name=code)
        return Counted(name=line.material.full_name, originals=line.originals, copies=line.copies)

    return CorrectionReceiptFacts(
        head=scene.head,
        notice_number="",
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        came=tuple(Came(material=counted(code), on=scene.today) for code in came),
        still_open=tuple(counted(code).name for code in still),
        until=scene.case.supply_by if still else None,
    )
