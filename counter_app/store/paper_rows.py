"""Row queries of the paper room: seeks on partial indexes, every list bounded."""

from __future__ import annotations

from typing import Final

from sqlalchemy import TEXT, ColumnElement, bindparam, literal_column, select

from counter_app.domain.paper.issued import PAPERS, IssuedPaper
from counter_app.domain.paper.jobs import JOBS, Job
from counter_app.store.paper_tables import jobs, of_device, papers
from counter_app.store.query import Prepared, Query, prepared
from counter_app.use_cases.papers.printers import KIOSK
from counter_app.use_cases.ports.papers_rows import Places

_p, _j = papers.c, jobs.c
_OF_CASE_CAP: Final = 200
_UNDER_WAY_CAP: Final = 50
# Papers and jobs of one act bear the same moment; the row number keeps their order.
_WRITTEN: Final[ColumnElement[int]] = literal_column("rowid")
# By no index: minutes hold few jobs, and what a mute printer was sent stays unsettled for years.
_whose: Final[ColumnElement[str]] = literal_column("+unsettled", TEXT)
_PAPER = select(_p.fold)
_JOB = select(_j.fold)
# ticket numbers come again every day: the newest is meant
_BY_NUMBER: Final = prepared(
    _PAPER.where(_p.number == bindparam("number")).order_by(_p.issued.desc()).limit(1)
)
_OF_CASE: Final = prepared(
    _PAPER.where(_p.of_case == bindparam("case")).order_by(_p.issued, _WRITTEN).limit(_OF_CASE_CAP)
)
_WAITING = (
    _JOB.where(_j.unsettled >= bindparam("since"), _j.unsettled < bindparam("end"), _j.waits.is_not(None))
    .order_by(_j.unsettled, _WRITTEN)
    .limit(1)
)
_NEXT: Final[dict[Places, Prepared]] = {
    "": prepared(_WAITING),
    "kiosk": prepared(_WAITING.where(_j.place.startswith(KIOSK))),
    "counter": prepared(_WAITING.where(_j.place.not_like(f"{KIOSK}%"))),
}
_UNDER_WAY: Final = prepared(
    _JOB.where(_j.under_way >= bindparam("first"), _j.under_way < bindparam("end"))
    .order_by(_j.under_way)
    .limit(_UNDER_WAY_CAP)
)
_OF_PLACE: Final = prepared(
    _JOB.where(_j.place == bindparam("place"))
    .order_by(_j.changed.desc(), _WRITTEN.desc())
    .limit(bindparam("most"))
)
_ALL: Final = prepared(_JOB.order_by(_j.changed.desc(), _WRITTEN.desc()).limit(bindparam("most")))
_UNSETTLED: Final = prepared(
    _JOB.where(_j.unsettled >= bindparam("first"), _j.unsettled < bindparam("end"))
    .order_by(_j.unsettled, _WRITTEN)
    .limit(bindparam("most"))
)
_UNSETTLED_SINCE: Final = prepared(
    _JOB.where(
        _j.changed >= bindparam("since"),
        _whose >= bindparam("first"),
        _whose < bindparam("end"),
    )
    .order_by(_j.changed.desc(), _WRITTEN.desc())
    .limit(bindparam("most"))
)
_LAST: Final = "~"  # sorts after every moment


class SqlitePaperRows:
    """`PaperRows` from the paper tables."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def by_number(self, number: str) -> IssuedPaper | None:
        row = self._query.one(_BY_NUMBER, number=number)
        return None if row is None else PAPERS.decode(row[0])

    def of_case(self, case: str) -> tuple[IssuedPaper, ...]:
        return tuple(PAPERS.decode(row[0]) for row in self._query.all(_OF_CASE, case=case))

    def next_job(self, device: str, since: str, places: Places = "") -> Job | None:
        own = of_device(device)
        row = self._query.one(_NEXT[places], since=own + since, end=own + _LAST)
        return None if row is None else JOBS.decode(row[0])

    def under_way(self, device: str) -> tuple[Job, ...]:
        own = of_device(device)
        return self._jobs(_UNDER_WAY, first=own, end=own + _LAST)

    def jobs(self, place: str, most: int) -> tuple[Job, ...]:
        return self._jobs(_OF_PLACE, place=place, most=most) if place else self._jobs(_ALL, most=most)

    def unsettled(self, device: str, most: int) -> tuple[Job, ...]:
        own = of_device(device)
        return self._jobs(_UNSETTLED, first=own, end=own + _LAST, most=most)

    def unsettled_since(self, device: str, since: str, most: int) -> tuple[Job, ...]:
        own = of_device(device)
        return self._jobs(_UNSETTLED_SINCE, since=since, first=own, end=own + _LAST, most=most)

    def _jobs(self, statement: Prepared, **params: object) -> tuple[Job, ...]:
        return tuple(JOBS.decode(row[0]) for row in self._query.all(statement, **params))
