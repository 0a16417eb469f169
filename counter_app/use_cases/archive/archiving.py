"""Closing a case's file and opening it by right (mission: C14, P8). A closed file is frozen.

Not here: the package's files (`packaging.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.agents.agents import AGENTS
from counter_app.domain.archive.archive import FILES, ArchiveOpened, CaseArchived, CaseFile, Entries
from counter_app.domain.archive.rules import Contents, Missing, keep_until, missing
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.case import Case, Stage
from counter_app.domain.intake.ending_facts import CaseReopened
from counter_app.domain.intake.ending_papers import end_papers
from counter_app.domain.intake.pictures import ALBUMS
from counter_app.domain.intake.scene import Planned, applicant_of, kept_lines
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts, PaperKind
from counter_app.domain.paper.facts_archive import ArchiveEntry, ArchiveFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.course import course_of
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.archive.handling_course import review_sheets
from counter_app.use_cases.casework.following import take_up
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.time.keeping import keep_time
from counter_app.use_cases.time.who import acting

USE: Final = "use"
REOPEN: Final = "case.reopen"
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class FileView:
    """A case's file for the clerk: what it holds so far, what is missing, and how it stands."""

    case: str
    number: str
    item: str
    retention: str
    file: CaseFile | None
    entries: Entries
    missing: tuple[Missing, ...]

    @property
    def complete(self) -> bool:
        return not any(one.needed for one in self.missing)


@dataclass(frozen=True, slots=True)
class ToFile:
    """A case that ended and is not filed; `needed` things keep its file open. `hidden`: a sensitive one that
    whoever asks may not see (mission: I10)."""

    case: str
    number: str
    item: str
    stage: Stage
    ended_on: date
    needed: int
    hidden: bool = False


