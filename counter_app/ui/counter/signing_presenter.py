"""Have a paper of the case in hand checked and signed on the citizen's screen (mission: M3, P12). No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from counter_app.domain.hall.rights import Right
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.issued import IssuedPaper
from counter_app.domain.paper.model import Paper
from counter_app.domain.paper.signed import ROLES
from counter_app.domain.paper.strokes import Strokes
from counter_app.errors import mark
from counter_app.ui.counter.citizen_shown import CitizenShown
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.find_words import PAPER_KINDS
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.papers.signing import SignatureInput, SignatureRow

RIGHT: Final[Right] = "paper.sign"
THUMB: Final = "thumb"
AGAIN: Final = (mark("The name was written wrong"), mark("The paper was explained once more"))


class CitizenSide(Protocol):
    """The screen that the citizen sees."""

    def show_citizen(self, shown: CitizenShown, confirmed: Callable[[Strokes], None]) -> None: ...

    def hide_citizen(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """A signature under way."""

    case: str
    paper: IssuedPaper
    role: str
    thumb: bool = False
    witness: str = ""
    reason: str = ""


class SigningPresenter:
    """`view` gives the case as shown."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], screen: CitizenSide) -> None:
        self._desk = desk
        self._view = view
        self._screen = screen
        self._asked: _Asked | None = None

    def ask(self) -> None:
        """Which paper; then who signs."""
        desk, view, shift = self._desk, self._view(), self._desk.hands.shift
        if view is None or shift is None:
            desk.tell(desk.t("No case is in hand."))
            return
        if not desk.access.may(shift, RIGHT):
            desk.tell(desk.t("Your role does not allow taking signatures."), level="warn")
            return
        case = view.case
        desk.reads.run(lambda: desk.deps.papers.of_case(case), lambda papers: self._choose(case, papers))

    def withdraw(self) -> bool:
        """Take the screen back; whether there was one."""
        asked, self._asked = self._asked, None
        if asked is None:
            return False
        self._screen.hide_citizen()
        self._desk.tell(self._desk.t("The paper was taken back; nothing was signed."))
        return True

    def case_changed(self, view: CaseView | None) -> None:
        """Nobody signs a paper of a case that was put down."""
        if self._asked is not None and (view is None or view.case != self._asked.case):
            self.withdraw()

    def _choose(self, case: str, papers: tuple[IssuedPaper, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not papers:
            desk.tell(t("This case has no paper yet."))
            return
        known = {row.id: row for row in tuple(reversed(papers))[:9]}
        choices = tuple(
            Choice(row.id, str(at), f"{row.number} · {t(PAPER_KINDS.get(row.kind, row.kind))}")
            for at, row in enumerate(known.values(), 1)
        )
        desk.ask(t("Which paper is to be signed?"), choices, lambda id, _: self._who(case, known[id]))

    def _who(self, case: str, paper: IssuedPaper) -> None:
        desk, signing = self._desk, self._desk.deps.papers.signing
        desk.reads.run(lambda: signing.of_paper(paper.id), lambda rows: self._ask_role(case, paper, rows))

    def _ask_role(self, case: str, paper: IssuedPaper, rows: tuple[SignatureRow, ...]) -> None:
        desk, t = self._desk, self._desk.t
        signed = {row.role: f"{row.at:%Y-%m-%d %H:%M}" for row in rows if row.stands}

        def told(role: str) -> str:
            return t("signed {time}", time=signed[role]) if role in signed else ""

        choices = tuple(Choice(role, str(at), t(words), told(role)) for at, (role, words) in _NUMBERED)
        thumb = Choice(THUMB, "5", t("Thumb-print of the applicant, before a witness"), told("applicant"))

        def answered(choice: str, text: str) -> None:
            role = "applicant" if choice == THUMB else choice
            asked = _Asked(case, paper, role, choice == THUMB)
            if role in signed:
                phrases = tuple(t(one) for one in AGAIN)
                title = t("Signed already: why once more?")
                desk.ask_reason(title, phrases, lambda why: self._witnessed(replace(asked, reason=why)))
            else:
                self._witnessed(asked)

        desk.ask(t("Who signs {number}?", number=paper.number), (*choices, thumb), answered)

    def _witnessed(self, asked: _Asked) -> None:
        desk, t = self._desk, self._desk.t
        if not asked.thumb:
            self._show(asked)
            return

        def named(choice: str, text: str) -> None:
            self._show(replace(asked, witness=text.strip()))

        desk.ask(t("Thumb-print: who is the witness?"), (), named, text=t("Name of the witness"))

    def _show(self, asked: _Asked) -> None:
        desk, papers = self._desk, self._desk.deps.papers
        desk.reads.run(
            lambda: build(papers.facts(asked.paper.id)[1], desk.t),
            lambda paper: self._shown(asked, paper),
            desk.error,
        )

    def _shown(self, asked: _Asked, paper: Paper) -> None:
        desk, t = self._desk, self._desk.t
        self._asked = asked
        who = t("Witness: {name}", name=asked.witness) if asked.thumb else t(ROLES[asked.role])
        self._screen.show_citizen(
            CitizenShown(
                title=paper.title,
                check=t("Please check the paper. If everything is right, please sign."),
                signer=who,
                hint=t("Sign here"),
                again=t("Write again"),
                confirm=t("Confirm"),
                lines=lay_out(paper, desk.deps.columns),
                void=paper.watermark,
            ),
            self._confirmed,
        )
        desk.tell(t("{number} lies before the citizen. Esc takes it back.", number=asked.paper.number))

    def _confirmed(self, strokes: Strokes) -> None:
        desk, asked = self._desk, self._asked
        if asked is None:
            return
        self._asked = None
        self._screen.hide_citizen()
        given = SignatureInput(
            role=asked.role,
            strokes=strokes,
            thumb=asked.thumb,
            witness=asked.witness,
            reason=asked.reason,
        )
        signing = desk.deps.papers.signing
        desk.act(
            "sign_paper",
            lambda actor, key: signing.sign(actor, key, asked.case, asked.paper.id, given),
            lambda _: self._signed(asked),
            right=RIGHT,
        )

    def _signed(self, asked: _Asked) -> None:
        desk, now = self._desk, self._desk.deps.clock.now()
        told = desk.t("{number} was signed at {time}.", number=asked.paper.number, time=f"{now:%H:%M}")
        desk.tell(told, level="good")


_NUMBERED: Final = tuple(enumerate(ROLES.items(), 1))
