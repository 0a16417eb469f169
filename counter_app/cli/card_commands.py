"""`case card issue | list | pdf | png | print | link`: cards of plastic for who applies (mission: P9)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from counter_app.cli.case_looks import record_looks
from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.cli.named import case_named
from counter_app.cli.picture_commands import read_file
from counter_app.domain.paper.cards import CARD_KINDS, SIDES, TITLES
from counter_app.use_cases.papers.cards import CardInput
from counter_app.use_cases.ports.printing import PrintEnd


def add(group: Any) -> None:
    cards = add_group(group, "card", "cards of plastic for who applies")
    issue = add_command(cards, "issue", issue_card, "give it its number and signed code", journal=True)
    issue.add_argument("case", help="its id, number or query code")
    issue.add_argument("--kind", required=True, choices=CARD_KINDS)
    photo = issue.add_mutually_exclusive_group()
    photo.add_argument("--photo", default="", metavar="PICTURE", help="one of the case's pictures")
    photo.add_argument("--photo-file", type=Path, metavar="FILE", help="a JPEG")
    issue.add_argument("--until", type=date.fromisoformat, default=None, metavar="DAY")
    issue.add_argument("--blank", default="", metavar="NUMBER", help="the number printed on the plastic")
    add_command(cards, "list", list_cards, "those of a case").add_argument("case")
    for name, run, help in (
        ("pdf", write_pdf, "both sides, each a page as large as a card"),
        ("png", write_png, "one side at 300 dpi, 1011 x 638 dots"),
    ):
        command = add_command(cards, name, run, f"{help}; it is recorded", journal=True)
        command.add_argument("case", help="its id, number or query code")
        command.add_argument("card")
        command.add_argument("target", type=Path, metavar="FILE")
        command.add_argument("--counter", default="", metavar="N")
        command.add_argument("--reason", default="", help="why, when nothing of the citizen is at hand")
        if name == "png":
            command.add_argument("--side", choices=SIDES, default="front")
        command.add_argument("--right", type=float, default=0.0, metavar="MM")
        command.add_argument("--down", type=float, default=0.0, metavar="MM")
        command.add_argument("--scale", type=float, default=1.0)
    out = add_command(cards, "print", print_card, "on this machine's card printer", journal=True)
    out.add_argument("card")
    out.add_argument("--reason", default="", help="why again")
    out.add_argument(
        "--lost", action="store_true", help="the one before is not here: its plastic is not spoiled"
    )
    out.add_argument("--counter", default="", metavar="N", help="whose blank it takes")
    linked = add_command(cards, "link", link_chip, "a chip laid on leads to this card's holder", journal=True)
    linked.add_argument("card")
    linked.add_argument("serial", help="the chip's, in hexadecimal")


def issue_card(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        photo = read_file(given.photo_file) if given.photo_file else b""
        if given.photo:
            photo = program.pictures.image(case, given.photo)
        card = program.cards.issue(
            call.actor, call.key, case, CardInput(given.kind, photo, given.until, given.blank)
        )
        number = program.cards.facts(card).number
    call.say({"card": card, "number": number}, [f"{number}  {TITLES[given.kind]}  {card}"])
    return DONE


def list_cards(call: Call) -> int:
    with call.program() as program:
        cards = program.cards.of_case(case_named(program, call.arguments.case).id)
    lines = [f"{card.id}  {card.number}  {card.blank}  ×{card.prints}" for card in cards]
    call.say(cards, lines or [call.t("No cards.")])
    return DONE if cards else NO


def write_pdf(call: Call) -> int:
    return _write(call, "")


def write_png(call: Call) -> int:
    return _write(call, call.arguments.side)


def _write(call: Call, side: str) -> int:
    given = call.arguments
    with call.program() as program:
        record_looks(call, program, case_named(program, given.case))
        facts = program.cards.facts(given.card)
    data = call.machine.attached.draw_card(facts, side, given.right, given.down, given.scale)
    given.target.write_bytes(data)
    call.say({"file": str(given.target), "bytes": len(data)}, [str(given.target)])
    return DONE


def print_card(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        cards = program.cards
        done = call.machine.attached.print_card(
            program,
            call.actor,
            given.card,
            lambda: cards.printed(call.actor, call.key, given.card, given.reason, lost=given.lost),
        )
    failed = done.end is PrintEnd.FAILED
    told = call.t(done.why.message) if done.why.message else call.t("Sent to the card printer.")
    call.say({"card": given.card, "end": done.end.value, "why": done.why.value}, [told])
    return NO if failed else DONE


def link_chip(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        program.cards.link(call.actor, call.key, given.card, given.serial)
    call.say({"card": given.card}, [call.t("The chip leads to this card's holder.")])
    return DONE
