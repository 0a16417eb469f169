"""The case in hand: read once, shown in its parts, refreshed by every change (mission: C1, T3). No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from counter_app.domain.intake.scene import quoted
from counter_app.domain.journal import Actor
from counter_app.domain.time.words import ask_words
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.desk.due_words import due_detail, due_head
from counter_app.ui.desk.person_words import head_name, person_lines
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead, read_case
from counter_app.ui.desk.shown import CaseHeadShown, LineShown, SectionShown
from counter_app.ui.desk.words import (
    assist_line,
    class_words,
    day_words,
    fact_words,
    group_lines,
    looked_up_lines,
    material_line,
    opinion_lines,
    prerequisite_lines,
    step_line,
)
from counter_app.ui.theme.tokens import State
from counter_app.ui.time.words import asked_words, days, reply_words, urge_words
from counter_app.ui.widgets.facts_shown import DayShown
from counter_app.ui.widgets.plan_bars import ChartBar, assist_words, chart_bars, critical_way
from counter_app.use_cases.casework.views import OpinionForm, StepForm


class CaseScreen(Protocol):
    """The middle and the right of the window."""

    def show_nothing(self, words: str) -> None: ...

    def show_head(self, head: CaseHeadShown, days: tuple[DayShown, ...]) -> None: ...

    def show_plan(self, bars: tuple[ChartBar, ...], today: date, words: str) -> None: ...

    def show_sections(self, sections: tuple[SectionShown, ...]) -> None: ...


class CasePresenter:
    """`changed(read)` tells the others; None when no case is in hand."""

    def __init__(
        self, here: DeskPlace, screen: CaseScreen, changed: Callable[[CaseRead | None], None]
    ) -> None:
        self._here = here
        self._screen = screen
        self._changed = changed
        self._looked: set[tuple[str, str]] = set()

    def open(self, case: str, task: str = "") -> None:
        """Take a case in hand, with the piece of work it is about."""
        hands = self._here.hands
        if hands.case != case:
            hands.read = None
        hands.case, hands.task = case, task
        self.refresh()

    def leave(self) -> None:
        """Nothing is in hand."""
        hands = self._here.hands
        hands.case, hands.task, hands.read = "", "", None
        self._screen.show_nothing(
            self._here.t("Choose a piece of work in the inbox, or find a case: Ctrl+K.")
        )
        self._changed(None)

    def refresh(self) -> None:
        """Read the case in hand anew."""
        here, case = self._here, self._here.hands.case
        if not here.at_work:
            return
        if not case:
            self.leave()
            return
        actor = here.actor
        here.reads.run(lambda: self._read(actor, case), self._seen, lambda error: self._failed(case, error))

    def _read(self, actor: Actor, case: str) -> CaseRead:
        """The look at the person is kept before anything is shown, once a shift (mission: X3, X4)."""
        read = read_case(self._here.deps, actor, case)
        persons = read.materials.persons if read.materials is not None else ()
        if persons:
            self.keep_look(actor, case, persons[0].party, read.page.number)
        return read

    def keep_look(self, actor: Actor, case: str, party: str, number: str) -> None:
        """Work that lies with one's department is the basis; once a shift and case."""
        deps, look = self._here.deps, (actor.staff, case)
        if look not in self._looked:
            deps.persons.open_person(actor, deps.new_key(), party, number, "work")
            self._looked.add(look)

    def _failed(self, case: str, error: UserFacingError) -> None:
        if self._here.hands.case == case:
            self.leave()
        self._here.error(error)

    def _seen(self, read: CaseRead) -> None:
        here, t = self._here, self._here.t
        if here.hands.case != read.case or not here.at_work:
            return
        here.hands.read = read
        page = read.page
        self._screen.show_head(
            CaseHeadShown(
                title=page.item,
                applicant=head_name(page.applicant),
                facts=fact_words(page, t),
                case_class=class_words(page, t) if page.sight != "state" else "",
                why=due_head(read, t),
                why_detail=due_detail(read, here.task, t),
            ),
            self._days(read),
        )
        plan, today = read.plan, here.clock.now().date()
        self._screen.show_plan(
            chart_bars(plan.rows, plan.today, t) if plan else (), today, self._plan_words(read)
        )
        self._screen.show_sections(self._sections(read))
        self._changed(read)

    def _days(self, read: CaseRead) -> tuple[DayShown, ...]:
        clock = read.clock
        due = clock.ledger if clock is not None else None
        return days(due, clock.today, self._here.t) if clock is not None and due is not None else ()

    def _plan_words(self, read: CaseRead) -> str:
        t, plan, page = self._here.t, read.plan, read.page
        if plan is None or not plan.rows:
            return ""
        parts = [self._ends(read, plan.ends_on)] if plan.ends_on is not None else []
        if plan.critical:
            parts.append(t("critical: {steps}", steps=critical_way(plan.critical)))
        if page.plan_approval and not page.plan_approved:
            parts.append(t("waits for the management's approval"))
        parts += [
            t("applicant {day}: {what}", day=day_words(row.from_on), what=row.applicant_does)
            for row in plan.owed
        ]
        parts += [word for change in plan.changes[-1:] for word in assist_words(change, t)]
        return " · ".join(parts)

    def _ends(self, read: CaseRead, ends: date) -> str:
        """When all is done; what is dated later than the case is due says so."""
        t, page, clock = self._here.t, read.page, read.clock
        if page.decided_at is not None:
            return t("all done on {day}", day=day_words(page.decided_at.date()))
        if clock is not None and clock.standing is not None:
            return t("dated anew when the clock goes on")
        words = t("all done about {day}", day=day_words(ends))
        due = clock.ledger.day if clock is not None and clock.ledger is not None else page.promised_due
        if due is None or ends <= due:
            return words
        above = any(step.kind == "report" and step.state == "waiting" for step in page.steps)
        return f"{words} ({t('the upper body has its own time') if above else t('later than it is due')})"

    def _sections(self, read: CaseRead) -> tuple[SectionShown, ...]:
        page, t = read.page, self._here.t
        assists = (*(assist_line(row, t) for row in page.assists), *looked_up_lines(page, t))
        asked = (*assists, *prerequisite_lines(page, t))
        lines = read.materials.lines if read.materials is not None else ()
        persons = read.materials.persons if read.materials is not None else ()
        form = self._here.form or self._here.beside
        shared = t("shared with {count} other cases of the matter", count=len(page.joint_cases) - 1)
        return (
            SectionShown("guidance", t("Guidance of this step"), guidance_lines(form, t)),
            SectionShown("opinions", t("Opinions signed"), opinion_lines(page, t)),
            SectionShown(
                "materials",
                t("Materials and results"),
                tuple(material_line(line, t) for line in lines),
                shared if page.joint and len(page.joint_cases) > 1 else "",
            ),
            SectionShown("asked", t("Assists, prerequisites"), asked),
            SectionShown("group", t("Working group"), group_lines(page, t)),
            SectionShown("urges", t("Urging orders and replies"), _urges(read, t)),
            SectionShown("joint", t("Cases of this matter"), _joint(read, t)),
            SectionShown("persons", t("Persons"), person_lines(persons, t)),
            SectionShown("course", t("Course"), _course(read, t)),
        )


