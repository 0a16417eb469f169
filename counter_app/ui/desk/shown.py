"""What the desk's views show, as frozen rows: words already translated, nothing to look up. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.ui.theme.tokens import State

RESULT: Final = "result:"  # what the line of an awaited result begins with; the item's code follows


@dataclass(frozen=True, slots=True)
class HeadBarShown:
    """`counts` are the words of the inbox: to do, assists, soon due, late."""

    department: str
    name: str
    counts: tuple[tuple[str, State], ...] = ()
    clock: str = ""
    training: str = ""


@dataclass(frozen=True, slots=True)
class WorkRowShown:
    """One piece of work in the inbox. `left` says how long there is, `due` the day, `note` what stands behind
    it (a person, a department, a booked delay)."""

    id: str
    case: str
    state: State
    title: str
    applicant: str
    where: str
    left: str
    due: str
    note: str = ""
    mine: bool = True


@dataclass(frozen=True, slots=True)
class CaseHeadShown:
    """The head of the case in hand: what, who, number, limits, class; `why` explains the due date."""

    title: str = ""
    applicant: str = ""
    facts: str = ""
    case_class: str = ""
    why: str = ""
    why_detail: str = ""


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of a list: a material, an assist, a step, an event."""

    id: str
    name: str
    words: str
    state: State | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CheckLineShown:
    """A condition to be checked, or a question of the review form. `options` are its standard answers, one
    under each digit; `chosen` is the one taken, -1 none. `state` colours the answer."""

    id: str
    kind: str
    text: str
    options: tuple[str, ...]
    chosen: int = -1
    state: State = State.IDLE
    mandatory: bool = True
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SignerShown:
    """One of the three levels: who signed, or who may."""

    level: str
    name: str
    state: State


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A part of the middle: its title, its lines, a word about it. One without lines is not shown."""

    id: str
    title: str
    lines: tuple[LineShown, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpinionShown:
    """The form as it stands. `lacks` keep it back, the first to be mended first; `own` False: only to be
    read, unless `answers`: then its questions are answered; `fields` False: no words, law and article are
    asked. `act` is the command of the button, submit or answer, "" for none. `step` "" shows nothing."""

    step: str = ""
    title: str = ""
    hint: str = ""
    own: bool = False
    answers: bool = False
    fields: bool = True
    lines: tuple[CheckLineShown, ...] = ()
    text: str = ""
    law: str = ""
    article: str = ""
    result_number: str = ""
    wants_number: bool = False
    signers: tuple[SignerShown, ...] = ()
    lacks: tuple[str, ...] = ()
    act: str = ""
    act_words: str = ""


@dataclass(frozen=True, slots=True)
class PictureShown:
    """A page of a material. `image` None: it is on its way, or cannot be had (`words` says which)."""

    material: str
    page: str
    image: bytes | None
    words: str = ""
