"""The paper of a queue ticket, issued inside the act that issues the ticket (papers.md 排队号票)."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.catalogue.checklist import checklist
from counter_app.domain.intake.scene import Planned
from counter_app.domain.paper.facts_intake import TicketFacts
from counter_app.domain.scanning.codes import TICKET_PREFIX
from counter_app.use_cases.intake.look import paper_head
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.waiting.requests import TicketPaperRequest


class TicketPapers:
    """`TicketPaper` of the waiting room."""

    def __init__(self, statements: StatementMaker) -> None:
        self._statements = statements

    def issue_ticket_paper(self, tx: Transaction, request: TicketPaperRequest) -> str:
        """The paper's id. Its job goes to the printer of the machine that issued the ticket."""
        ticket, plan = request.ticket, request.plan
        line = next((entry for entry in plan.lines if entry.letter == ticket.line), None)
        english = ticket.language == "en"
        group = (line.name_en or line.name) if line and english else (line.name if line else ticket.line)
        items = [(item.name_en if english else "") or item.short_name or item.name for item in request.items]
        head = paper_head(plan, tx.now, "", "")
        facts = TicketFacts(
            head=replace(head, qr_text=TICKET_PREFIX + ticket.id),
            ticket=ticket.number,
            group=group,
            ahead=request.ahead,
            wait_minutes=(request.wait.low_minutes, request.wait.high_minutes) if request.wait else None,
            area=_area(request, english=english),
            item="、".join(items),
            bring=self._bring(tx, request),
            priority=ticket.priority or "",
        )
        about = About(
            place=ticket.issuer, short_name=plan.short_name, ticket=ticket.id, language=ticket.language
        )
        return issue(tx, [(Planned(facts), ticket.number)], about, self._statements)[0]

    def _bring(self, tx: Transaction, request: TicketPaperRequest) -> tuple[str, ...]:
        """What every situation asks for; what hangs on answers is asked at the counter."""
        today = tx.now.date()
        names = (
            line.material.name
            for item in request.items
            for line in checklist(item, {}, today=today, settings=request.plan.settings).lines
        )
        return tuple(dict.fromkeys(names))


def _area(request: TicketPaperRequest, *, english: bool) -> str:
    """Which counters, in the order they stand, and where they stand when they stand together."""
    numbers = sorted(request.counters, key=lambda number: (len(number), number))
    if not numbers:
        return ""
    if english:
        return f"Counter {', '.join(numbers)}"
    areas = {counter.area for counter in request.plan.counters if str(counter.number) in request.counters}
    area = f"{areas.pop()} " if len(areas) == 1 else ""
    return f"{area}{'、'.join(numbers)} 号窗口".lstrip()
