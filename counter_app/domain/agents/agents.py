"""Agents of communities and streets: registered with scope and end, the cases they brought (mission: I14).

Name and telephone are the private part `agent`. Not here: an agent whom a citizen sends once, who is a person
of the case (`domain/intake`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream


class AgentFact(Fact):
    agent: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"agent:{self.agent}",)


class AgentRegistered(AgentFact):
    """`station` a hall's code, "" for the street itself; `items` item codes, () for all; `until` ISO day."""

    station: str
    items: tuple[str, ...]
    until: str
    number: str = ""


class AgentEnded(AgentFact):
    reason: str


class AgentBrought(AgentFact):
    """Papers of a case came by the agent, with the citizen's mandate; `slip` is the paper's number."""

    case: str
    slip: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"agent:{self.agent}", f"case:{self.case}")


class AgentClosed(AgentFact):
    """The case was closed with the agent: what he took back for the citizen stands on `slip`."""

    case: str
    slip: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"agent:{self.agent}", f"case:{self.case}")


@dataclass(frozen=True, slots=True)
class Agent:
    id: str
    name: str
    phone: str
    station: str
    items: tuple[str, ...]
    until: date
    number: str
    ended: str = ""
    open: tuple[str, ...] = ()
    closed: int = 0

    def may(self, item: str, today: date) -> bool:
        """Whether he may bring a case of this item today."""
        return not self.ended and today <= self.until and (not self.items or item in self.items)


def fold_agent(agent: Agent | None, event: Recorded) -> Agent | None:
    fact = event.fact
    if isinstance(fact, AgentRegistered):
        name, _, phone = event.private.get("agent", b"").decode().partition("\n")
        known = agent or Agent(fact.agent, name, phone, fact.station, (), date.min, "")
        return replace(
            known,
            name=name or known.name,
            phone=phone or known.phone,
            station=fact.station,
            items=fact.items,
            until=date.fromisoformat(fact.until),
            number=fact.number,
            ended="",
        )
    if agent is None:
        return None
    if isinstance(fact, AgentEnded):
        return replace(agent, ended=fact.reason or "—")
    if isinstance(fact, AgentBrought) and fact.case not in agent.open:
        return replace(agent, open=(*agent.open, fact.case))
    if isinstance(fact, AgentClosed) and fact.case in agent.open:
        left = tuple(case for case in agent.open if case != fact.case)
        return replace(agent, open=left, closed=agent.closed + 1)
    return agent


AGENTS: Final = Stream("agent", Agent, fold_agent)
