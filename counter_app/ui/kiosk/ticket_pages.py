"""A ticket taken, a guide printed: what the screen says while paper comes, and when none does. Pure."""

from __future__ import annotations

from typing import Literal

from counter_app.domain.scanning.codes import TICKET_PREFIX
from counter_app.ui.kiosk.item_pages import queue_words
from counter_app.ui.kiosk.page import Block, Key, Page, Tone
from counter_app.ui.kiosk.start_pages import nav
from counter_app.ui.kiosk.words import Words
from counter_app.use_cases.waiting.requests import IssuedTicket

PaperState = Literal["coming", "printed", "missing"]


def ticket_page(words: Words, ticket: IssuedTicket, paper: PaperState, *, card: bool) -> Page:
    """The number large; the code on the screen and the staff told where no paper comes out."""
    t = words.t
    said, tone = _paper_words(words, paper)
    remember = [t("Listen for your number and watch the display.")]
    if paper == "missing":
        remember.insert(0, t("Remember your number, or take a picture of this page."))
    if card:
        remember.append(t("Do not leave your ID card on the reader."))
    return Page(
        name="ticket",
        title=t("Your number"),
        number=ticket.number,
        lead=queue_words(words, ticket.ahead, ticket.wait, ticket.counters),
        banner=said,
        tone=tone,
        blocks=(Block("", tuple(remember)),),
        qr=f"{TICKET_PREFIX}{ticket.ticket}" if paper == "missing" else "",
        rows=((Key("home", t("Finished"), kind="primary"), Key("help", t("Ask the staff for help"))),),
    )


def _paper_words(words: Words, paper: PaperState) -> tuple[str, Tone]:
    t = words.t
    if paper == "coming":
        return t("Your ticket is being printed below."), ""
    if paper == "printed":
        return t("Please take your ticket below."), "good"
    return t("No ticket can be printed just now; your number is valid. The staff have been told."), "warn"


def printing_page(words: Words, title: str, paper: PaperState) -> Page:
    """A guide's slip on its way."""
    t = words.t
    said: dict[PaperState, tuple[str, Tone]] = {
        "coming": (t("It is being printed below."), ""),
        "printed": (t("Please take it below."), "good"),
        "missing": (t("It could not be printed. The staff have been told and will help you."), "warn"),
    }
    banner, tone = said[paper]
    return Page(name="printing", title=title, banner=banner, tone=tone, rows=(nav(words),))
