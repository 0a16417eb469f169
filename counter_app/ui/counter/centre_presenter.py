"""The centre at the counter: its dot, the page of devices, and conflicts that ask for one answer. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from counter_app.domain.centre.conflict_words import choices, sentence
from counter_app.domain.centre.conflicts import Conflict
from counter_app.errors import mark
from counter_app.ui.centre_words import centre_words, clock_words
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.foot_presenter import FootPresenter
from counter_app.ui.counter.shown import DeviceShown, DotShown
from counter_app.ui.met_acts import MetAct, MetActs
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.sync.hall import DeviceRow, HallDevices, Standing
from counter_app.use_cases.sync.state import CentreState

ROLES: Final = {
    "counter": mark("counter"),
    "kiosk": mark("kiosk"),
    "display": mark("display"),
    "desk": mark("desk"),
    "relay": mark("relay"),
    "centre": mark("centre"),
    "above": mark("hall above"),
}
STANDINGS: Final[dict[Standing, tuple[State, str]]] = {
    "in_step": (State.READY, mark("in step")),
    "waiting": (State.PENDING, mark("{count} acts waiting")),
    "silent": (State.CORRECT, mark("silent since {time}")),
    "revoked": (State.FAULT, mark("taken out of the hall")),
    "unknown": (State.IDLE, mark("not known")),
}
SENTENCES: Final = {
    "in_step": mark("This machine and the centre have the same, to the last act."),
    "catching_up": mark("This machine is fetching and sending; the rest of the hall follows in a moment."),
    "cut_off": mark(
        "The centre does not answer. Work goes on; everything is kept here and sent when it is back."
    ),
    "out_of_step": mark(
        "What the centre sent does not fit what is here. Work goes on; tell the administrator: {reason}"
    ),
    "revoked": mark("This machine was taken out of the hall. Tell the administrator."),
    "alone": mark("Everything is kept on this machine; no centre is set up."),
}
ShowDevices = Callable[[tuple[DeviceShown, ...], str, str], None]


class CentrePresenter:
    """`foot` is given the dot, `show_devices(rows, summary, told)` the page. A machine alone has neither."""

    def __init__(self, desk: Desk, foot: FootPresenter, show_devices: ShowDevices) -> None:
        self._desk = desk
        self._foot = foot
        self._show_devices = show_devices
        centre = desk.deps.centre
        self._centre = None if centre is None or centre.alone else centre
        self._acts = MetActs(desk, self._centre, self._again) if self._centre is not None else None
        self._told: set[str] = set()
        self.state = CentreState("alone")

    def refresh(self) -> None:
        """Ask for the state, and for conflicts that concern whoever works here."""
        desk, centre = self._desk, self._centre
        if centre is None:
            return
        desk.reads.run(centre.state, self._seen)
        if desk.at_work:
            actor = desk.actor
            desk.reads.run(lambda: centre.concerning(actor.staff, actor.place), self._tell)

    def devices(self) -> None:
        """The page: the centre is asked, and if it does not answer, what is known here is shown."""
        if self._centre is None:
            self._foot.mend("centre")
        else:
            self._desk.asks.run(self._centre.devices, self._show_page)

    def conflicts(self) -> None:
        """All open conflicts of the hall, to be answered by their key."""
        if self._centre is None:
            self._foot.mend("centre")
        else:
            self._desk.reads.run(self._centre.open_conflicts, self._list)

    def _seen(self, state: CentreState) -> None:
        self.state = state
        sign, words = centre_words(state, self._desk.t, self._desk.deps.clock.now())
        self._foot.centre_changed(DotShown(sign, words))

    def _tell(self, conflicts: tuple[Conflict, ...]) -> None:
        """One sentence, once a log-in; with a key that opens the answers."""
        desk, t, acts = self._desk, self._desk.t, self._acts
        if not desk.at_work or acts is None:
            return
        fresh = [one for one in conflicts if one.id not in self._told]
        self._told.update(one.id for one in fresh)
        if not fresh:
            return
        first = fresh[0]
        more = len(conflicts) - 1
        desk.tell(
            sentence(first).said(t),
            remedy=t("And {count} more: Ctrl+M, K.", count=more) if more else "",
            level="warn",
            action=t("Answer"),
            act=lambda: acts.ask(self._asked(first)),
        )

    def _again(self) -> None:
        self._told.clear()  # the next one is told
        self.refresh()

    def _list(self, conflicts: tuple[Conflict, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not conflicts:
            desk.tell(t("No two machines contradict each other: there is nothing to answer."), level="good")
        elif self._acts is not None:
            self._acts.list([self._asked(one) for one in conflicts])

    def _asked(self, conflict: Conflict) -> MetAct:
        first, second = (_moment(conflict.detail.get(name, "")) for name in ("against_at", "at"))
        said = sentence(conflict).said(self._desk.t)
        return MetAct(conflict.id, said, choices(conflict.rule), first, second)

    def _show_page(self, hall: HallDevices) -> None:
        t, now = self._desk.t, self._desk.deps.clock.now()
        self._seen(hall.state)
        rows = tuple(self._row(row, now) for row in hall.rows)
        summary = t(SENTENCES[hall.state.state], reason=hall.state.reason)
        if hall.told_at is None:
            told = t("The centre has not told of its devices yet.")
        elif hall.fresh:
            told = t("As the centre knows them, {time}", time=clock_words(hall.told_at, now))
        else:
            told = t("The centre does not answer: as it told at {time}", time=clock_words(hall.told_at, now))
        self._show_devices(rows, summary, told)

    def _row(self, row: DeviceRow, now: datetime) -> DeviceShown:
        t = self._desk.t
        sign, words = STANDINGS[row.standing]
        contact = clock_words(row.last_contact, now) if row.last_contact else ""
        named = t(ROLES["above"]) if row.role == "above" else row.device
        name = f"{row.device} · {row.name}" if row.name and row.name != row.device else named
        return DeviceShown(
            id=row.device,
            name=f"{name} · {t('this one')}" if row.here else name,
            role=t(ROLES[row.role]) if row.role in ROLES else row.role,
            state=sign,
            words=t(words, count=row.unsent, time=contact),
            agreed=clock_words(row.agreed_at, now) if row.agreed_at else "–",
            unsent=clock_words(row.oldest_unsent, now) if row.oldest_unsent else "–",
            epoch=str(row.epoch),
        )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
