"""How a case stands, and whether a paper is genuine (mission: I12, P10). No name stands unmasked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.delivery.delivery import ResultState
from counter_app.domain.intake.case import WITHOUT_RESULT
from counter_app.domain.intake.words import CITIZEN_STAGES
from counter_app.errors import mark
from counter_app.ui.kiosk.page import Block, Entry, Key, Page, Tone
from counter_app.ui.kiosk.start_pages import case_tile, nav
from counter_app.ui.kiosk.words import Words
from counter_app.use_cases.papers.statements import Verification
from counter_app.use_cases.waiting.kiosk import CardCases, Progress, Visitor

NUMBER_KEYS: Final = ("1234567890", "ABCDEFGHJK", "LMNPQRSTUV", "WXYZ-.")
QUERY_KEYS: Final = ("23456789", "ABCDEFGHJ", "KMNPQRST", "WXYZ-")
LONGEST_NUMBER: Final = 24
LONGEST_QUERY: Final = 9
DECISIONS: Final[Mapping[str, str]] = {
    "received": mark("papers received"),
    "accepted": mark("accepted"),
    "accepted-lacking": mark("accepted, papers to follow"),
    "notice": mark("notice of what is missing"),
    "corrections": mark("corrections received"),
    "no-permit": mark("no permit needed"),
    "refused": mark("not accepted"),
    "granted": mark("granted"),
    "denied": mark("denied"),
    "promised": mark("promise to hand in later"),
    "returned": mark("papers handed back"),
}
_TONES: Final[Mapping[str, Tone]] = {"genuine": "good", "forged": "bad", "unknown_key": "warn"}


def number_page(words: Words) -> Page:
    t = words.t
    return Page(
        name="number",
        title=t("What is the number of your case?"),
        lead=t("It stands on your receipt. Or lay your ID card on the reader, or scan the code."),
        entry=Entry(t("Case number"), NUMBER_KEYS, t("Delete"), t("Go on"), LONGEST_NUMBER),
        rows=(nav(words),),
    )


def query_page(words: Words, number: str) -> Page:
    t = words.t
    return Page(
        name="query",
        title=t("And the query code?"),
        lead=t("Case {number}. The query code stands below it on the receipt.", number=number),
        entry=Entry(t("Query code"), QUERY_KEYS, t("Delete"), t("Show"), LONGEST_QUERY),
        rows=(nav(words),),
    )


def collect_page(words: Words) -> Page:
    t = words.t
    return Page(
        name="collect",
        title=t("Collect a result"),
        lead=t("Lay your ID card on the reader, or hold the code on your receipt to the scanner."),
        blocks=(
            Block(
                t("Bring with you"),
                (
                    t("the receipt you were given"),
                    t("your ID card; who collects for another also brings a mandate"),
                ),
                numbered=True,
            ),
        ),
        wide=(Key("progress", t("I have only the numbers on my receipt"), kind="primary"),),
        rows=(nav(words),),
    )


def verify_page(words: Words) -> Page:
    t = words.t
    return Page(
        name="verify",
        title=t("Is this paper genuine?"),
        lead=t("Hold the square code on the paper to the scanner."),
        blocks=(
            Block(
                t("You will see"),
                (
                    t("whether this hall issued the paper"),
                    t("its number, matter and day"),
                    t("how the case stands now"),
                ),
                numbered=True,
            ),
        ),
        rows=(nav(words),),
    )


def cases_page(words: Words, visitor: Visitor, *, done_only: bool) -> Page:
    """A card holder's cases; `done_only` where somebody came to collect."""
    t = words.t
    cases = [case for case in visitor.cases if not done_only or case.stage == "granted"]
    nothing = t("No result waits for you.") if done_only else t("Nothing is under way under this card.")
    return Page(
        name="cases",
        title=t("{name}, your matters", name=words.name(visitor.masked_name)),
        lead=t("Touch one to see more.") if cases else "",
        banner="" if cases else nothing,
        tiles=tuple(case_tile(words, case) for case in cases),
        tile_columns=1,
        rows=(nav(words),),
    )


