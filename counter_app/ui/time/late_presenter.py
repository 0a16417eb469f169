"""Late work: the board, its cases, suspensions, requests, urging orders (mission: T4, S1, C8). No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.casework.words import FLAG_WORDS, TASK_WORDS
from counter_app.domain.intake.words import item_words
from counter_app.domain.journal import Actor
from counter_app.domain.time.alarms import LEVEL_WORDS
from counter_app.domain.time.clock import ASKS
from counter_app.domain.time.words import ASK_WORDS, amount_words
from counter_app.errors import mark
from counter_app.ui.theme.tokens import State
from counter_app.ui.time.clock_presenter import ClockPresenter, Show
from counter_app.ui.time.words import SIGNS, left_words, reply_words, urged_words
from counter_app.ui.widgets.facts_shown import KeyShown, PageShown, RowShown, SentenceShown
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.time.room import TimeRoom
from counter_app.use_cases.time.views import (
    ASKED_LATE,
    RECEIVED,
    AskRow,
    Board,
    BoardLine,
    FlaggedRow,
    LateRow,
    SuspendedRow,
    UrgeRow,
    UrgeTo,
)

SEPARATOR: Final = "|"
CASES: Final = 200
CAUSES: Final[Mapping[str, str]] = {
    **{str(kind): words for kind, words in TASK_WORDS.items()},
    ASKED_LATE: mark("asked late"),
}


class LatePresenter:
    """`clock` opens a case's own page on Enter, `received` the list of what is not accepted yet."""

    def __init__(
        self,
        here: Workplace,
        room: TimeRoom,
        show: Show,
        clock: ClockPresenter,
        received: Callable[[], None],
    ) -> None:
        self._here = here
        self._room = room
        self._show = show
        self._clock = clock
        self._received = received
        self._page = ""
        self._again: Callable[[], None] = lambda: None
        self._rows: tuple[LateRow, ...] = ()
        self._replied: frozenset[str] = frozenset()
        self._pages: Mapping[str, Callable[[], None]] = {
            "board": self.board,
            "suspended": self.suspended,
            "asked": self.asked,
            "orders": self.orders,
            "meetings": self.meetings,
        }

    def board(self) -> None:
        self._read("board", self._room.queries.board, self._board)

    def suspended(self) -> None:
        self._read("suspended", self._of(self._room.queries.suspended), self._suspended)

    def asked(self) -> None:
        self._read("asked", self._of(self._room.queries.asked), self._asked)

    def meetings(self) -> None:
        """Meetings of another level than the table gives (mission: C15)."""
        self._read("meetings", self._of(self._room.queries.flagged), self._meetings)

    def orders(self) -> None:
        self._read("orders", self._of(self._room.queries.urged), self._orders)

    def opened(self, row: str) -> None:
        """Enter on a row."""
        case, _, rest = row.partition(SEPARATOR)
        if self._page == "board" and rest.startswith(RECEIVED):
            self._received()
        elif self._page == "board":
            step, _, cause = rest.partition(SEPARATOR)
            if step:
                self.work(case, step, cause)
            else:
                self.cases(case)
        elif self._page == "asked":
            self._clock.decide(case, rest)
        elif self._page == "orders" and rest in self._replied:
            self._clock.open(case, listed=True)
        elif self._page == "orders":
            self.reply(case, rest, then=self.orders)
        elif case:
            self._clock.open(case, listed=True)

    def command(self, name: str, row: str) -> None:
        """A letter of one of the pages."""
        case, _, rest = row.partition(SEPARATOR)
        if name == "urge" and any(one.case == case and one.hidden for one in self._rows):
            self._clock.open(case, listed=True)
        elif name == "urge" and case:
            department, _, step = rest.partition(SEPARATOR)
            body = next((one.department for one in self._rows if one.code == department), department)
            self._clock.urge(case, UrgeTo(department, body, step) if step else None, self._again)
        elif name == "clock" and case:
            self._clock.open(case, listed=True)
        elif name in self._pages:
            self._pages[name]()

    def cases(self, department: str) -> None:
        """Late and nearly late cases of a department, the longest late first."""
        queries, actor = self._room.queries, self._here.actor
        self._read("cases", lambda: queries.late(actor, department, CASES), self._cases)

    def work(self, department: str, step: str, cause: str) -> None:
        """Late and nearly late work of one sort, in whichever case it is."""
        queries, actor = self._room.queries, self._here.actor
        self._read("cases", lambda: queries.late_work(actor, department, step, cause, CASES), self._cases)

    def _of(self, read: Callable[[Actor], object]) -> Callable[[], object]:
        """A list for whoever works here."""
        actor = self._here.actor
        return lambda: read(actor)

    def _read(self, page: str, read: Callable[[], object], show: Callable[..., None]) -> None:
        self._again = lambda: self._read(page, read, show)

        def landed(found: object) -> None:
            self._page = page
            show(found)

        self._here.reads.run(read, landed, self._here.error)

    def _board(self, board: Board) -> None:
        t = self._here.t
        whole = self._counted(mark("{late} cases late, {soon} due soon"), board, steps=False)
        steps = self._counted(mark("steps: {late} late, {soon} due soon"), board, steps=True)
        late = any(line.late for line in board.lines)
        rows = tuple(self._line(line) for line in board.lines)
        said = [SentenceShown(f"{whole} · {steps}", State.LATE if late else State.READY, strong=True)]
        if board.flagged:
            words = t("{count} meetings against the table of levels", count=board.flagged)
            said.append(SentenceShown(words, State.CORRECT))
        if board.unsigned:
            names = "、".join(board.unsigned)
            words = t("No post approves cases in: {names}. Set it up in the hall's file.", names=names)
            said.append(SentenceShown(words, State.FAULT))
        self._show(
            PageShown(
                title=t("Late work on {day}", day=board.today),
                sentences=tuple(said),
                columns=(
                    t("Department"),
                    t("Step"),
                    t("Cause"),
                    t("Due soon"),
                    t("Reminder"),
                    t("Warning"),
                    t("Alarm"),
                ),
                shares=(24, 22, 16, 10, 9, 9, 9),
                rows=rows,
                empty=t("Nothing is late or nearly so."),
                keys=self._keys(("Enter", mark("its cases"), ""), *((_MEETINGS,) if board.flagged else ())),
            )
        )

    def _counted(self, source: str, board: Board, *, steps: bool) -> str:
        """Whole cases and the steps in them are counted apart: a step may be late in a case that is not."""
        lines = [line for line in board.lines if bool(line.step) == steps]
        late, soon = sum(line.late for line in lines), sum(line.yellow for line in lines)
        return self._here.t(source, late=late, soon=soon)

    def _line(self, line: BoardLine) -> RowShown:
        t = self._here.t
        worst = State.FAULT if line.alarm else State.LATE if line.late else State.SOON
        cause = t(CAUSES.get(line.cause, mark("whole case")))
        step = t("papers received") if line.step == RECEIVED else line.step
        counts = (line.yellow, line.reminder, line.warning, line.alarm)
        cells = (line.department, step, cause, *(str(count or "") for count in counts))
        return RowShown(SEPARATOR.join((line.code, line.step, line.cause)), cells, worst)

    def _cases(self, rows: tuple[LateRow, ...]) -> None:
        t, self._rows = self._here.t, rows
        steps = sorted({f"{row.department} · {row.step}" for row in rows if row.step})
        self._show(
            PageShown(
                title=t("Late and nearly late: {work}", work="、".join(steps))
                if steps
                else t("Late and nearly late cases"),
                columns=(t("Case"), t("Item"), t("Department"), t("Due"), t("State"), t("Urged")),
                shares=(23, 18, 11, 10, 20, 18),
                rows=tuple(self._case(row) for row in rows),
                empty=t("Nothing is late or nearly so."),
                keys=self._keys(("Enter", mark("its clock"), ""), ("U", mark("urge"), "urge"), _BOARD),
            )
        )

    def _case(self, row: LateRow) -> RowShown:
        t = self._here.t
        state = f"{t(LEVEL_WORDS[row.level])} · {left_words(row.left, t)}"
        if row.by_law:
            state = f"{t('beyond the legal limit')} · {left_words(row.left, t)}"
        id = SEPARATOR.join((row.case, row.code, row.step)) if row.step else row.case
        item = item_words(t, row.item, hidden=row.hidden)
        cells = (row.number, item, row.department, _due(row), state, urged_words(row, t))
        return RowShown(id, cells, State.FAULT if row.by_law else SIGNS[row.level])

    def _suspended(self, rows: tuple[SuspendedRow, ...]) -> None:
        t = self._here.t
        shown = tuple(
            RowShown(
                row.case,
                (
                    row.number,
                    row.department,
                    f"{row.since:%m-%d} → {row.expected or '—'}",
                    str(row.until or ""),
                    item_words(t, row.reason, hidden=row.hidden),
                    row.does,
                    row.approver,
                ),
                State.SOON if row.warn else State.STOPPED,
            )
            for row in rows
        )
        self._show(
            PageShown(
                title=t("Suspended cases"),
                columns=(
                    t("Case"),
                    t("Department"),
                    t("Since, expected end"),
                    t("At the latest"),
                    t("Reason"),
                    t("What the lead does"),
                    t("Approved by"),
                ),
                shares=(25, 10, 17, 11, 14, 14, 9),
                rows=shown,
                empty=t("No case is suspended."),
                keys=self._keys(("Enter", mark("its clock"), ""), _BOARD),
            )
        )

    def _asked(self, rows: tuple[AskRow, ...]) -> None:
        t = self._here.t
        shown = tuple(
            RowShown(
                SEPARATOR.join((row.case, row.ask)),
                (
                    row.number,
                    item_words(t, row.item, hidden=row.hidden),
                    row.department,
                    f"{t(ASK_WORDS[ASKS[row.kind]])} "
                    + (amount_words(t, row.amount, row.unit) if row.amount else f"→ {row.expected}"),
                    row.reason,
                    row.by,
                ),
                State.PENDING,
            )
            for row in rows
        )
        self._show(
            PageShown(
                title=t("Requests that wait for approval"),
                columns=(t("Case"), t("Item"), t("Department"), t("Wanted"), t("Reason"), t("Asked by")),
                shares=(25, 18, 11, 22, 15, 9),
                rows=shown,
                empty=t("Nothing waits for approval."),
                keys=self._keys(("Enter", mark("approve, or not"), ""), ("C", mark("its clock"), "clock")),
            )
        )

    def _meetings(self, rows: tuple[FlaggedRow, ...]) -> None:
        t = self._here.t
        self._show(
            PageShown(
                title=t("Meetings against the table of levels"),
                columns=(
                    t("Case"),
                    t("Item"),
                    t("Department"),
                    t("Step"),
                    t("Sent to"),
                    t("By the table"),
                    t("Day"),
                ),
                shares=(24, 20, 12, 14, 12, 12, 6),
                rows=tuple(
                    RowShown(
                        row.case,
                        (
                            row.number,
                            item_words(t, row.item, hidden=row.hidden),
                            row.department,
                            f"{row.step}：{t(FLAG_WORDS[row.flag])}" if row.flag in FLAG_WORDS else row.step,
                            row.level,
                            row.table,
                            f"{row.on:%m-%d}" if row.on else "",
                        ),
                        State.CORRECT,
                    )
                    for row in rows
                ),
                empty=t("Every meeting was of its level."),
                keys=self._keys(("Enter", mark("its clock"), ""), _BOARD),
            )
        )

    def _orders(self, rows: tuple[UrgeRow, ...]) -> None:
        t = self._here.t
        self._replied = frozenset(row.urge for row in rows if row.answered_at is not None)
        shown = tuple(
            RowShown(
                SEPARATOR.join((row.case, row.urge)),
                (
                    row.number,
                    row.department,
                    item_words(t, row.text, hidden=row.hidden),
                    row.by,
                    reply_words(row, t),
                ),
                State.LATE if row.late else State.PENDING if row.answered_at is None else State.DONE,
            )
            for row in rows
        )
        self._show(
            PageShown(
                title=t("Urging orders: replies owed, and work that is late all the same"),
                columns=(t("Case"), t("Department"), t("What is wanted"), t("Ordered by"), t("Reply")),
                shares=(25, 12, 30, 12, 21),
                rows=shown,
                empty=t("No order waits for a reply."),
                keys=self._keys(("Enter", mark("reply"), ""), ("C", mark("its clock"), "clock"), _BOARD),
            )
        )

    def reply(self, case: str, urge: str, wanted: str = "", then: Callable[[], None] | None = None) -> None:
        """Answer an order; `then` shows what is left."""
        here, t = self._here, self._here.t

        def answered(done: object) -> None:
            here.tell(t("Answered; the reply stands on the case's clock and its page."), level="good")
            if then is not None:
                then()

        if urge:
            here.ask_reason(
                t("The reply to “{text}”", text=wanted) if wanted else t("The reply"),
                ("已办理，今日送出", "正在办理，三个工作日内答复"),
                lambda text: here.act(
                    f"answer:{urge}",
                    lambda actor, key: self._room.urging.answer(actor, key, case, urge, text),
                    answered,
                ),
            )

    def _keys(self, *keys: tuple[str, str, str]) -> tuple[KeyShown, ...]:
        t = self._here.t
        return tuple(
            KeyShown(cap, t(words), name) for cap, words, name in (*keys, ("Esc", mark("leave"), ""))
        )


def _due(row: LateRow) -> str:
    return f"{row.due_at:%Y-%m-%d %H:%M}" if row.due_at is not None else str(row.due or "")


_BOARD: Final = ("L", mark("the board"), "board")
_MEETINGS: Final = ("M", mark("meetings against the table"), "meetings")
