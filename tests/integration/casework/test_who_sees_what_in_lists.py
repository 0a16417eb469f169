"""Who sees what of a sensitive case in every list: one table over views and roles (mission: C1, I10, S1).

`all` the row as it is, `number` its number and nothing of its matter or people, `-` no row at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.restricted import Opening
from counter_app.use_cases.time.requests import Request
from tests.integration.casework.test_joint_matter import LICENCE, TIMBER, opened
from tests.support.casework_hall import CIVIL, COMMERCE, POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK, ENTERPRISE, OVERSEER

CERTIFICATE, SUSPENDED, RECEIVED, ENDED = "0603", "suspended", "received", "ended"
FOLLOWED = "followed"
PROJECT: Final = "P-1"
OTHER_CLERK: Final = Actor("1004", "4")
ADMIN, NOBODY = Actor("1012"), Actor("command")
ROLES: Final = ("own", "clerk", "lead", "other", "supervision", "admin", "nobody")
# Of each case: the clerk of its counter and a handler of the department that leads it.
PEOPLE: Final[Mapping[str, tuple[Actor, Actor]]] = {
    LICENCE: (ENTERPRISE, COMMERCE[0]),
    TIMBER: (ENTERPRISE, COMMERCE[0]),
    CERTIFICATE: (CLERK, POPULATION[0]),
    SUSPENDED: (CLERK, POPULATION[0]),
    RECEIVED: (CLERK, POPULATION[0]),
    ENDED: (CLERK, POPULATION[0]),
    FOLLOWED: (CLERK, POPULATION[0]),
}
View = Callable[["SensitiveHall", Actor], Sequence[Any]]
VIEWS: Final[Mapping[str, tuple[str, View]]] = {
    "project": (CERTIFICATE, lambda hall, actor: hall.around.projects.of(actor, PROJECT)),
    "late": (CERTIFICATE, lambda hall, actor: hall.time.queries.late(actor)),
    "late work": (
        CERTIFICATE,
        lambda hall, actor: hall.time.queries.late_work(actor, "population", hall.step_name, "step"),
    ),
    "suspended": (SUSPENDED, lambda hall, actor: hall.time.queries.suspended(actor)),
    "asked": (CERTIFICATE, lambda hall, actor: hall.time.queries.asked(actor)),
    "urged": (CERTIFICATE, lambda hall, actor: hall.time.queries.urged(actor)),
    "received": (RECEIVED, lambda hall, actor: hall.time.received.list(actor)),
    "needed": (LICENCE, lambda hall, actor: hall.casework.queries.results_needed(actor)),
    "to tell": (LICENCE, lambda hall, actor: hall.around.telling.to_tell(actor, due_only=False)),
    "to file": (ENDED, lambda hall, actor: hall.around.archiving.to_file(actor)),
    "case list": (
        CERTIFICATE,
        lambda hall, actor: hall.queries.case_list(actor, open_only=False),
    ),
    "department": (
        CERTIFICATE,
        lambda hall, actor: hall.casework.queries.department(actor, "population"),
    ),
    "followed": (FOLLOWED, lambda hall, actor: hall.casework.queries.followed(actor)),
    # the clerk of another counter enters replies on paper, too
    "inbox": (TIMBER, lambda hall, actor: hall.casework.queries.inbox(actor).rows),
}
#                      own    clerk     lead   other     superv. admin     nobody
TABLE: Final = {
    "project": "       all    number    all    number    all    number    number",
    "late": "          all    number    all    number    all    number    number",
    "late work": "     all    number    all    number    all    number    number",
    "suspended": "     all    number    all    number    all    number    number",
    "asked": "         all    -         all    -         all    -         number",
    # supervision's department ordered it, and the administrator is of that department
    "urged": "         all    -         all    -         all    number    number",
    "received": "      all    number    all    -         all    -         work.who",
    "needed": "        all    number    all    number    all    number    number",
    "to tell": "       all    number    all    number    all    number    number",
    "to file": "       all    number    all    number    all    number    number",
    "case list": "     all    number    all    number    all    number    number",
    "inbox": "         all    number    -      -         -      -         work.who",
    "department": "    all    work.department all work.department all work.department work.who",
    "followed": "      -      -         -      all       -      -         work.who",
}


class SensitiveHall(CaseworkHall):
    """Five sensitive cases, late, asked for, urged, suspended, waiting."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.ids = dict(opened(self))
        for code, who in ((CERTIFICATE, "zhang"), (SUSPENDED, "ma"), (ENDED, "li"), (FOLLOWED, "li")):
            self.ids[code] = self.accepted("0603", who, CLERK, married="no", has_children="no")
        for code, actor in ((LICENCE, COMMERCE[0]), (TIMBER, ENTERPRISE)):
            self.casework.work.classify(actor, self.key(), self.ids[code], "ordinary", True, "涉及个人隐私")
        for code in (CERTIFICATE, LICENCE):
            self.around.projects.file(CLERK, self.key(), self.ids[code], PROJECT, "approval")
        longer = Request(kind="extension", amount=1, reason="现场条件不具备")
        self.time.commands.ask(POPULATION[0], self.key(), self.ids[CERTIFICATE], longer)
        self._suspend(self.ids[SUSPENDED])
        self.intake.decide(CLERK, self.key(), self.ids[ENDED], "withdraw", DecisionInput(reason="不办了"))
        self.clock.advance(days=30)
        self.time.urging.urge(OVERSEER, self.key(), self.ids[CERTIFICATE], "请说明何时办结")
        # of another department, named to follow the plan
        self.casework.plans.track(OVERSEER, self.key(), self.ids[FOLLOWED], CIVIL.staff)
        case = self.case("0603", "ma", CLERK, married="no", has_children="no")
        self.mark_all(case)
        self.intake.decide(CLERK, self.key(), case, "receive")
        self.ids[RECEIVED] = case

    def _suspend(self, case: str) -> None:
        until = self.clock.now().date().replace(month=12, day=31)
        stop = Request(kind="suspension", expected=until, reason="等待标准公布", does="每周询问")
        asked = self.time.commands.ask(POPULATION[0], self.key(), case, stop)
        self.time.commands.approve(POPULATION[2], self.key(), case, asked)

    @property
    def step_name(self) -> str:
        row = next(row for row in self.page(self.ids[CERTIFICATE], OVERSEER).steps if row.state == "open")
        return row.name

    def number(self, code: str) -> str:
        with self.store.reading() as reader:
            return reader.need(CASES, self.ids[code]).number


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SensitiveHall]:
    hall = SensitiveHall(tmp_path_factory.mktemp("sensitive"))
    yield hall
    hall.close()


