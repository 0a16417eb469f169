"""Agents: registered with a mandate's scope and end, bringing cases, closing them, each with a slip (I14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from counter_app.domain.agents.agents import (
    AGENTS,
    Agent,
    AgentBrought,
    AgentClosed,
    AgentEnded,
    AgentRegistered,
)
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.scene import Planned, applicant_of, kept
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_arriving import AgentSlipFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction

MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentInput:
    """`station` a hall's code, "" for the hall itself; `items` item codes, () for all."""

    name: str
    phone: str = ""
    station: str = ""
    items: tuple[str, ...] = ()
    until: date
    number: str = ""


class AgentBook:
    """Commands on agents. The same key again gives the same result."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def register(self, actor: Actor, key: str, given: AgentInput, agent: str = "") -> str:
        """A new agent, or new terms for a known one; gives his id. UserFacingError `agent.name`."""
        checked_text(given.name, 100)
        if not given.name.strip():
            raise UserFacingError("agent.name", "The agent's name is missing.", remedy="Type it.")

        def work(tx: Transaction) -> None:
            if agent:
                tx.need(AGENTS, agent)
            fact = AgentRegistered(
                agent=agent or tx.next_id,
                station=given.station,
                items=given.items,
                until=given.until.isoformat(),
                number=given.number,
            )
            tx.record(fact, private={"agent": f"{given.name}\n{given.phone}".encode()})

        return self._store.act(actor, key, work).first(AgentRegistered).agent

    def end(self, actor: Actor, key: str, agent: str, reason: str) -> None:
        """His mandate ends; open cases stay listed until they are closed with him."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            tx.need(AGENTS, agent)
            tx.record(AgentEnded(agent=agent, reason=reason))

        self._store.act(actor, key, work)

    def brought(self, actor: Actor, key: str, agent: str, case: str) -> str:
        """The case came by him; gives the hand-over slip's paper id.

        UserFacingError `agent.scope` when his mandate does not reach so far, `case.no-item`.
        """

        def work(tx: Transaction) -> None:
            who = tx.need(AGENTS, agent)
            seen = look(tx, self._reference, case)
            item, _ = seen.needed_item()
            if not who.may(item.code, seen.today):
                raise UserFacingError(
                    "agent.scope",
                    "The mandate of {name} does not cover this item today.",
                    kept="Nothing was taken over.",
                    remedy="Renew his mandate, or let the citizen come.",
                    name=who.name,
                )
            facts = replace(self._slip(tx, actor, seen, who), materials=kept(seen.scene("", "")))
            number = self._issue(tx, actor, seen, facts)
            tx.record(AgentBrought(agent=agent, case=case, slip=number))

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def close(self, actor: Actor, key: str, agent: str, case: str) -> str:
        """The case is closed with him; gives the closing slip's paper id. UserFacingError
        `agent.not-his`, `agent.not-ended`."""

        def work(tx: Transaction) -> None:
            who = tx.need(AGENTS, agent)
            seen = look(tx, self._reference, case)
            if case not in who.open:
                raise UserFacingError(
                    "agent.not-his", "This case was not brought by him.", remedy="Look at his list."
                )
            if not seen.case.ended:
                raise UserFacingError(
                    "agent.not-ended",
                    "This case has not ended yet.",
                    kept="Nothing was closed.",
                    remedy="Close it with him when it is decided.",
                )
            delivery = tx.get(DELIVERIES, case)
            given = "、".join(
                f"{one.name} {one.number}".strip() for one in (delivery.results if delivery else ())
            )
            facts = replace(
                self._slip(tx, actor, seen, who),
                part="closed",
                outcome=_END[seen.case.stage],
                handed_back=given,
            )
            number = self._issue(tx, actor, seen, facts)
            tx.record(AgentClosed(agent=agent, case=case, slip=number))

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def agents(self) -> tuple[Agent, ...]:
        """All whose mandate has not ended or who have a case to be closed with them, by name."""
        with self._store.reading() as reader:
            return tuple(sorted(reader.listed.open(AGENTS, MOST), key=lambda one: one.name))

    def _slip(self, reader: Reader, actor: Actor, seen: Look, agent: Agent) -> AgentSlipFacts:
        scene = seen.scene(actor.staff, actor.place)
        halls = {hall.code: hall.name for hall in seen.plan.halls}
        until = f"至{agent.until.isoformat()}"
        return AgentSlipFacts(
            head=scene.head,
            part="taken",
            agent=agent.name,
            station=halls.get(agent.station, agent.station),
            mandate=f"{agent.number}（{until}）" if agent.number else until,
            case_number=seen.case.number,
            item=scene.named,
            applicant=applicant_of(scene),
        )

    def _issue(self, tx: Transaction, actor: Actor, seen: Look, facts: AgentSlipFacts) -> str:
        short = seen.plan.short_name
        number = paper_number(tx, facts.kind, short)
        about = About(place=actor.place, short_name=short, case=seen.case.id, item=seen.case.draft.item)
        issue(tx, [(Planned(facts, sheet=True), number)], about, self._statements)
        return number


_END: Final[dict[str, str]] = {
    "granted": "已办结",
    "denied": "不予许可",
    "refused": "不予受理",
    "no_permit": "无需许可",
    "withdrawn": "申请人撤回",
    "terminated": "终止办理",
    "lapsed": "逾期失效",
    "merged": "并入他件",
}
