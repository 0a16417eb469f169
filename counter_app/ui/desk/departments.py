"""Choosing several departments of a case's working group, one key each. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.casework.task import NOTICED
from counter_app.ui.asking import KEYS
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.casework.views import CasePage, InboxRow

DONE = "="


def group_of(here: DeskPlace, read: CaseRead) -> tuple[tuple[str, str], ...]:
    """(code, name) of those who have a part in the case, one's own left out."""
    page = read.page
    shift = here.hands.shift
    own = here.deps.plan.member(shift.staff) if shift is not None else None
    found = {page.department: page.department_name}
    found |= {step.department: step.department_name for step in page.steps}
    found |= {row.department: row.department_name for row in page.assists}
    return tuple((code, name) for code, name in found.items() if own is None or code != own.department)


def noticed(here: DeskPlace, page: CasePage) -> tuple[InboxRow, ...]:
    """Open work of other departments that a copy-notice may go to; what goes on paper anyway comes first."""
    shift = here.hands.shift
    own = here.deps.plan.member(shift.staff) if shift is not None else None
    rows = [
        row for row in page.tasks if row.kind in NOTICED and (own is None or row.department != own.department)
    ]
    return tuple(sorted(rows, key=lambda row: not row.on_paper))


def departments(
    here: DeskPlace,
    title: str,
    read: CaseRead,
    done: Callable[[tuple[str, ...]], None],
    chosen: tuple[str, ...] = (),
    among: tuple[tuple[str, str], ...] | None = None,
    least: int = 1,
) -> None:
    """Each key puts a department in or takes it out; Enter at the first line goes on with `least` or more."""
    t, group = here.t, group_of(here, read) if among is None else among
    if len(group) < least:
        here.tell(
            t("Only one department has a part in this case: there is nothing to co-ordinate.")
            if group
            else t("No other department has a part in this case.")
        )
        return
    names = dict(group)
    inside = "、".join(names[code] for code in chosen)
    rows = [
        Choice(code, KEYS[at], f"{'☑' if code in chosen else '☐'} {name}")
        for at, (code, name) in enumerate(group)
    ]
    lacks = t("At least {count}.", count=least) if chosen else t("Nobody is chosen yet.")
    go_on = Choice(DONE, "0", t("Go on"), inside, len(chosen) >= least, lacks)

    def taken(code: str, text: str) -> None:
        if code == DONE:
            done(chosen)
        else:
            left = tuple(one for one in chosen if one != code)
            now = left if code in chosen else (*chosen, code)
            departments(here, title, read, done, now, group, least)

    here.ask(title, (go_on, *rows) if len(chosen) >= least else (*rows, go_on), taken)
