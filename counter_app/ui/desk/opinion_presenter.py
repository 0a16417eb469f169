"""Review form and opinion by keyboard: lines with digits, words, law; F9 signs when nothing lacks (mission:
C9, C10, C16). No Qt.

What is filled in is kept as a draft that outlives the window (`draft_keeper.py`); answers of the review form
are acts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from counter_app.domain.casework.opinion import Lack
from counter_app.domain.intake.scene import quoted
from counter_app.errors import UserFacingError
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of
from counter_app.ui.desk.asked import asked
from counter_app.ui.desk.draft_keeper import DraftKeeper, Key
from counter_app.ui.desk.opinion_draft import Draft, drafted
from counter_app.ui.desk.opinion_lines import BAND, CONDITION, REVIEW, VIEW, form_lines, review_lines
from counter_app.ui.desk.phrases import article, first_words, offered_again, phrases
from counter_app.ui.desk.phrases import laws as laws_of
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.desk.shown import OpinionShown
from counter_app.ui.desk.signers import signers
from counter_app.ui.desk.words import moment_words, next_words, told_words
from counter_app.use_cases.casework.views import CasePage, Checked, OpinionForm

DECISIVE: Final = frozenset(  # what no filling in mends: told before what is only open yet
    {
        "opinion.same-person",
        "opinion.step-failed",
        "opinion.disagreed",
        "opinion.awaited",
        "opinion.promised",
        "opinion.condition-unmet",
        "review.against",
    }
)


class OpinionPresenter:
    """`show(shown)` draws the form, `fill(text, law, article)` puts words in its fields."""

    def __init__(
        self,
        here: DeskPlace,
        show: Callable[[OpinionShown], None],
        fill: Callable[[str, str, str, str], None],
    ) -> None:
        self._here = here
        self._show = show
        self._fill = fill
        self._drafts: dict[Key, Draft] = {}
        self._kept_at: dict[Key, datetime] = {}
        self._keeper = DraftKeeper(here, self._kept)
        self._lacks: tuple[Lack, ...] | None = None
        self._checking = False
        self._stale = False
        self._before: Key | None = None

    def case_changed(self, read: CaseRead | None) -> None:
        """Another case, or the same as it is now."""
        self._lacks = None
        form = self._here.form
        key = self._key(read, form) if read is not None and form is not None else None
        if self._before not in (None, key):
            self._keeper.keep()
        self._before = key
        for other in tuple(
            self._drafts
        ):  # what is kept is read anew when its case is: it may have grown elsewhere
            if other != key and not self._keeper.waits(other):
                del self._drafts[other]
        if read is None:
            self._show(OpinionShown())
            return
        self._draw(read)
        self._check()

    def tick(self) -> None:
        """A second has passed: words that rest are kept."""
        self._keeper.tick()

    def keep(self) -> None:
        """Somebody leaves: what is filled in is kept now."""
        self._keeper.keep()

    def _kept(self, key: Key) -> None:
        self._kept_at[key] = self._here.clock.now()
        read, form = self._here.hands.read, self._here.form
        if read is not None and form is not None and self._key(read, form) == key:
            self._draw(read)

    def answered(self, line: str, option: int) -> None:
        """A line was answered by its digit; -1 takes the answer away."""
        read, form = self._here.hands.read, self._here.form
        kind, code = self._split(line)
        if read is not None and form is None and kind == REVIEW:
            self._answer_beside(read, code, option)
        if read is None or form is None:
            return
        draft = self._draft(read, form)
        if kind == REVIEW:
            self._review(read, form, draft, code, option)
        elif kind == CONDITION:
            draft.condition(form.conditions[int(code)], None if option < 0 else option == 0)
        elif kind == VIEW:
            self._view(read, form, draft, option)
        elif kind == BAND and option < 0:
            draft.leave_band(code)
        elif kind == BAND:
            self._band(draft, form, code)
        self._changed(read)
        self._keeper.keep()

    def edited(self, text: str, law: str, article: str, number: str) -> None:
        """Words changed in the fields."""
        read, form = self._here.hands.read, self._here.form
        if read is not None and form is not None:
            draft = self._draft(read, form)
            draft.text, draft.law, draft.article, draft.number = text, law, article, number
            self._changed(read)

    def phrases(self) -> None:
        """Standard words and the item's laws, each under a key; they go into the fields."""
        here, read, t = self._here, self._here.hands.read, self._here.t
        form = here.form
        if read is None or form is None:
            here.tell(t("There is no opinion to be written here."))
            return
        draft = self._draft(read, form)
        texts, laws = phrases(read.page, form, draft), laws_of(form)
        rows = [(f"text:{at}", text, "") for at, text in enumerate(texts)]
        rows += [(f"law:{at}", f"《{law.name}》{article(law)}", law.text) for at, law in enumerate(laws)]

        def taken(choice: str, typed: str) -> None:
            kind, _, at = choice.partition(":")
            if kind == "text":
                draft.text = draft.text + texts[int(at)]
            else:
                draft.law, draft.article = laws[int(at)].name, article(laws[int(at)])
            self._fill(draft.text, draft.law, draft.article, draft.number)
            self._changed(read)

        here.ask(t("Standard phrases and laws"), choices_of(tuple(rows)), taken)

    def submit(self) -> None:
        """F9: sign and send on; or end the step, when it needs no opinion."""
        here, read, t = self._here, self._here.hands.read, self._here.t
        form = here.form
        if read is None or form is None:
            here.tell(t("There is no opinion of yours to be signed here."))
            return
        draft = self._draft(read, form)
        lacks = self._said(draft)
        # what was said before the last key is no answer: then the command itself says what lacks
        if draft.view is None or (lacks and not self._stale):
            here.tell(lacks[0], remedy=t("Complete it; F9 opens then."), level="warn")
            here.screen.focus_opinion()
            return
        case, given, key = read.case, draft.given(draft.view), self._key(read, form)
        self._keeper.forget(key)

        def signed(_: object) -> None:
            self._drafts.pop(key, None)
            self._kept_at.pop(key, None)
            self._lacks = None
            here.tell(t("Signed and sent on."), level="good")
            here.screen.focus_work()
            here.reads.run(lambda: here.casework.queries.page(here.actor, case), gone_on, here.error)

        def gone_on(page: CasePage) -> None:
            here.tell(t("Signed and sent on."), remedy=next_words(page, t), level="good")

        def refused(error: UserFacingError) -> None:
            self._keeper.changed(key, draft.standing)
            here.error(error)

        work = here.casework.work
        here.act("opine", lambda actor, new: work.opine(actor, new, case, form.step, given), signed, refused)

    def _review(self, read: CaseRead, form: OpinionForm, draft: Draft, code: str, option: int) -> None:
        """Answers of the form are acts: whoever goes on sees them. Shown at once, kept a moment later."""
        here = self._here
        question = next((one for one in form.review if one.code == code), None)
        if question is None or option < 0:
            return
        answer = (*question.phrases, *question.against)[option]
        draft.review[code] = answer
        work, case = here.casework.work, read.case

        def refused(error: UserFacingError) -> None:
            draft.review.pop(code, None)
            here.error(error)

        here.act(
            f"review:{case}:{code}",
            lambda actor, key: work.fill_review(actor, key, case, form.step, [(code, answer)]),
            failed=refused,
        )

    def _answer_beside(self, read: CaseRead, code: str, option: int) -> None:
        """A question of a visit, test or meeting: an act at once, shown when the case is read anew."""
        here, form = self._here, self._here.beside
        question = next((one for one in form.review if one.code == code), None) if form else None
        if form is None or question is None or option < 0:
            return
        answer, step = (*question.phrases, *question.against)[option], form.step
        here.act(
            f"review:{read.case}:{code}",
            lambda actor, key: here.casework.work.fill_review(actor, key, read.case, step, [(code, answer)]),
        )

    def _view(self, read: CaseRead, form: OpinionForm, draft: Draft, option: int) -> None:
        draft.view = (None, "grant", "deny")[option + 1] if option >= 0 else None
        if draft.view is not None and offered_again(draft):
            draft.text = draft.offered = first_words(read.page, form, draft, draft.view)
            self._fill(draft.text, draft.law, draft.article, draft.number)

    def _band(self, draft: Draft, form: OpinionForm, code: str) -> None:
        """How much discretion is used; outside the band another approves it and a reason is given."""
        here, t = self._here, self._here.t
        band = next(one for one in form.bands if one.code == code)
        people = choices_of(
            tuple(
                (one.badge, one.name, one.title)
                for one in here.deps.plan.staff
                if one.badge in form.approvers and one.badge != here.actor.staff
            )
        )

        read = here.hands.read
        stated = {dict(one.bands).get(code) for one in read.page.opinions} if read is not None else set()

        def outside(answers: Answers) -> bool:
            """What another has signed already is approved by signing it too."""
            amount = int(answers["amount"]) if answers["amount"].isdecimal() else band.least
            return not band.least <= amount <= band.most and amount not in stated

        span = t("{least} to {most} {unit}", least=band.least, most=band.most, unit=band.unit)
        asks = (
            Ask(
                "amount",
                band.circumstance,
                label=band.unit,
                hint=f"{span} {quoted(band.basis)}",
            ),
            Ask("approver", t("Outside the band: who approves it?"), people, when=outside),
            Ask("reason", t("Outside the band: why?"), when=outside),
        )

        def given(answers: Answers) -> None:
            if not answers["amount"].isdecimal():
                here.tell(t("A number is needed."), level="warn")
                return
            approver, reason = answers.get("approver", ""), answers.get("reason", "")
            draft.use_band(code, int(answers["amount"]), approver, reason)
            if here.hands.read is not None:
                self._changed(here.hands.read)
                self._keeper.keep()

        ask_all(here, asks, given)

    def _changed(self, read: CaseRead) -> None:
        form = self._here.form
        if form is not None:
            self._keeper.changed(self._key(read, form), self._draft(read, form).standing)
        self._stale = True
        self._draw(read)
        self._check()

    def _check(self) -> None:
        """Ask the rules what still lacks, one question at a time; the answer belongs to what stood then."""
        here, read = self._here, self._here.hands.read
        form = here.form
        if read is None or form is None or self._checking or not here.at_work:
            return
        draft = self._draft(read, form)
        given, actor = draft.given(draft.view or "grant"), here.actor
        queries, case, key = here.casework.queries, read.case, self._key(read, form)
        self._checking = True

        def checked(found: Checked) -> None:
            self._checking = False
            now, current = here.hands.read, here.form
            if now is None or current is None:
                return
            same = self._key(now, current) == key
            self._stale = False
            self._lacks = found.lacks if same else None
            self._draw(now)
            if not same or draft.given(draft.view or "grant") != given:
                self._check()

        def failed(error: UserFacingError) -> None:
            self._checking = False
            here.error(error)

        here.reads.run(lambda: queries.check_opinion(actor, case, form.step, given), checked, failed)

    def _said(self, draft: Draft) -> tuple[str, ...]:
        """What lacks, in words; before the rules have answered nothing can be signed."""
        t = self._here.t
        open_ = (t("The view is not chosen."),) if draft.view is None else ()
        if self._lacks is None:
            return (*open_, t("Being checked …"))
        lacks = sorted(self._lacks, key=lambda lack: lack.code not in DECISIVE)
        against = tuple(t(lack.text, **dict(lack.params)) for lack in lacks)
        hard = sum(lack.code in DECISIVE for lack in lacks) if draft.view is not None else 0
        return (*against[:hard], *open_, *against[hard:])

    def _draw(self, read: CaseRead) -> None:
        page, t = read.page, self._here.t
        form, signed = self._here.form, signers(page, self._here.deps.plan, t)
        if form is None:
            shown, beside = asked(read, self._here.task, signed, t), self._here.beside
            questions = review_lines(beside, t) if beside is not None else ()
            lines = (*questions, *shown.lines)
            self._show(replace(shown, lines=lines, answers=bool(questions)))
            return
        draft = self._draft(read, form)
        self._show(
            OpinionShown(
                step="/".join(self._key(read, form)),
                title=t("Opinion"),
                hint=self._hint(read, form),
                own=True,
                act="submit",
                act_words=t("Sign and send on"),
                lines=form_lines(read.page, form, draft, t),
                text=draft.text,
                law=draft.law,
                article=draft.article,
                result_number=draft.number,
                wants_number=form.level == "final" and draft.view != "deny",
                signers=signed,
                lacks=self._said(draft),
            )
        )

    def _hint(self, read: CaseRead, form: OpinionForm) -> str:
        """What was said with the work, then what is to be done; once something is filled in, since when it is
        kept."""
        task = self._here.task
        told = told_words(task) if task is not None and task.code == form.step else ()
        return " · ".join((*told, self._standing(read, form)))

    def _standing(self, read: CaseRead, form: OpinionForm) -> str:
        t = self._here.t
        at = self._kept_at.get(self._key(read, form)) or (form.draft.at if form.draft is not None else None)
        if at is not None:
            return t("draft kept {moment}; it opens again here or at another desk", moment=moment_words(at))
        return t("conditions, view and basis: all three; each level answers for its own")

    def _draft(self, read: CaseRead, form: OpinionForm) -> Draft:
        key = self._key(read, form)
        if key not in self._drafts:
            self._drafts[key] = drafted(read.page, form)
        return self._drafts[key]

    def _key(self, read: CaseRead, form: OpinionForm) -> Key:
        """Drafts are each person's own."""
        shift = self._here.hands.shift
        return read.case, form.step, shift.staff if shift is not None else ""

    @staticmethod
    def _split(line: str) -> tuple[str, str]:
        kind, _, code = line.partition(":")
        return kind, code
