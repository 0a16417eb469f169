"""Examples of the papers about a case's time."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.domain.paper.facts import LedgerLine, Limit, Remedies
from counter_app.domain.paper.facts_time import ProgressSlipFacts, TimeNoticeFacts, UrgeSlipFacts
from tests.unit.domain.paper.samples_intake import AUTHORITY, COMPANY, LICENCE, PERSON, head, numbered

REMEDIES: Final = Remedies(review_body="沧州市运河区人民政府", court="沧州市运河区人民法院")
LEDGER: Final = (
    LedgerLine(
        from_on=date(2026, 12, 28),
        until_on=date(2026, 12, 28),
        first_n=0,
        last_n=0,
        why="arrived; the count begins after it",
    ),
    LedgerLine(
        from_on=date(2026, 12, 29),
        until_on=date(2026, 12, 30),
        first_n=1,
        last_n=2,
        why="working day",
    ),
    LedgerLine(
        from_on=date(2026, 12, 31),
        until_on=date(2026, 12, 31),
        first_n=0,
        last_n=0,
        why="time not counted by law",
        basis="《行政许可法》第四十五条",
    ),
    LedgerLine(
        from_on=date(2027, 1, 1),
        until_on=date(2027, 1, 1),
        first_n=0,
        last_n=0,
        why="public holiday",
        provisional=True,
    ),
    LedgerLine(
        from_on=date(2027, 1, 4),
        until_on=date(2027, 1, 6),
        first_n=3,
        last_n=5,
        why="not yet announced for this year",
        provisional=True,
    ),
)


def time_notice() -> TimeNoticeFacts:
    return TimeNoticeFacts(
        head=head(numbered("南环便服时", "3-0341")),
        part="extension",
        authority=AUTHORITY,
        case_number=numbered("", "3-0031-8"),
        item=LICENCE,
        applicant=COMPANY,
        reason="经营场所消防意见需上级复核",
        basis=("《行政许可法》第四十二条",),
        approver="李建国",
        since=date(2026, 11, 23),
        added=Limit(amount=10),
        was=date(2026, 12, 7),
        now=date(2026, 12, 21),
        ledger=LEDGER,
    )


def progress_slip() -> ProgressSlipFacts:
    return ProgressSlipFacts(
        head=head(numbered("南环便服进", "3-0342")),
        case_number=numbered("", "3-0031-8"),
        item=LICENCE,
        applicant=PERSON,
        stage="Accepted, being handled",
        accepted_on=date(2026, 12, 28),
        promised_limit=Limit(amount=5),
        legal_limit=Limit(amount=20),
        due_on=date(2027, 1, 6),
        legal_due_on=date(2027, 1, 27),
        provisional=True,
        left=5,
        ledger=LEDGER,
        next_step="现场核查",
        next_by=date(2027, 1, 4),
        owed="到场配合现场查看",
        owed_on=date(2026, 12, 30),
        urged="何时办好",
        urge_answer="核实中，三日内办结",
        urge_answered_on=date(2026, 12, 29),
        remedies=REMEDIES,
    )


def urge_slip() -> UrgeSlipFacts:
    return UrgeSlipFacts(
        head=head(numbered("南环便服催", "3-0343")),
        case_number=numbered("", "3-0031-8"),
        item=LICENCE,
        applicant=PERSON,
        asked="申请已过承诺日期，请说明何时办结",
        answers="卫生健康局",
        reply_by=date(2026, 11, 25),
    )
