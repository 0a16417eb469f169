"""A hall as it is set up: its tree, departments, counters, waiting lines, people and promises.

Reference data, published by the centre. Not here: what happens in it (shifts, tickets, cases).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

HallKind = Literal["city", "district", "street", "station"]
BuildingState = Literal["built", "rebuilding", "under_construction", "agreed", "siting"]
Role = Literal["inquiry", "intake", "handling", "supervision", "admin"]
PostLevel = Literal["", "handler", "approver", "final"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """One node of the tree city → district → street → station (mission: H1).

    `building`: 已建 built, 改建 rebuilding, 在建 under_construction, 已签协议 agreed, 选址 siting.
    `area_codes` are administrative codes it is competent for, longest first; empty when not stated.
    """

    code: str
    name: str
    name_en: str = ""
    kind: HallKind
    parent: str = ""
    building: BuildingState = "built"
    address: str = ""
    phone: str = ""
    area_codes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """`moved_in` false: its steps go by printed copy-notice (部分部门未入驻, mission: H2).

    `authority` is the name on the seal it works under where that is not its own: an office of the
    subdistrict seals with the subdistrict's.
    """

    code: str
    name: str
    name_en: str = ""
    moved_in: bool
    phone: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A counter and the categories or groups it is licensed for, in order of preference (Q3, H3)."""

    number: int
    name: str
    licences: tuple[str, ...]
    area: str = ""

    def serves(self, licence: str) -> bool:
        return licence in self.licences


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A waiting line by the letter on its tickets. `priority`: its tickets are drawn by people whom
    the hall lets go first; then `licences` is empty and any item may stand in it."""

    letter: str
    name: str
    name_en: str = ""
    licences: tuple[str, ...] = ()
    priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """`training_pin` stands only in training halls: it is printed on the log-in page. `chips` are serials of
    smart cards that stand for the badge at the log-in; the PIN is asked all the same."""

    badge: str
    name: str
    name_en: str = ""
    roles: tuple[Role, ...]
    department: str
    title: str = ""
    training_pin: str = ""
    chips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post with an A and a B (AB岗制, mission: H5) and its duties, readable at the counter (H7).

    A handling post stands in a `department` and has a `level`: it prepares (经办), approves (审批) or
    approves finally (核准, mission: C9).
    """

    code: str
    name: str
    role: Role
    counter: int = 0
    a: str
    b: str = ""
    duties: tuple[str, ...] = ()
    department: str = ""
    level: PostLevel = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderDuty:
    """Which leader is on duty on a weekday (1 Monday … 7 Sunday, mission: H6)."""

    weekday: Literal[1, 2, 3, 4, 5, 6, 7]
    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise the hall makes in public; `source_text` where it is adapted (mission: D5)."""

    number: int
    text: str
    source_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """From `opens` to `closes` on each of `weekdays`; `duty` hours are manned by few (周末值班)."""

    weekdays: tuple[int, ...]
    opens: time
    closes: time
    duty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HallPlan:
    """Everything about one hall. `code` is the hall's own node in `halls`.

    `settings` are keys of the settings' declarations with the hall's values. `review_body` and `court` decide
    on review and suit against decisions made here (mission: P3); empty where the hall has not named them.
    """

    code: str
    short_name: str
    training: bool
    inquiry_line: str
    complaint_line: str
    complaint_note: str = ""
    review_body: str = ""
    court: str = ""
    halls: tuple[Hall, ...]
    departments: tuple[Department, ...]
    counters: tuple[Counter, ...]
    lines: tuple[Line, ...]
    staff: tuple[StaffMember, ...]
    posts: tuple[Post, ...]
    leaders: tuple[LeaderDuty, ...]
    promises: tuple[Promise, ...]
    hours: tuple[OpeningHours, ...]
    settings: Mapping[str, int]

    @property
    def hall(self) -> Hall:
        return next(hall for hall in self.halls if hall.code == self.code)

    def stations(self) -> tuple[Hall, ...]:
        """The community stations under this hall."""
        return tuple(hall for hall in self.halls if hall.parent == self.code)

    def counters_for(self, licence: str) -> tuple[Counter, ...]:
        """Counters licensed for a category or group, those that prefer it first."""
        able = [counter for counter in self.counters if counter.serves(licence)]
        return tuple(sorted(able, key=lambda counter: (counter.licences.index(licence), counter.number)))

    def holder_of(self, chip: str) -> StaffMember | None:
        """Whose badge a smart card is, by its serial."""
        return next((one for one in self.staff if chip in one.chips), None)

    def member(self, badge: str) -> StaffMember | None:
        return next((member for member in self.staff if member.badge == badge), None)

    def department(self, code: str) -> Department | None:
        return next((entry for entry in self.departments if entry.code == code), None)

    def post(self, code: str) -> Post | None:
        return next((post for post in self.posts if post.code == code), None)

    def post_for(self, department: str, level: PostLevel) -> Post | None:
        """The post of a department that does work of this level (mission: H5, C9)."""
        fitting = (post for post in self.posts if post.department == department and post.level == level)
        return next(fitting, None)

    def leader_on(self, day: date) -> StaffMember | None:
        """The leader on duty that day, as the display shows him."""
        badge = next((duty.badge for duty in self.leaders if duty.weekday == day.isoweekday()), "")
        return self.member(badge)

    def open_at(self, moment: datetime) -> bool:
        """Is the hall open at `moment`, which is in the hall's own time?"""
        return any(
            moment.isoweekday() in hours.weekdays and hours.opens <= moment.time() < hours.closes
            for hours in self.hours
        )