def guidance_lines(form: OpinionForm | StepForm | None, t: Translator) -> tuple[LineShown, ...]:
    """What stands beside the form: work, depth, law, cases, what usually needs agreeing (mission: C10)."""
    guidance = form.guidance if form is not None else None
    if guidance is None:
        return ()
    found = [LineShown("work", t("Work: {words}", words=guidance.work), "")]
    if guidance.depth:
        found.append(LineShown("depth", t("Depth: {words}", words=guidance.depth), ""))
    found += [
        LineShown(f"law:{at}", t("Basis: {words}", words=quoted(law)), "", None, law.text)
        for at, law in enumerate(guidance.basis)
    ]
    found += [
        LineShown(f"case:{at}", t("Reference case: {words}", words=words), "")
        for at, words in enumerate(guidance.cases)
    ]
    found += [
        LineShown(f"agree:{at}", t("Usually to be agreed: {words}", words=words), "")
        for at, words in enumerate(guidance.agree)
    ]
    return tuple(found)


def _course(read: CaseRead, t: Translator) -> tuple[LineShown, ...]:
    """The steps, then what time was asked for and what came of it."""
    rows = read.clock.asked if read.clock is not None else ()
    asked = ((row, asked_words(row, t)) for row in rows)
    return (
        *(step_line(step, t) for step in read.page.steps),
        *(
            LineShown(f"ask:{row.ask.id}", ask_words(row.ask, t), words, state, detail)
            for row, (words, detail, state) in asked
        ),
    )


def _urges(read: CaseRead, t: Translator) -> tuple[LineShown, ...]:
    """The latest first."""
    rows = read.clock.urges if read.clock is not None else ()
    return tuple(
        LineShown(
            row.urge,
            urge_words(row, t),
            t("answered") if row.answered_at else t("late") if row.late else t("not answered"),
            State.DONE if row.answered_at else State.LATE if row.late else State.LACKING,
            reply_words(row, t),
        )
        for row in reversed(rows)
    )


def _joint(read: CaseRead, t: Translator) -> tuple[LineShown, ...]:
    return tuple(
        LineShown(
            row.case,
            row.name,
            t("due {day}", day=day_words(row.due)) if row.due else "",
            State.PENDING if row.due else None,
            " · ".join(
                part for part in (row.number, t("the lead of the matter") if row.lead else "") if part
            ),
        )
        for row in read.page.joint_cases
    )
