"""The use cases around a case, bound to a home's store."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.peripherals import Peripherals
from counter_app.use_cases.agents.agents import AgentBook
from counter_app.use_cases.archive.archiving import Archiving
from counter_app.use_cases.around import AroundCase
from counter_app.use_cases.arriving.applying import Applying
from counter_app.use_cases.arriving.consulting import Consulting
from counter_app.use_cases.blanks.blanks import BlankStock
from counter_app.use_cases.casework.casework import joint_matters
from counter_app.use_cases.delivery.delivering import Delivering
from counter_app.use_cases.fees.charging import Charging
from counter_app.use_cases.fees.refunding import Refunding
from counter_app.use_cases.fees.settling import Settling
from counter_app.use_cases.intake.intake import IntakeNeeds, deciding_of
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.peripherals.drawer import CashDrawer
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.projects.projects import Projects
from counter_app.use_cases.telling.telling import TellingCitizens


def around_case(
    store: Store,
    needs: IntakeNeeds,
    people: People,
    away: Callable[[], bool] = lambda: False,
    declared: Callable[[], Peripherals] = Peripherals,
    pages: Callable[[str], int] = lambda paper: 0,
) -> AroundCase:
    """With what intake has; `away`: there is a centre and it does not answer; `declared`: what hangs here;
    `pages` of a paper."""
    drawer = CashDrawer(store, declared)
    reference, statements = needs.reference, needs.statements
    joint = joint_matters(store, reference, deciding_of(needs, people))
    return AroundCase(
        delivering=Delivering(store, reference, statements, needs.person_hash),
        telling=TellingCitizens(store, reference, statements, joint.supplied),
        charging=Charging(store, reference, statements, away, drawer),
        refunding=Refunding(store, reference, statements, drawer),
        settling=Settling(store, reference, statements),
        archiving=Archiving(store, reference, statements, pages),
        applying=Applying(store, reference, statements, people),
        consulting=Consulting(store, reference),
        agents=AgentBook(store, reference, statements),
        blanks=BlankStock(store, reference, statements),
        drawer=drawer,
        projects=Projects(store, reference),
    )
