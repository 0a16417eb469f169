"""The foot of the desk: what may be done now, and how this machine stands to the hall's centre. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.casework.rights import Action
from counter_app.domain.casework.task import TIME_KINDS
from counter_app.ui.centre_words import centre_words
from counter_app.ui.desk.asked import asked
from counter_app.ui.desk.departments import noticed
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.sync.state import CentreState

OFFERS: Final[dict[str, tuple[Action, ...]]] = {
    "take": ("take",),
    "submit": ("opine", "end_step", "upper_answer"),
    "answer": ("answer", "reply", "reply_order", "settle", "plan_approve", "prerequisite"),
    "assist": ("assist",),
}


class FootPresenter:
    """`offer(names, words)` shows the keys, some in words of their own; `show_centre(name, state, word)` the
    dot."""

    def __init__(
        self,
        here: DeskPlace,
        offer: Callable[[frozenset[str], Mapping[str, str]], None],
        show_centre: Callable[[str, State, str], None],
    ) -> None:
        self._here = here
        self._offer = offer
        self._show_centre = show_centre
        centre = here.deps.centre
        self._centre = None if centre is None or centre.alone else centre

    def refresh(self) -> None:
        """Ask how this machine stands; alone, everything is here."""
        here, t = self._here, self._here.t
        if self._centre is not None:
            here.reads.run(self._centre.state, self._seen)
        elif here.deps.key_warning:
            self._show_centre(t("Store"), State.CORRECT, t("kept here; look at the key"))
        else:
            self._show_centre(t("Store"), State.READY, t("kept here, complete"))

    def case_changed(self, read: CaseRead | None) -> None:
        """Only what may be done with the case in hand stands here."""
        if read is None:
            self._offer(frozenset(), {})
            return
        page, task, t = read.page, self._here.task, self._here.t
        form = self._here.form
        shown = asked(read, task, (), t) if form is None else None
        words = {shown.act: shown.act_words} if shown is not None else {}
        offered = {name for name, actions in OFFERS.items() if page.may.intersection(actions)}
        if task is None or task.mine or task.kind in ("plan", *TIME_KINDS):
            offered.discard("take")
        if "answer" not in words:
            offered.discard("answer")
        if form is None and "submit" not in words:
            offered.discard("submit")
        if not page.offered:
            offered.discard("assist")
        beside = self._here.beside
        if form is not None or (beside is not None and beside.review):
            offered.add("go_opinion")
        if read.clock is not None:
            offered.add("clock")
        if noticed(self._here, page):
            offered.add("copy_notices")
        self._offer(frozenset(offered), words)

    def mend(self) -> None:
        """What the dot means, in words."""
        here, t = self._here, self._here.t
        if here.deps.key_warning:
            here.tell(t(here.deps.key_warning), level="warn")
        elif self._centre is None:
            here.tell(t("Everything is kept on this machine; no centre is set up."))
        else:
            here.tell(
                t("Work goes on whether the centre answers or not; what waits is sent by itself."),
            )

    def _seen(self, state: CentreState) -> None:
        here = self._here
        sign, words = centre_words(state, here.t, here.clock.now())
        self._show_centre(here.t("Centre"), sign, words)
