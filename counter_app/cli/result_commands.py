"""`result …` and `tell …`: results on their way to the citizen, and who is told what.

mission: C13 C18 I15 I17 P6
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any, get_args

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group, add_list
from counter_app.cli.named import case_named
from counter_app.domain.delivery.delivery import MANNERS
from counter_app.domain.delivery.rules import RELATIONS
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.case import Mandate
from counter_app.domain.intake.parties import Identity
from counter_app.domain.intake.words import item_words
from counter_app.domain.telling.telling import OUTCOMES, WAYS, About
from counter_app.i18n import Translator
from counter_app.use_cases.delivery.inputs import (
    Amending,
    AmendInput,
    CollectInput,
    ResultInput,
    ServedInput,
)
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.telling.messages import messages_csv
from counter_app.use_cases.telling.telling import ToTell


def add(parsers: Any) -> None:
    results = add_group(parsers, "result", "results: recorded, handed over, posted, amended")
    record = _on_case(results, "record", record_result, "record the result of a granted case")
    record.add_argument("--number", default="")
    record.add_argument("--code", default="", help="the catalogue's result; its first when not given")
    record.add_argument("--until", type=date.fromisoformat, default=None, metavar="DAY")
    record.add_argument("--blank", default="", help="the number of the numbered blank")
    hand = _on_case(results, "hand-over", hand_over, "hand over at the counter")
    hand.add_argument("--relation", required=True, choices=RELATIONS)
    source = hand.add_mutually_exclusive_group(required=True)
    source.add_argument("--port", metavar="URL", help="read the collector's card on this reader")
    source.add_argument("--name", help="typed from the collector's document")
    hand.add_argument("--id-number", default="", help="of the collector's document, when typed")
    hand.add_argument("--baudrate", type=int, default=115200)
    hand.add_argument("--timeout", type=float, default=10.0, metavar="S")
    receipt = hand.add_mutually_exclusive_group(required=True)
    receipt.add_argument("--receipt", default="", help="number of one of the case's papers")
    receipt.add_argument("--lost", action="store_true", help="its loss is declared in writing")
    hand.add_argument("--mandate-until", type=date.fromisoformat, default=None, metavar="DAY")
    hand.add_argument("--mandate-number", default="")
    hand.add_argument("--applicant-number", default="", help="of the applicant's document, brought along")
    served = _on_case(results, "serve", serve, "delivered in another way, or refused")
    served.add_argument("--manner", required=True, choices=MANNERS)
    for word in ("receiver", "relation", "place", "witness", "refused"):
        served.add_argument(f"--{word}", default="")
    posted = _on_case(results, "post", post, "given to the post")
    posted.add_argument("carrier")
    posted.add_argument("tracking")
    posted.add_argument("--address", default="")
    settled = _on_case(results, "posted", posted_, "what became of the post")
    settled.add_argument("what", choices=("arrived", "back"))
    settled.add_argument("--reason", default="")
    station = _on_case(results, "station", to_station, "sent on to a station")
    station.add_argument("station")
    back = _on_case(results, "give-back", give_back, "back to its department: nobody came")
    back.add_argument("--reason", required=True)
    amend = _on_case(results, "amend", amend_result, "correct, issue again, change, revoke")
    amend.add_argument("amendment", choices=get_args(Amending))
    for word in ("reason", "article"):
        amend.add_argument(f"--{word}", required=True)
    for word in ("was", "now", "number"):
        amend.add_argument(f"--{word}", default="")
    amend.add_argument("--result", type=int, default=1)
    shown = add_command(results, "show", show, "where the results of a case stand")
    shown.add_argument("case")
    _add_tell(parsers)


def _add_tell(parsers: Any) -> None:
    tell = add_group(parsers, "tell", "who is to be told what")
    listed = add_list(tell, "list", tell_list, "the call list, the most urgent first")
    listed.add_argument("--all", action="store_true", help="also who was told already")
    listed.add_argument("--way", default="", choices=("", *WAYS))
    note = _on_case(tell, "note", tell_note, "record a try")
    note.add_argument("about", choices=get_args(About))
    note.add_argument("way", choices=WAYS)
    note.add_argument("outcome", choices=OUTCOMES)
    note.add_argument("--note", default="")
    way = _on_case(tell, "way", tell_way, "how the citizen wants to be told")
    way.add_argument("way", choices=WAYS)
    letter = _on_case(tell, "letter", tell_letter, "write a letter")
    letter.add_argument("about", choices=get_args(About))
    written = add_command(tell, "messages", messages, "text messages due now, as CSV or JSON", journal=True)
    written.add_argument("--counter", default="", metavar="N", help="where they are written out")
    supply = _on_case(tell, "supply", supply_, "what was promised has come")
    supply.add_argument("materials", nargs="+", metavar="MATERIAL")


def _on_case(group: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    command = add_command(group, name, run, help, journal=True)
    command.add_argument("case", help="its id, its number, or the number of one of its papers")
    command.add_argument("--counter", default="", metavar="N", help="where it is done")
    return command


def record_result(call: Call) -> int:
    given = call.arguments
    result = ResultInput(number=given.number, code=given.code, valid_until=given.until, blank=given.blank)
    return _do(call, lambda around, case: around.delivering.record(call.actor, call.key, case, result))


def hand_over(call: Call) -> int:
    given = call.arguments
    if given.port is not None:
        person = PersonInput.from_card(call.machine.read_card(given.port, given.baudrate, given.timeout))
    else:
        person = PersonInput.typed(Identity(name=given.name, number=given.id_number))
    mandate = None
    if given.relation == "agent" and (given.mandate_number or given.mandate_until):
        mandate = Mandate("领取办理结果", given.mandate_until, given.mandate_number)
    collect = CollectInput(
        relation=given.relation,
        person=person,
        receipt=given.receipt,
        declared=given.lost,
        mandate=mandate,
        applicant_number=given.applicant_number,
    )
    return _do(call, lambda around, case: around.delivering.hand_over(call.actor, call.key, case, collect))


def serve(call: Call) -> int:
    given = call.arguments
    served = ServedInput(
        manner=given.manner,
        receiver=given.receiver,
        relation=given.relation,
        place=given.place,
        witness=given.witness,
        refused=given.refused,
    )
    return _do(call, lambda around, case: around.delivering.serve(call.actor, call.key, case, served))


def post(call: Call) -> int:
    given = call.arguments
    return _do(
        call,
        lambda around, case: around.delivering.post(
            call.actor, call.key, case, given.carrier, given.tracking, given.address
        ),
    )


def posted_(call: Call) -> int:
    given = call.arguments
    return _do(
        call,
        lambda around, case: around.delivering.post_settled(
            call.actor, call.key, case, arrived=given.what == "arrived", reason=given.reason
        ),
    )


def to_station(call: Call) -> int:
    station = call.arguments.station
    return _do(call, lambda around, case: around.delivering.to_station(call.actor, call.key, case, station))


def give_back(call: Call) -> int:
    reason = call.arguments.reason
    return _do(call, lambda around, case: around.delivering.give_back(call.actor, call.key, case, reason))


def amend_result(call: Call) -> int:
    given = call.arguments
    amend = AmendInput(
        amendment=given.amendment,
        reason=given.reason,
        article=given.article,
        result=given.result,
        was=given.was,
        now=given.now,
        number=given.number,
    )
    return _do(call, lambda around, case: around.delivering.amend(call.actor, call.key, case, amend))


def show(call: Call) -> int:
    """Exit 1 when nothing was produced yet."""
    with call.program() as program:
        view = program.around.delivering.view(case_named(program, call.arguments.case).id)
    lines = [
        "  ".join(part for part in (one.name, one.number, one.state) if part) for one in view.delivery.results
    ]
    answer = {
        "case": view.case,
        "number": view.number,
        "results": view.delivery.results,
        "post": view.delivery.post,
    }
    call.say(answer, lines or [call.t("No result is recorded yet.")])
    return DONE if view.delivery.results else NO


def tell_list(call: Call) -> int:
    """Exit 1 when nobody is to be told anything."""
    given = call.arguments
    with call.program() as program:
        rows = program.around.telling.to_tell(call.actor, due_only=not given.all, way=given.way)
    lines = [_to_tell(row, call.t) for row in rows]
    call.say({"to_tell": rows}, lines or [call.t("Nobody is to be told anything today.")])
    return DONE if rows else NO


def _to_tell(row: ToTell, t: Translator) -> str:
    name = item_words(t, mask_name(row.name), hidden=row.hidden)
    whom = f"({row.counter}, {row.department})" if row.hidden else ""
    return f"{row.number}  {name}  {row.about}  {row.until or ''}  {whom}".rstrip()


def tell_note(call: Call) -> int:
    given = call.arguments
    return _do(
        call,
        lambda around, case: around.telling.tell(
            call.actor, call.key, case, given.about, given.way, given.outcome, given.note
        ),
    )


def tell_way(call: Call) -> int:
    way = call.arguments.way
    return _do(call, lambda around, case: around.telling.ask_way(call.actor, call.key, case, way))


def tell_letter(call: Call) -> int:
    about = call.arguments.about
    return _do(call, lambda around, case: around.telling.letter(call.actor, call.key, case, about))


def messages(call: Call) -> int:
    """CSV with phone and text, made safe for a spreadsheet; the same key gives the same messages again."""
    with call.program() as program:
        made = program.around.telling.messages(call.actor, call.key)
    call.say({"messages": made}, messages_csv(made).splitlines())
    return DONE if made else NO


def supply_(call: Call) -> int:
    materials = tuple(call.arguments.materials)
    return _do(call, lambda around, case: around.telling.supply(call.actor, call.key, case, materials))


def _do(call: Call, work: Any) -> int:
    """One act on the case named; its paper, if it made one."""
    with call.program() as program:
        case = case_named(program, call.arguments.case)
        paper = work(program.around, case.id)
        number = program.papers.facts(paper)[0].number if paper else ""
    call.say(
        {"case": case.id, "number": case.number, "paper": number},
        [call.t("Papers: {numbers}", numbers=number) if number else call.t("Noted.")],
    )
    return DONE