class Archiving:
    """Commands on files. The same key again gives the same result. `pages` counts those of a paper of ours,
    by its id, for the list of contents; 0 leaves it open."""

    def __init__(
        self, store: Store, reference: CaseReference, statements: StatementMaker, pages: Callable[[str], int]
    ) -> None:
        self._pages = pages
        self._store = store
        self._reference = reference
        self._statements = statements

    def view(self, case: str) -> FileView:
        """UserFacingError `case.unknown`, `case.no-item`."""
        with self._store.reading() as reader:
            seen = look(reader, self._reference, case)
            item, _ = seen.needed_item()
            return FileView(
                case,
                seen.case.number,
                item.name,
                item.retention,
                reader.get(FILES, case),
                _entries(reader, seen),
                missing(_contents(reader, seen)),
            )

    def to_file(self, actor: Actor) -> tuple[ToFile, ...]:
        """Cases that ended and are not filed, the oldest first."""
        with self._store.reading() as reader:
            onlooker = Onlooker(reader, self._reference, actor)
            cases = reader.cases.to_file(MOST)
            return tuple(self._waits(reader, case, hidden=onlooker.hides(case)) for case in cases)

    def _waits(self, reader: Reader, case: Case, *, hidden: bool) -> ToFile:
        seen = look(reader, self._reference, case.id)
        item, lacks = (seen.item, missing(_contents(reader, seen))) if seen.item else (None, ())
        ended = (case.ended_at or case.changed_at).date()
        count = sum(one.needed for one in lacks)
        name = item.name if item and not hidden else ""
        return ToFile(case.id, case.number, name, case.stage, ended, count, hidden)

    def material_names(self, case: str) -> dict[str, str]:
        """What the case's materials are called, by code."""
        with self._store.reading() as reader:
            lines = look(reader, self._reference, case).needed_item()[1].lines
            return {line.material.code: line.material.full_name for line in lines}

    def archive(self, actor: Actor, key: str, case: str, reason: str = "") -> str:
        """Close the file; gives the cover's paper id. What may be let pass needs a `reason`.

        UserFacingError `archive.closed`, `archive.incomplete`, `archive.reason-needed`.
        """
        checked_text(reason)
        with self._store.reading() as reader:
            pages = {paper.id: self._pages(paper.id) for paper in reader.papers.of_case(case)}

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            need_open_file(tx, case)
            lacks = missing(_contents(tx, seen))
            _refuse_incomplete(lacks, reason)
            item, _ = seen.needed_item()
            ended = (seen.case.ended_at or tx.now).date()
            until = keep_until(item.retention, ended)
            known = tx.get(FILES, case)
            number = known.number if known else paper_number(tx, PaperKind.ARCHIVE, seen.plan.short_name)
            facts = _cover(tx, seen, actor, number, _listed(tx, seen, pages), reason if lacks else "")
            self._issue(tx, actor, seen, facts, number)
            entries = (*_entries(tx, seen), ("paper", number, "archive-contents"))
            fact = CaseArchived(
                case=case,
                number=number,
                retention=item.retention,
                keep_until=until.isoformat() if until else None,
                entries=entries,
                waived=tuple(one.code for one in lacks),
            )
            tx.record(fact, private={"reason": reason.encode()} if reason else None)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def open_file(self, actor: Actor, key: str, case: str, reason: str) -> None:
        """Open a closed file by right, to add to it (更正, 补证 …); the case stays ended.

        UserFacingError `archive.not-closed`, `archive.reason-needed`, `access.no-right`.
        """
        _need_reason(checked_text(reason))

        def work(tx: Transaction) -> None:
            acting(self._reference.plan(tx), actor, REOPEN)
            file = tx.get(FILES, case)
            if file is None or not file.closed:
                raise UserFacingError(
                    "archive.not-closed",
                    "This case's file is not closed.",
                    kept="Nothing was changed.",
                    remedy="Add to it as it is.",
                )
            tx.record(ArchiveOpened(case=case), private={"reason": reason.encode()})

        self._store.act(actor, key, work)

    def undo_end(self, actor: Actor, key: str, case: str, reason: str, article: str) -> str:
        """Set the end of a case aside by right: it goes on where it stood; gives the notice's paper id.

        UserFacingError `archive.reason-needed`, `case.not-ended`, `access.no-right`.
        """
        _need_reason(checked_text(reason))
        _need_reason(checked_text(article))

        def work(tx: Transaction) -> None:
            acting(self._reference.plan(tx), actor, REOPEN)
            seen = look(tx, self._reference, case)
            if not seen.case.ended or seen.case.stage in ("no_permit", "merged"):
                raise UserFacingError(
                    "case.not-ended",
                    "This case has no end that could be set aside.",
                    kept="Nothing was changed.",
                    remedy="Look where it stands.",
                )
            scene = seen.scene(actor.staff, actor.place)
            (planned,) = end_papers("reopened", scene, reason, article)
            number = paper_number(tx, planned.facts.kind, seen.plan.short_name)
            tx.record(_reopened(seen, article), private={"reason": reason.encode()})
            self._issue(tx, actor, seen, planned.facts, number, roll=True)
            keep_time(tx, self._reference, case)
            take_up(tx, self._reference, self._statements, actor, case)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def _issue(
        self, tx: Transaction, actor: Actor, seen: Look, facts: PaperFacts, number: str, *, roll: bool = False
    ) -> None:
        about = About(
            place=actor.place,
            short_name=seen.plan.short_name,
            case=seen.case.id,
            item=seen.case.draft.item,
            query=seen.case.query,
        )
        issue(tx, [(Planned(facts, roll=roll, sheet=True), number)], about, self._statements)


def _reopened(seen: Look, article: str) -> CaseReopened:
    """What was never accepted has its days for a first word again, lest silence accept what was refused."""
    again = None if seen.case.accepted_at else seen.decide_by.isoformat()
    return CaseReopened(case=seen.case.id, article=article, decide_by=again)


def _need_reason(text: str) -> None:
    if not text.strip():
        raise UserFacingError(
            "archive.reason-needed",
            "This needs a reason, and what it rests on.",
            kept="Nothing was changed.",
            remedy="Type it.",
        )