def card_cases_page(words: Words, card: CardCases) -> Page:
    """What a service card leads to; a ticket in its holder's name still wants the ID card."""
    t = words.t
    name = words.name(card.masked_name)
    return Page(
        name="cases",
        title=t("{name}, your matters", name=name) if name else t("Your matters"),
        lead=t("Touch one to see more.") if card.cases else "",
        banner="" if card.cases else t("Nothing is under way under this card."),
        tiles=tuple(case_tile(words, case) for case in card.cases),
        tile_columns=1,
        rows=(nav(words),),
    )


RESULTS: Final[Mapping[ResultState, str]] = {
    "ready": mark("The result waits for you at the counter"),
    "posted": mark("The result is on its way to you by post"),
    "at_station": mark("The result waits for you at the community station"),
    "handed_over": mark("The result was handed over"),
    "returned": mark("The result went back to its department: ask the staff for it"),
    "revoked": mark("The result was revoked"),
}


def progress_page(words: Words, case: Progress) -> Page:
    t = words.t
    lines = [
        t("Case number: {number}", number=case.number),
        t("Last change: {day}", day=words.day(case.changed_on)),
    ]
    if case.due:
        lines.append(t("To be decided by: {day}", day=words.day(case.due)))
    if case.result:
        lines.append(t(RESULTS[case.result]))
    blocks = [Block(t("Your case"), tuple(lines))]
    if case.elsewhere:
        blocks.append(Block(t("Where it is"), _elsewhere(words, case)))
    if case.missing:
        blocks.append(Block(t("Still missing"), words.names(case.missing), numbered=True))
    return Page(
        name="progress",
        title=words.name(case.item_name, case.item_name_en),
        lead=words.t(CITIZEN_STAGES[case.stage]),
        tone="good" if case.stage == "granted" else "",
        blocks=tuple(blocks),
        wide=_next_step(words, case),
        rows=(nav(words),),
    )


def _elsewhere(words: Words, case: Progress) -> tuple[str, ...]:
    """The hall that goes on with it, and what that hall last told of."""
    t = words.t
    told = t(CITIZEN_STAGES[case.news]) if case.news and case.news != "forwarded" else t("on its way there")
    return (words.name(case.elsewhere), told)


def _next_step(words: Words, case: Progress) -> tuple[Key, ...]:
    t = words.t
    if not case.item or case.stage in WITHOUT_RESULT or case.result in ("handed_over", "revoked", "posted"):
        return ()
    if case.stage == "granted":
        return (Key("take", t("Take a ticket to collect it"), target=case.item, kind="primary"),)
    if case.stage in ("notified", "reopened"):
        return (Key("take", t("Take a ticket to hand it in"), target=case.item, kind="primary"),)
    return (Key("take", t("Take a ticket"), target=case.item),)


def verified_page(words: Words, found: Verification) -> Page:
    """What a scanned paper states; offline only that it was genuine when issued."""
    t = words.t
    said = found.statement
    decision = DECISIONS.get(said.decision)
    lines = [
        t("Number: {number}", number=said.number),
        t("Matter: {name}", name=words.name(said.item_name)),
        t("Day: {day}", day=words.day(said.on)),
    ]
    if decision:
        lines.append(t("It says: {decision}", decision=t(decision)))
    if said.masked_name:
        lines.append(t("Issued to: {name}", name=words.name(said.masked_name)))
    if found.paper is not None:
        lines.append(t("Printed {count} times", count=found.paper.prints))
    journal = (
        t("Device {device}, entry {seq}, seal {head}", device=said.device, seq=said.seq, head=said.head),
    )
    case = found.paper.case if found.paper is not None else None
    return Page(
        name="verified",
        title=t(found.message),
        tone=_TONES[found.result],
        blocks=(Block(t("The paper states"), tuple(lines)), Block(t("Its place in the journal"), journal)),
        wide=(Key("case", t("How the case stands now"), target=case, kind="primary"),) if case else (),
        rows=(nav(words),),
    )
