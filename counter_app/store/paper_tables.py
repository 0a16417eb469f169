"""Tables of the paper room: papers issued and print jobs.

`waits` is set only while a job is in the queue, `unsettled` until it is printed or dropped, so the
spooler's look-up stays one seek however many papers were ever printed. Where both are set they are equal:
one index serves both. They begin with the device that queued the job: other machines' jobs lie here too, and
are theirs to print.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BLOB, TEXT, Column, Index, Table

from counter_app.domain.paper.issued import PAPERS, IssuedPaper
from counter_app.domain.paper.jobs import JOBS, Job
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA

papers = Table(
    "papers",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("number", TEXT, nullable=False),
    Column("of_case", TEXT),
    Column("issued", TEXT, nullable=False),
)
_p = papers.c
Index("papers_number", _p.number)
Index("papers_case", _p.of_case, _p.issued, sqlite_where=_p.of_case.is_not(None))

jobs = Table(
    "jobs",
    METADATA,
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("changed", TEXT, nullable=False),
    Column("waits", TEXT),
    Column("under_way", TEXT),
    Column("unsettled", TEXT),
)
_j = jobs.c
Index("jobs_under_way", _j.under_way, sqlite_where=_j.under_way.is_not(None))
Index("jobs_unsettled", _j.unsettled, _j.waits, sqlite_where=_j.unsettled.is_not(None))
Index("jobs_place", _j.place, _j.changed)
Index("jobs_changed", _j.changed)


def _paper_columns(paper: IssuedPaper) -> dict[str, Any]:
    issued = paper.issued_at.isoformat(timespec="milliseconds")
    return {"number": paper.number, "of_case": paper.case, "issued": issued}


def of_device(device: str) -> str:
    """How the queue's columns of a device's jobs begin."""
    return f"{device}/"


def _job_columns(job: Job) -> dict[str, Any]:
    queued = of_device(job.device) + job.queued_at.isoformat(timespec="milliseconds")
    return {
        "place": job.place,
        "changed": job.changed_at.isoformat(timespec="milliseconds"),
        "waits": queued if job.state == "queued" else None,
        "under_way": queued if job.state == "printing" else None,
        "unsettled": None if job.state in ("printed", "dropped") else queued,
    }


PAPER_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    Projection(PAPERS, papers, _paper_columns),
    Projection(JOBS, jobs, _job_columns, version=2),
)
