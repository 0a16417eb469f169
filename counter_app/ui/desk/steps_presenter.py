"""Steps that end otherwise than by an opinion, sending back, the case's class (mission: C3, C15, I9, I10).
No Qt."""

from __future__ import annotations

from typing import Final

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import FAILED, View
from counter_app.domain.casework.words import COMPLEXITY_WORDS, DECIDED_WORDS
from counter_app.domain.catalogue.handling import Complexity
from counter_app.errors import mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.desk.asked import ENDS
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.casework.views import StepRow

BACK: Final = ("核查不全，请补充核实", "依据引用不准确", "意见与审查表不一致")
VIEWS: Final[dict[str, View]] = {"grant": "grant", "deny": "deny"}
COMPLEXITIES: Final[dict[str, Complexity]] = {
    "simple": "simple",
    "ordinary": "ordinary",
    "complex": "complex",
}


class StepsPresenter:
    """What is done with the step that is open."""

    def __init__(self, here: DeskPlace) -> None:
        self._here = here

    def end(self) -> None:
        """The visit, test or meeting is over: passed or failed, with a remark."""
        here, t, read = self._here, self._here.t, self._here.may("end_step")
        step = self._in_hand(read, ENDS)
        if read is None or step is None:
            self._none(read)
            return
        asks = (
            Ask(
                "outcome",
                t("“{step}” is over. How did it end?", step=step.name),
                worded(t, {"done": mark("done, nothing against it"), "failed": mark("failed")}),
            ),
            Ask("remark", t("A word to it (may stay empty)"), needed=False),
        )
        case, code = read.case, step.code

        def ended(answers: Answers) -> None:
            work = here.casework.work
            here.do(
                "end_step",
                lambda actor, key: work.end_step(
                    actor, key, case, code, answers["outcome"], answers["remark"]
                ),
                t("The step is over; what follows has begun."),
            )

        ask_all(here, asks, ended)

    def meeting_level(self) -> None:
        """For which meeting the case waits; sent up needlessly, or not sent up, is said."""
        here, t, read = self._here, self._here.t, self._here.may("end_step")
        step = self._in_hand(read, ("meeting",))
        levels = self._levels(read)
        if read is None or step is None or not levels:
            self._none(read)
            return
        case, code = read.case, step.code
        said = {
            "needless": t("Sent up needlessly: the table gives a lower level."),
            "missed": t("The table gives a higher level."),
        }

        def chosen(level: str, text: str) -> None:
            work = here.casework.work
            here.act(
                "meeting_level",
                lambda actor, key: work.send_to_meeting(actor, key, case, code, level),
                lambda flag: here.tell(said.get(flag, t("Noted.")), level="warn" if flag else "good"),
            )

        here.ask(t("Which meeting decides it?"), levels, chosen, chosen=read.page.right_level)

    def upper_answer(self) -> None:
        """The upper body's decision came: view, number, a word."""
        here, t, read = self._here, self._here.t, self._here.may("upper_answer")
        step = _open(read, ("report",))
        if read is None or step is None:
            self._none(read)
            return

        def refused(answers: Answers) -> bool:
            return answers["view"] == "deny"

        def granted(answers: Answers) -> bool:
            return not refused(answers)

        asks = (
            Ask("view", t("How did the upper body decide?"), worded(t, dict(DECIDED_WORDS))),
            Ask("number", t("Number of its decision"), needed=False),
            Ask("remark", t("A word to it (may stay empty)"), needed=False, when=granted),
            Ask("reason", t("Why does it refuse?"), when=refused),
            Ask("law", t("Law (its full name)"), when=refused),
            Ask("article", t("Article"), when=refused),
        )
        case, code = read.case, step.code

        def given(answers: Answers) -> None:
            work = here.casework.work
            decided = OpinionInput(
                view=VIEWS[answers["view"]],
                text=answers.get("remark", "") or answers.get("reason", ""),
                law=answers.get("law", ""),
                article=answers.get("article", ""),
                result_number=answers["number"],
            )
            here.do(
                "upper",
                lambda actor, key: work.upper_answered(actor, key, case, code, decided),
                t("The decision of the upper body is kept."),
            )

        ask_all(here, asks, given)

    def send_back(self) -> None:
        """An approver gives it back to an earlier step, who examines a failed visit or test; with a
        reason."""
        here, t, read = self._here, self._here.t, self._here.may("send_back")
        step = _open(read, ("approval", "final", "review"))
        approves = step is not None and step.kind != "review"
        done = [
            one
            for one in (read.page.steps if read is not None else ())
            if one.state == "done" and (approves or one.outcome == FAILED)
        ]
        if read is None or step is None or not done:
            self._none(read)
            return
        rows = tuple((one.code, one.name, one.staff_name) for one in reversed(done))
        case, code = read.case, step.code

        def to(target: str, text: str) -> None:
            work = here.casework.work
            here.ask_reason(
                t("Sent back: why?"),
                BACK,
                lambda reason: here.do(
                    "send_back",
                    lambda actor, key: work.send_back(actor, key, case, code, target, reason),
                    t("Sent back."),
                ),
            )

        here.ask(t("Back to which step?"), choices_of(rows), to)

    def classify(self) -> None:
        """Another class than was assumed: it decides who may see the case."""
        here, t, read = self._here, self._here.t, self._here.may("classify")
        if read is None:
            return
        asks = (
            Ask("complexity", t("How complex is it?"), worded(t, dict(COMPLEXITY_WORDS))),
            Ask(
                "sensitive", t("Is it sensitive?"), (Choice("no", "1", t("no")), Choice("yes", "2", t("yes")))
            ),
            Ask("reason", t("Why is it classed so?")),
        )
        case = read.case

        def given(answers: Answers) -> None:
            work = here.casework.work
            complexity, sensitive = COMPLEXITIES[answers["complexity"]], answers["sensitive"] == "yes"
            here.do(
                "classify",
                lambda actor, key: work.classify(actor, key, case, complexity, sensitive, answers["reason"]),
                t("Classed anew."),
            )

        ask_all(here, asks, given)

    def _in_hand(self, read: CaseRead | None, kinds: tuple[str, ...]) -> StepRow | None:
        """The open step of these kinds that is the work in hand, else the first."""
        task = self._here.task
        steps = read.page.steps if read is not None and task is not None else ()
        own = (one for one in steps if task is not None and one.task == task.task)
        return next((one for one in own if one.state == "open" and one.kind in kinds), _open(read, kinds))

    def _levels(self, read: CaseRead | None) -> tuple[Choice, ...]:
        levels = read.page.levels if read is not None else ()
        right = read.page.right_level if read is not None else ""
        said = self._here.t("as the table gives it")
        return choices_of(
            tuple((level.code, level.name, said if level.code == right else "") for level in levels)
        )

    def _none(self, read: CaseRead | None) -> None:
        if read is not None:
            self._here.tell(self._here.t("No such step is open in this case."), level="warn")


def _open(read: CaseRead | None, kinds: tuple[str, ...]) -> StepRow | None:
    steps = read.page.steps if read is not None else ()
    return next((one for one in steps if one.state == "open" and one.kind in kinds), None)
