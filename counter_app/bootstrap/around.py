"""The use cases around a case, bound to a home's store."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.use_cases.archive.archiving import Archiving
from counter_app.use_cases.around import AroundCase
from counter_app.use_cases.delivery.delivering import Delivering
from counter_app.use_cases.fees.charging import Charging
from counter_app.use_cases.fees.refunding import Refunding
from counter_app.use_cases.fees.settling import Settling
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.telling.telling import TellingCitizens


def around_case(
    store: Store,
    reference: CaseReference,
    statements: StatementMaker,
    person_hash: Callable[[str], str],
    away: Callable[[], bool] = lambda: False,
) -> AroundCase:
    """`person_hash` is the keyed hash of an ID number; `away`: there is a centre and it does not answer."""
    return AroundCase(
        delivering=Delivering(store, reference, statements, person_hash),
        telling=TellingCitizens(store, reference, statements),
        charging=Charging(store, reference, statements, away),
        refunding=Refunding(store, reference, statements),
        settling=Settling(store, reference, statements),
        archiving=Archiving(store, reference, statements),
    )