def whoever(role: str, code: str) -> Actor:
    own, lead = PEOPLE[code]
    others = {"clerk": OTHER_CLERK, "other": CIVIL, "supervision": OVERSEER, "admin": ADMIN, "nobody": NOBODY}
    return {"own": own, "lead": lead, **others}[role]


def seen(hall: SensitiveHall, view: str, role: str) -> str:
    code, read = VIEWS[view]
    try:
        rows = read(hall, whoever(role, code))
    except UserFacingError as refused:
        return refused.code
    row = next((row for row in rows if row.case == hall.ids[code]), None)
    if row is None:
        return "-"
    assert row.number == hall.number(code)
    words = {
        name: getattr(row, name)
        for name in ("item", "applicant", "name", "phone", "reason", "does", "text", "things", "names")
        if hasattr(row, name) and not (view == "inbox" and name == "name")
    }
    assert row.hidden == (not row.item), words
    if row.hidden:
        assert not any(words.values()), words
    return "number" if row.hidden else "all"


@pytest.mark.parametrize("view", VIEWS)
def test_a_sensitive_case_shows_its_number_only_to_whom_it_does_not_concern(
    hall: SensitiveHall, view: str
) -> None:
    found = {role: seen(hall, view, role) for role in ROLES}
    assert found == dict(zip(ROLES, TABLE[view].split(), strict=True))


def test_the_table_names_every_view() -> None:
    assert set(TABLE) == set(VIEWS)


# mission: I10 C12
def test_a_clerk_of_the_department_at_another_counter_sees_its_number_in_the_departments_work(
    hall: SensitiveHall,
) -> None:
    colleague = Actor("1003", "4")  # 人口计生, takes in at another counter
    rows = hall.casework.queries.department(colleague, "population")
    (row,) = (row for row in rows if row.case == hall.ids[CERTIFICATE])
    assert (row.hidden, row.item, row.applicant) == (True, "", "")


# mission: I10 I17
def test_the_call_list_names_whom_to_ask_and_lets_who_may_see_it_call(hall: SensitiveHall) -> None:
    telling, case = hall.around.telling, hall.ids[LICENCE]
    (own,) = (row for row in telling.to_tell(ENTERPRISE, due_only=False) if row.case == case)
    (other,) = (row for row in telling.to_tell(OTHER_CLERK, due_only=False) if row.case == case)
    assert own.name
    assert own.things
    assert (other.name, other.counter, bool(other.department)) == ("", "5", True)
    with pytest.raises(UserFacingError) as refused:
        telling.letter(OTHER_CLERK, hall.key(), case, "choice")
    assert refused.value.code == "case.restricted"


# mission: I10 I17
def test_text_messages_of_sensitive_cases_are_written_out_by_who_may_see_them(hall: SensitiveHall) -> None:
    telling, case = hall.around.telling, hall.ids[LICENCE]
    hall.intake.set_field(ENTERPRISE, hall.key(), case, "phone", "13800000000")
    telling.ask_way(ENTERPRISE, hall.key(), case, "message")
    assert case not in [one.case for one in telling.messages(OTHER_CLERK, hall.key())]
    assert case in [one.case for one in telling.messages(ENTERPRISE, hall.key())]


# mission: I10
def test_the_clock_of_a_sensitive_case_is_not_opened_from_a_list(hall: SensitiveHall) -> None:
    queries, case = hall.time.queries, hall.ids[CERTIFICATE]
    with pytest.raises(UserFacingError) as refused:
        queries.clock_of(case, Opening(OTHER_CLERK))
    assert refused.value.code == "case.restricted"
    assert queries.clock_of(case, Opening(CLERK)) is not None
    assert queries.clock_of(case, Opening(OTHER_CLERK, held=True)) is not None
