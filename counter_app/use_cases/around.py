"""What stands around a case: handing over, telling, and the rest, as front ends take it.

One bundle, so that a window or command that needs one of them is given all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.use_cases.agents.agents import AgentBook
from counter_app.use_cases.archive.archiving import Archiving
from counter_app.use_cases.arriving.applying import Applying
from counter_app.use_cases.arriving.consulting import Consulting
from counter_app.use_cases.blanks.blanks import BlankStock
from counter_app.use_cases.delivery.delivering import Delivering
from counter_app.use_cases.fees.charging import Charging
from counter_app.use_cases.fees.refunding import Refunding
from counter_app.use_cases.fees.settling import Settling
from counter_app.use_cases.peripherals.drawer import CashDrawer
from counter_app.use_cases.projects.projects import Projects
from counter_app.use_cases.telling.telling import TellingCitizens


@dataclass(frozen=True)
class AroundCase:
    """The use cases around a case, bound once."""

    delivering: Delivering
    telling: TellingCitizens
    charging: Charging
    refunding: Refunding
    settling: Settling
    archiving: Archiving
    applying: Applying
    consulting: Consulting
    agents: AgentBook
    blanks: BlankStock
    drawer: CashDrawer
    projects: Projects
