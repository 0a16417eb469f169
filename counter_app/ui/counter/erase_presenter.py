"""Erasing a person's data: whom, what goes, on what ground, once more asked, then the proof. No Qt.

It cannot be undone, so everything that goes is shown before the one key that does it (mission: X3).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.hall.rights import Right
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.erasing import Erasure
from counter_app.domain.intake.erasure_words import BASIS_WORDS, STATE_WORDS, reach_lines
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.erasing import Preview, Proof
from counter_app.use_cases.intake.views import CaseView

RIGHT: Final[Right] = "party.erase"
KEYS: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ErasePresenter:
    """`view` gives the case as shown; `erased` clears away what showed the person."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], erased: Callable[[], None]) -> None:
        self._desk = desk
        self._view = view
        self._erased = erased

    def erase(self) -> None:
        """Of the case in hand one of its persons, else whoever applies in a case named by its number."""
        view, desk = self._view(), self._desk
        persons = view.persons if view is not None else ()
        if not persons:
            self._ask_number()
            return
        choices = tuple(
            Choice(person.party, KEYS[at], mask_name(person.name), person.number)
            for at, person in enumerate(persons[: len(KEYS)])
        )
        other = Choice("other", "0", desk.t("Somebody else: by case number"))

        def answered(choice: str, text: str) -> None:
            if choice == "other":
                self._ask_number()
            else:
                self._preview(choice)

        desk.ask(desk.t("Whose data is to be erased?"), (*choices, other), answered)

    def list_erased(self) -> None:
        """What was asked for and what became of it; a key shows its proof."""
        desk, deps, shift = self._desk, self._desk.deps, self._desk.hands.shift
        if shift is None:
            return

        def found() -> tuple[Erasure, ...]:
            deps.access.need(shift, RIGHT)
            return deps.erasing.erased()

        desk.reads.run(found, self._show_list, desk.error)

    def _ask_number(self) -> None:
        desk = self._desk
        desk.ask(
            desk.t("Whose data is to be erased?"),
            (),
            lambda _, typed: self._preview(typed) if typed else None,
            text=desk.t("Number of a case in which the person applies"),
        )

    def _preview(self, named: str) -> None:
        desk, deps, shift = self._desk, self._desk.deps, self._desk.hands.shift
        if shift is None:
            return

        def found() -> Preview:
            deps.access.need(shift, RIGHT)
            return deps.erasing.preview(named)

        desk.reads.run(found, lambda preview: self._ask_basis(named, preview), desk.error)

    def _ask_basis(self, named: str, preview: Preview) -> None:
        desk, t = self._desk, self._desk.t
        choices = tuple(
            Choice(basis, str(at), t(words)) for at, (basis, words) in enumerate(BASIS_WORDS.items(), 1)
        )
        desk.ask(
            t("Erase {name}: on which ground?", name=mask_name(preview.name)),
            choices,
            lambda basis, text: self._ask_sure(named, preview, basis),
            hint="\n".join(reach_lines(preview.found, t)),
        )

    def _ask_sure(self, named: str, preview: Preview, basis: str) -> None:
        """Refused already here where that can be known; else one key more."""
        desk, t, actor = self._desk, self._desk.t, self._desk.actor
        erasing = desk.deps.erasing
        choices = (
            Choice("no", "0", t("Leave everything as it is")),
            Choice("yes", "Y", t("Erase for good")),
        )

        def ask(allowed: Preview) -> None:
            desk.ask(
                t("This cannot be undone: erase {name}?", name=mask_name(preview.name)),
                choices,
                lambda choice, text: self._carry_out(named, basis) if choice == "yes" else None,
                hint=t(
                    "{parts} private parts go on every machine of the hall.", parts=len(allowed.found.parts)
                ),
            )

        desk.reads.run(lambda: erasing.need(actor, named, basis), ask, desk.error)

    def _carry_out(self, named: str, basis: str) -> None:
        desk, erasing = self._desk, self._desk.deps.erasing
        desk.act(
            "erase_party",
            lambda actor, key: erasing.erase(actor, key, named, basis),
            self._done,
            right=RIGHT,
        )

    def _done(self, state: Erasure) -> None:
        desk, t = self._desk, self._desk.t
        if state.state == "done":
            desk.tell(
                t("Erased: {parts} parts of {cases} cases.", parts=len(state.parts), cases=len(state.cases)),
                remedy=t("The journal keeps their digests and is still whole."),
                level="good",
                action=t("Proof"),
                act=lambda: self._prove(state),
            )
        else:
            desk.tell(
                t("The centre went away before it answered; it will still decide."),
                remedy=t("Look at the list of erasures later."),
                level="warn",
            )
        self._erased()

    def _show_list(self, found: tuple[Erasure, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not found:
            desk.tell(t("Nothing was erased here so far."))
            return
        shown = found[: len(KEYS)]
        choices = tuple(Choice(one.id, KEYS[at], self._words(one), one.code) for at, one in enumerate(shown))
        known = {one.id: one for one in shown}
        desk.ask(t("Erasures: a key shows the proof"), choices, lambda id, text: self._prove(known[id]))

    def _words(self, state: Erasure) -> str:
        t, plan = self._desk.t, self._desk.deps.plan
        basis = next((t(words) for basis, words in BASIS_WORDS.items() if basis == state.basis), state.basis)
        member = plan.member(state.staff)
        when = state.done_at or state.asked_at
        who = member.name if member else state.staff
        return f"{when:%Y-%m-%d %H:%M} · {t(STATE_WORDS[state.state])} · {basis} · {who}"

    def _prove(self, state: Erasure) -> None:
        desk = self._desk
        erasing = desk.deps.erasing
        desk.reads.run(lambda: erasing.proof(state.id), self._show_proof, desk.error)

    def _show_proof(self, proof: Proof) -> None:
        desk, t = self._desk, self._desk.t
        gone = sum(part.state != "there" for part in proof.parts)
        said = t("{gone} of {count} parts cannot be read here any more.", gone=gone, count=len(proof.parts))
        more = ""
        if proof.since:
            more = t("{count} parts of the same person came after it: erase once more.", count=proof.since)
        elif not proof.holds:
            more = t("Some are still readable here: let the keeper finish, then ask again.")
        desk.tell(said, remedy=more, level="good" if proof.holds and not proof.since else "warn")
