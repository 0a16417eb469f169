"""What a counter's journal holds of a day, sealed and signed as its keeper would send it.

A visit is twelve events: a ticket with its paper and print job, the call, a case with what the citizen said
(a private part), its notes, the end. Nobody waits and nothing is printed here; what such acts cost at the
counter is measured in `acts`.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.intake.facts import CaseOpened, NoteWritten
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.paper.jobs import PrintQueued
from counter_app.domain.waiting.facts import ServingStarted, TicketCalled, TicketFinished, TicketIssued
from counter_app.use_cases.ports.centre import Batch
from tests.support.centres import Sender

EVENTS_OF_A_VISIT: Final = 12
NOTES: Final = 5
WORDS: Final = "申请人补交了户口簿复印件，原件已核对退还。".encode()


def visits(sender: Sender, count: int, *, first: int = 1, day: str = "2026-11-23") -> None:
    """Let the sender write `count` visits; they wait in its `unsent`."""
    for number in range(first, first + count):
        _visit(sender, number, day)


def batches(sender: Sender, size: int = 500) -> list[Batch]:
    """All that waits, signed, as it would be pushed."""
    events = sender.unsent
    return [sender.signed(tuple(events[at : at + size])) for at in range(0, len(events), size)]


def _visit(sender: Sender, number: int, day: str) -> None:
    device = sender.device
    ticket = sender.next_id
    issued = TicketIssued(
        ticket=ticket, number=f"{device}{number:04d}", line="A", day=day, licence="aid", items=("0601",)
    )
    paper = f"{device}.{sender.epoch}.{sender.seq + 2}"
    sender.act(
        issued,
        PaperIssued(paper=paper, number=f"Q{paper}", kind="queue-ticket", ticket=ticket),
        PrintQueued(job=paper, paper=paper, place=device),
        key=f"issue {ticket}",
    )
    called = TicketCalled(ticket=ticket, line="A", counter=device, staff="1002", queue="aid", rule="first")
    sender.act(called, key=f"call {ticket}")
    sender.act(ServingStarted(ticket=ticket, counter=device), key=f"start {ticket}")
    case = sender.next_id
    sender.act(CaseOpened(case=case, ticket=ticket), key=f"open {ticket}")
    for at in range(NOTES):
        sender.act(NoteWritten(case=case), key=f"note {case} {at}", private={"text": WORDS})
    sender.act(TicketFinished(ticket=ticket, counter=device, staff="1002"), key=f"finish {ticket}")
