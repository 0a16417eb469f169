"""One project file across 立项, 备案 and 审批 (mission: C2).

The project's code is the one the applicant has from the investment platform, or any the hall gives; every
case that bears it is in the file, whenever it was begun. Not here: a joint matter, which one intake opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.case import PROJECT, STAGE_OF_PROJECT, Case, Stage
from counter_app.domain.intake.facts import FieldSet
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.intake.queries import due_day
from counter_app.use_cases.ports.store import Reader, Store, Transaction

ProjectStage = Literal["setting_up", "filing", "approval", "other"]
STAGES: Final[tuple[ProjectStage, ...]] = get_args(ProjectStage)
WORDS: Final[dict[ProjectStage, str]] = {
    "setting_up": mark("project set up (立项)"),
    "filing": mark("put on record (备案)"),
    "approval": mark("approval (审批)"),
    "other": mark("other matter of the project"),
}
MOST: Final = 100
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class ProjectCase:
    """A case of the project; `results` are the numbers of what it brought. `hidden`: a sensitive one that
    whoever asks may not see (mission: I10)."""

    case: str
    number: str
    item: str
    of_stage: ProjectStage
    stage: Stage
    opened_at: datetime
    due: date | None
    results: tuple[str, ...]
    hidden: bool = False


class Projects:
    """Commands and list. The same key again gives the same result."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def file(self, actor: Actor, key: str, case: str, code: str, stage: ProjectStage) -> None:
        """Put the case into the project's file; an empty code takes it out.

        UserFacingError `project.code`, `archive.closed`.
        """
        code = "".join(checked_text(code).split()).upper()
        if len(code) > LONGEST:
            raise UserFacingError(
                "project.code",
                "A project's code has at most {count} characters.",
                kept="Nothing was changed.",
                remedy="Type the code from the applicant's paper.",
                count=LONGEST,
            )

        def work(tx: Transaction) -> None:
            tx.need(CASES, case)
            need_open_file(tx, case)
            for field, text in ((PROJECT, code), (STAGE_OF_PROJECT, stage if code else "")):
                tx.record(FieldSet(case=case, field=field), private={"text": text.encode()} if text else None)

        self._store.act(actor, key, work)

    def of(self, actor: Actor, code: str) -> tuple[ProjectCase, ...]:
        """All cases of the project, stage by stage, the earliest first."""
        with self._store.reading() as reader:
            wanted = "".join(code.split()).upper()
            onlooker = Onlooker(reader, self._reference, actor)
            found = reader.cases.of_project(wanted, MOST)
            rows = [self._row(reader, case, hidden=onlooker.hides(case)) for case in found]
        return tuple(sorted(rows, key=lambda row: (STAGES.index(row.of_stage), row.opened_at)))

    def code_of(self, case: str) -> str:
        """The code of the project the case is filed under; "" for none."""
        with self._store.reading() as reader:
            return reader.need(CASES, case).draft.fields.get(PROJECT, "")

    def _row(self, reader: Reader, case: Case, *, hidden: bool) -> ProjectCase:
        key = case.item_key
        delivery = reader.get(DELIVERIES, case.id)
        said = case.draft.fields.get(STAGE_OF_PROJECT, "")
        return ProjectCase(
            case=case.id,
            number=case.number,
            item=self._reference.catalogue(reader).version(*key).name if key and not hidden else "",
            of_stage=next((one for one in STAGES if one == said), "other"),
            stage=case.stage,
            opened_at=case.opened_at,
            due=None if hidden else due_day(reader, case),
            results=tuple(
                one.number
                for one in (delivery.results if delivery else ())
                if one.number and not one.decision and not hidden
            ),
            hidden=hidden,
        )
