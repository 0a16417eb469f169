"""The inbox: what waits, for whom; taking it on and handing it over (mission: C12, H5). No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from counter_app.domain.casework.task import TIME_KINDS
from counter_app.domain.hall.plan import StaffMember
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError, mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.shown import WorkRowShown
from counter_app.ui.desk.words import work_row
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.casework.views import Inbox, InboxRow

Scope = Literal["posts", "mine", "department", "plans"]
SCOPES: Final[tuple[tuple[Scope, str], ...]] = (
    ("posts", mark("mine, my posts', and nobody's")),
    ("mine", mark("mine only")),
    ("department", mark("the whole department")),
    ("plans", mark("plans I follow")),
)
Counts = tuple[tuple[str, State], ...]


class InboxPresenter:
    """`show(rows, scope)` fills the list, `counted(words)` the head, `open_case(case, task)` takes one up."""

    def __init__(
        self,
        here: DeskPlace,
        show: Callable[[tuple[WorkRowShown, ...], str], None],
        counted: Callable[[Inbox, Counts], None],
        open_case: Callable[[str, str], None],
    ) -> None:
        self._here = here
        self._show = show
        self._counted = counted
        self._open_case = open_case
        self._at = 0
        self._reading = False
        self._again = False
        self.rows: tuple[InboxRow, ...] = ()

    def refresh(self) -> None:
        """Read it anew, one reading at a time."""
        here = self._here
        if not here.at_work:
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        actor, scope = here.actor, SCOPES[self._at][0]
        here.reads.run(lambda: self._read(actor, scope), lambda found: self._seen(actor, found), self._failed)

    def put_away(self) -> None:
        """Show nothing: whoever it was for has left."""
        self.rows = ()
        self._show((), "")

    def whose(self) -> None:
        """The next scope: mine and my posts', mine only, the whole department, plans that are followed."""
        self._at = (self._at + 1) % len(SCOPES)
        self.refresh()

    def chosen(self, task: str) -> None:
        """A row is in hand: its case is shown."""
        row = self._row(task)
        if row is not None:
            self._open_case(row.case, row.task)

    def begin(self) -> str:
        """The task that is worked on first: the most urgent one; of the case in hand, when there is one, what
        is left of it here, where the work that was in hand is done or gone."""
        hands = self._here.hands
        if not hands.case:
            return self.rows[0].task if self.rows else ""
        if self._row(hands.task) is not None:
            return ""
        return next((row.task for row in self.rows if row.case == hands.case), "")

    def take(self) -> None:
        """Take the work in hand into one's own hands."""
        here, task = self._here, self._here.task
        if task is None:
            here.tell(here.t("No work is in hand."))
        elif task.kind in TIME_KINDS:
            here.tell(here.t("This is answered with F8; nobody takes it on."))
        elif task.mine:
            here.tell(here.t("It is in your hands already."))
        else:
            work = here.casework.work
            here.do("take", lambda actor, key: work.take(actor, key, task.task), here.t("Taken on."))

    def pass_on(self) -> None:
        """Hand it to a colleague of the same department, with a remark if there is one."""
        here, task = self._here, self._here.task
        if task is None:
            here.tell(here.t("No work is in hand."))
            return
        if task.kind in TIME_KINDS:
            here.tell(here.t("This is answered with F8; nobody takes it on."))
            return
        actor, queries = here.actor, here.casework.queries
        here.reads.run(
            lambda: queries.colleagues(actor, task.task), lambda found: self._pass(task, found), here.error
        )

    def _pass(self, task: InboxRow, found: tuple[StaffMember, ...]) -> None:
        here, t = self._here, self._here.t
        colleagues = choices_of(tuple((one.badge, one.name, one.title) for one in found))
        if not colleagues:
            here.tell(t("Nobody else of {department} may have it.", department=task.department_name))
            return
        asks = (
            Ask("to", t("Pass “{work}” to whom?", work=task.name), colleagues),
            Ask("remark", t("A word to it (may stay empty)"), needed=False),
        )

        def passed(answers: Answers) -> None:
            work = here.casework.work
            here.do(
                "pass",
                lambda actor, key: work.pass_on(actor, key, task.task, answers["to"], answers["remark"]),
                t("Passed on."),
            )

        ask_all(here, asks, passed)

    def _read(self, actor: Actor, scope: Scope) -> tuple[Inbox, tuple[InboxRow, ...]]:
        queries = self._here.casework.queries
        inbox = queries.inbox(actor)
        if scope == "department":
            asked = tuple(row for row in inbox.rows if row.kind in TIME_KINDS)
            return inbox, (*asked, *queries.department(actor, inbox.department))
        if scope == "plans":
            return inbox, queries.followed(actor)
        return inbox, tuple(row for row in inbox.rows if row.mine) if scope == "mine" else inbox.rows

    def _failed(self, error: UserFacingError) -> None:
        """What is shown stays; the next change reads again."""
        self._reading = self._again = False
        self._here.error(error)

    def _seen(self, actor: Actor, found: tuple[Inbox, tuple[InboxRow, ...]]) -> None:
        here, t = self._here, self._here.t
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()
            return
        if not here.at_work or here.actor != actor:
            return  # whoever asked has left: nothing of his work is put in anybody's hands
        inbox, self.rows = found
        scope = t(SCOPES[self._at][1])
        more = t("the {count} most urgent", count=len(self.rows)) if inbox.more else t("by due day")
        posts = {post.code: post.name for post in self._here.deps.plan.posts}
        away = "、".join(posts.get(code, code) for code in inbox.standing_in)
        standing = t("standing in: {posts}", posts=away) if away else ""
        words = " · ".join(part for part in (standing, scope, more) if part)
        self._show(tuple(work_row(row, t) for row in self.rows), words)
        self._counted(inbox, self._counts(inbox))

    def _counts(self, inbox: Inbox) -> Counts:
        t, rows = self._here.t, inbox.rows
        assists = sum(1 for row in rows if row.kind == "assist")
        near = sum(1 for row in rows if row.urgency == "near")
        late = sum(1 for row in rows if row.urgency == "late")
        more = "+" if inbox.more else ""
        found = [(t("to do {count}", count=f"{len(rows)}{more}"), State.READY)]
        for count, words, state in (
            (assists, mark("assists {count}"), State.LACKING),
            (near, mark("due soon {count}"), State.SOON),
            (late, mark("late {count}"), State.LATE),
        ):
            if count:
                found.append((t(words, count=count), state))
        return tuple(found)

    def _row(self, task: str) -> InboxRow | None:
        return next((row for row in self.rows if row.task == task), None)
