"""`fees …`: what is due, notices, payments, voids, refunds, a cashier's day (mission: P5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group, add_list
from counter_app.cli.named import case_named
from counter_app.domain.fees.fees import METHODS
from counter_app.domain.fees.rules import yuan
from counter_app.domain.intake.words import item_words
from counter_app.errors import UserFacingError
from counter_app.use_cases.fees.charging import ONCE, Choosing
from counter_app.use_cases.program import Program


def add(parsers: Any) -> None:
    group = add_group(parsers, "fees", "fees as the catalogue gives them")
    shown = add_command(group, "show", show, "what a case costs, what is noticed and paid")
    shown.add_argument("case")
    add_list(group, "owed", owed, "cases with money owed")
    noticed = add_command(group, "notice", notice, "one notice of fees for a case or a matter", journal=True)
    noticed.add_argument("case", nargs="+", help="the cases of the matter, the first one's payer is named")
    noticed.add_argument("--quantity", nargs="*", default=[], metavar="FEE=N", help="of the first case")
    noticed.add_argument("--reduction", nargs="*", default=[], metavar="FEE=CODE", help="of the first case")
    paid = add_command(group, "pay", pay, "take what the notice asks for", journal=True)
    paid.add_argument("case")
    paid.add_argument("method", choices=METHODS)
    voided = add_command(group, "void", void, "a receipt of today was wrong", journal=True)
    voided.add_argument("receipt", help="its number or id")
    voided.add_argument("--reason", required=True)
    refunded = add_command(group, "refund", refund, "give a receipt's money back", journal=True)
    refunded.add_argument("receipt", help="its number or id")
    refunded.add_argument("--reason", required=True)
    refunded.add_argument("--article", required=True)
    dropped = add_command(
        group, "drop", drop, "the notice is withdrawn; nothing of it was paid", journal=True
    )
    dropped.add_argument("case")
    dropped.add_argument("--reason", required=True)
    day = add_command(group, "day", cashier_day, "a cashier's day")
    day.add_argument("cashier", metavar="BADGE")
    day.add_argument("--day", type=date.fromisoformat, default=None)
    settled = add_command(group, "settle", settle, "count the drawer and hand the day in", journal=True)
    settled.add_argument("counted", type=int, metavar="FEN", help="cash in the drawer, in fen")
    settled.add_argument("--reason", default="", help="why it differs")
    for command in (noticed, paid, voided, refunded, dropped, settled):
        command.add_argument("--counter", default="", metavar="N", help="where it is done")


def show(call: Call) -> int:
    """Exit 1 when the item costs nothing."""
    with call.program() as program:
        view = program.around.charging.view(case_named(program, call.arguments.case).id)
    lines = [f"{one.code}  {one.fee.name}  {yuan(one.fee.amount_fen)}" for one in view.standards]
    lines += [f"{line.name}  {yuan(line.amount)}  {line.basis}" for line in view.fees.lines]
    answer = {"case": view.case, "standards": view.standards, "fees": view.fees, "owed": view.fees.owed}
    call.say(answer, lines or [call.t("This item has no fee in this situation.")])
    return DONE if lines else NO


def owed(call: Call) -> int:
    """Exit 1 when nothing is owed."""
    with call.program() as program:
        rows = program.around.charging.owed(call.actor)
    lines = [
        f"{row.number}  {item_words(call.t, row.item, hidden=row.hidden)}  {yuan(row.fen)}  {row.pay_by}"
        for row in rows
    ]
    call.say({"owed": rows}, lines or [call.t("Nothing is owed.")])
    return DONE if rows else NO


def notice(call: Call) -> int:
    given = call.arguments
    quantities = {code: _count(text) for code, text in map(_pair, given.quantity)}
    first = Choosing(quantities, dict(map(_pair, given.reduction)))
    with call.program() as program:
        cases = [case_named(program, named).id for named in given.case]
        chosen = {cases[0]: first, **dict.fromkeys(cases[1:], ONCE)}
        paper = program.around.charging.charge(call.actor, call.key, chosen)
        return _told(call, program, paper)


def pay(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        return _told(call, program, program.around.charging.pay(call.actor, call.key, case, given.method))


def void(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        receipt = program.around.refunding.receipt_named(given.receipt).id
        return _told(
            call, program, program.around.refunding.void(call.actor, call.key, receipt, given.reason)
        )


def refund(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        receipt = program.around.refunding.receipt_named(given.receipt).id
        paper = program.around.refunding.refund(call.actor, call.key, receipt, given.reason, given.article)
        return _told(call, program, paper)


def drop(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        program.around.refunding.drop(call.actor, call.key, case.id, given.reason)
    call.say({"case": case.id}, [call.t("Noted.")])
    return DONE


def cashier_day(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        day = program.around.settling.day(given.cashier, given.day)
    lines = [f"{one.number}  {one.method}  {yuan(one.amount)}  {one.voided}".rstrip() for one in day.receipts]
    call.say(day, [*lines, f"{yuan(day.taken)} − {yuan(day.refunded)}"])
    return DONE


def settle(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        paper = program.around.settling.settle(call.actor, call.key, given.counted, given.reason)
        return _told(call, program, paper)


def _told(call: Call, program: Program, paper: str) -> int:
    number = program.papers.facts(paper)[0].number
    call.say({"paper": number}, [call.t("Papers: {numbers}", numbers=number)])
    return DONE


def _pair(text: str) -> tuple[str, str]:
    code, equals, value = text.partition("=")
    if not equals:
        raise UserFacingError("words.pair", "“{text}” is not FEE=VALUE.", remedy="Write it so.", text=text)
    return code, value


def _count(text: str) -> int:
    if not text.isdecimal():
        raise UserFacingError("words.pair", "“{text}” is not FEE=VALUE.", remedy="Write it so.", text=text)
    return int(text)
