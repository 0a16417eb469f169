"""Situation questions (情形), the answers people give, and conditions over those answers.

Answers are plain data, so facts can carry them: the option's code (`"yes"`), a tuple of codes for a
multiple choice, an ISO day (`"2026-11-23"`) for a date. A condition is decided three ways: it holds,
it does not, or nobody can know yet. Not here: what follows from a condition (`effects.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

QuestionKind = Literal["yes_no", "single_choice", "multiple_choice", "date"]
Answer = str | tuple[str, ...]
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer. `reads` is the short word put on chips and given as a reason (已婚)."""

    code: str
    text: str
    reads: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A number of days a hall may set: `setting` is its key, `days` the source's number."""

    setting: str
    days: int

    def value(self, settings: Mapping[str, int]) -> int:
        return settings.get(self.setting, self.days)


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions are decided on. `asked` maps each question to: asked, not asked, not yet known."""

    answers: Answers
    asked: Mapping[str, bool | None]
    today: date | None
    settings: Mapping[str, int]

    def answer(self, question: str) -> Answer | None:
        """The answer, if the question is asked at all: what was said before a change counts no more."""
        return self.answers.get(question) if self.asked.get(question) else None

    def unasked(self, question: str) -> bool:
        """True when it is certain that the question is not asked."""
        return self.asked.get(question) is False


class Condition:
    """Something that holds or not, given answers. Five kinds below; catalogue files write them as data."""

    __slots__ = ()

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None while an answer is missing."""
        raise NotImplementedError

    def questions(self) -> tuple[str, ...]:
        """The codes of every question it depends on, in order of writing."""
        raise NotImplementedError

    def leaves(self) -> tuple[Is | OlderThan, ...]:
        """The plain statements that speak for it when it holds (those under `Not` do not)."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Is(Condition):
    """`{question = "married", is = "yes"}`; for a multiple choice: the option is among those chosen."""

    question: str
    answer: str

    def holds(self, facts: Facts) -> bool | None:
        if facts.unasked(self.question):
            return False
        given = facts.answer(self.question)
        if given is None:
            return None
        return given == self.answer if isinstance(given, str) else self.answer in given

    def questions(self) -> tuple[str, ...]:
        return (self.question,)

    def leaves(self) -> tuple[Is | OlderThan, ...]:
        return (self,)


@dataclass(frozen=True, slots=True)
class OlderThan(Condition):
    """`{question = "arrived", older_than = {setting = "…", days = 3}}`: more days ago than that."""

    question: str
    days: Days

    def holds(self, facts: Facts) -> bool | None:
        if facts.unasked(self.question):
            return False
        given = day_of(facts.answer(self.question))
        if given is None or facts.today is None:
            return None
        return (facts.today - given).days > self.days.value(facts.settings)

    def questions(self) -> tuple[str, ...]:
        return (self.question,)

    def leaves(self) -> tuple[Is | OlderThan, ...]:
        return (self,)


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """`{all = […]}`"""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        verdicts = [part.holds(facts) for part in self.parts]
        if False in verdicts:
            return False
        return None if None in verdicts else True

    def questions(self) -> tuple[str, ...]:
        return _joined(part.questions() for part in self.parts)

    def leaves(self) -> tuple[Is | OlderThan, ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves())


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """`{any = […]}`"""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        verdicts = [part.holds(facts) for part in self.parts]
        if True in verdicts:
            return True
        return None if None in verdicts else False

    def questions(self) -> tuple[str, ...]:
        return _joined(part.questions() for part in self.parts)

    def leaves(self) -> tuple[Is | OlderThan, ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves())


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """`{not = …}`"""

    part: Condition

    def holds(self, facts: Facts) -> bool | None:
        verdict = self.part.holds(facts)
        return None if verdict is None else not verdict

    def questions(self) -> tuple[str, ...]:
        return self.part.questions()

    def leaves(self) -> tuple[Is | OlderThan, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationQuestion:
    """Asked when `asked_if` holds (or always). `source_text` is the source's open clause, if the closed
    list of options stands under one (特殊情形, mission: I3)."""

    code: str
    text: str
    kind: QuestionKind
    options: tuple[Option, ...] = ()
    asked_if: Condition | None = None
    source_text: str = ""

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    def accepts(self, answer: Answer) -> bool:
        """Is `answer` one that this question can have?"""
        if self.kind == "date":
            return day_of(answer) is not None
        if self.kind == "multiple_choice":
            return isinstance(answer, tuple) and all(self.option(code) for code in answer)
        return isinstance(answer, str) and self.option(answer) is not None

    def reads(self, answer: Answer) -> str:
        """The answer in short words, for chips and papers."""
        if isinstance(answer, tuple):
            return "、".join(self.reads(code) for code in answer)
        option = self.option(answer)
        return option.reads if option else answer


def day_of(answer: Answer | None) -> date | None:
    """The day an answer names, or None when it names none."""
    if not isinstance(answer, str):
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def settle(
    questions: tuple[SituationQuestion, ...],
    answers: Answers,
    today: date | None,
    settings: Mapping[str, int],
) -> Facts:
    """Decide in order which questions are asked. An `asked_if` may look only at earlier questions."""
    asked: dict[str, bool | None] = {}
    kept = {
        question.code: answers[question.code]
        for question in questions
        if question.code in answers and question.accepts(answers[question.code])
    }
    facts = Facts(kept, asked, today, settings)
    for question in questions:
        asked[question.code] = True if question.asked_if is None else question.asked_if.holds(facts)
    return facts


def _joined(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))