def _refuse_incomplete(lacks: tuple[Missing, ...], reason: str) -> None:
    needed = [one for one in lacks if one.needed]
    if needed:
        first = needed[0].said
        raise UserFacingError(
            "archive.incomplete",
            first.source,
            kept="The file stays open.",
            remedy="Complete it first: the page lists all that is missing.",
            **first.places,
        )
    if lacks and not reason.strip():
        raise UserFacingError(
            "archive.let-pass",
            "{count} things are missing that may be let pass: say why.",
            kept="The file stays open.",
            remedy="Complete them, or give the reason.",
            count=len(lacks),
        )


def _contents(reader: Reader, seen: Look) -> Contents:
    item, lines = seen.needed_item()
    album = reader.get(ALBUMS, seen.case.id)
    kept = [line.material for line, _, _ in kept_lines(lines, seen.case) if line.material.handling == USE]
    agents = reader.listed.open(AGENTS, MOST)
    return Contents(
        case=seen.case,
        papers=reader.papers.of_case(seen.case.id),
        delivery=reader.get(DELIVERIES, seen.case.id),
        fees=reader.get(FEES, seen.case.id),
        kept=tuple(material.name for material in kept),
        pictured=tuple(material.name for material in kept if album and album.of(material.code)),
        produces=bool(item.results),
        agent=next((one.name for one in agents if seen.case.id in one.open), ""),
    )


def _entries(reader: Reader, seen: Look) -> Entries:
    papers = [("paper", paper.number, paper.kind) for paper in reader.papers.of_case(seen.case.id)]
    album = reader.get(ALBUMS, seen.case.id)
    names = {line.material.code: line.material.name for line in seen.needed_item()[1].lines}
    pictures = [
        ("picture", picture.digest, names.get(picture.material, picture.material))
        for picture in (album.standing if album else ())
    ]
    return (*papers, *pictures)


def _listed(reader: Reader, seen: Look, pages: Mapping[str, int]) -> tuple[ArchiveEntry, ...]:
    """The contents: papers of ours, pictures, materials on paper; `pages` of the papers by id."""
    checklist = seen.needed_item()[1]
    papers = reader.papers.of_case(seen.case.id)
    album = reader.get(ALBUMS, seen.case.id)
    entries = [
        ArchiveEntry(
            kind=paper.kind,
            title="",
            reference=paper.number,
            on=paper.issued_at.date(),
            pages=pages.get(paper.id, 0),
        )
        for paper in papers
    ]
    names = {line.material.code: line.material.full_name for line in checklist.lines}
    pictures: dict[str, int] = {}
    for picture in album.standing if album else ():
        pictures[picture.material] = pictures.get(picture.material, 0) + 1
    entries += [
        ArchiveEntry(kind="picture", title=names.get(code, code), pages=count)
        for code, count in pictures.items()
    ]
    pictured = {names.get(code, code) for code in pictures}
    entries += [
        ArchiveEntry(kind="material", title=line.material.full_name, pages=originals + copies)
        for line, originals, copies in kept_lines(checklist, seen.case)
        if line.material.full_name not in pictured
    ]
    return tuple(entries)


def _cover(
    reader: Reader, seen: Look, actor: Actor, number: str, entries: tuple[ArchiveEntry, ...], let_pass: str
) -> ArchiveFacts:
    item, _ = seen.needed_item()
    scene = seen.scene(actor.staff, actor.place)
    ended = (seen.case.ended_at or reader.now).date()
    course = course_of(reader, seen)
    return ArchiveFacts(
        head=scene.head,
        case_number=seen.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        end=seen.case.stage,
        opened_on=scene.applied_on,
        ended_on=ended,
        retention=item.retention,
        keep_until=keep_until(item.retention, ended),
        acts=len(course),
        entries=entries,
        let_pass=let_pass,
        course=course,
        reviews=review_sheets(reader, seen),
    )
