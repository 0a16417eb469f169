"""Help, blank forms, complaints and opinions, and the staff's way out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.errors import mark
from counter_app.ui.kiosk.page import Block, Entry, Key, Page
from counter_app.ui.kiosk.start_pages import nav
from counter_app.ui.kiosk.words import Words

POSTS: Final[Mapping[str, str]] = {
    "lobby": mark("the lobby guide"),
    "duty-manager": mark("the manager on duty"),
    "duty-leader": mark("the leader on duty"),
}
BADGE_KEYS: Final = ("123", "456", "789", "0")
LONGEST_PIN: Final = 12


def help_page(words: Words, posts: tuple[str, ...], about: str = "") -> Page:
    """Who was called; pressing again adds no second call."""
    t = words.t
    called = words.join(tuple(t(POSTS[post]) if post in POSTS else words.name(post) for post in posts))
    return Page(
        name="help",
        title=t("Help is on the way"),
        lead=t("{posts} has been called. Please wait here.", posts=called),
        banner=about,
        blocks=(
            Block(
                t("If nobody comes"),
                (t("After two minutes the manager on duty is called as well."), t("No need to press again.")),
            ),
        ),
        rows=(nav(words, help_key=False),),
    )


def forms_page(words: Words, items: tuple[Item, ...], *, elder: bool) -> Page:
    """Every blank form the hall keeps, once."""
    t = words.t
    titles = dict.fromkeys(
        title
        for item in items
        for title in (*item.forms, *(material.form for material in item.materials if material.form))
    )
    return Page(
        name="forms",
        title=t("Blank forms"),
        lead=t("Touch the form you need; the staff bring it to you, with a filled-in sample."),
        tiles=tuple(Key("form", words.name(title), target=title, kind="tile") for title in titles),
        tile_columns=1 if elder else 2,
        rows=(nav(words),),
    )


def opinions_page(words: Words, plan: HallPlan) -> Page:
    """Where to complain, and what the hall has promised (mission: D5)."""
    t = words.t
    where = [t("Complaints line: {line}", line=plan.complaint_line)] if plan.complaint_line else []
    where += [words.name(plan.complaint_note)] if plan.complaint_note else []
    where += [t("Inquiries: {line}", line=plan.inquiry_line)] if plan.inquiry_line else []
    return Page(
        name="opinions",
        title=t("Complaints, opinions"),
        lead=t("Say it to us here, or call the complaints line. You need give no reason for calling."),
        blocks=(
            Block(t("Call"), tuple(where)),
            Block(
                t("We promise"), words.names(tuple(promise.text for promise in plan.promises)), numbered=True
            ),
        ),
        wide=(Key("speak", t("Speak to somebody in charge"), kind="primary"),),
        rows=(nav(words, help_key=False),),
    )


def badge_page(words: Words) -> Page:
    t = words.t
    return Page(
        name="badge",
        title=t("Staff only"),
        lead=t("Badge number"),
        entry=Entry(t("Badge number"), BADGE_KEYS, t("Delete"), t("Go on"), LONGEST_PIN),
        rows=(nav(words, help_key=False),),
    )


def pin_page(words: Words) -> Page:
    t = words.t
    return Page(
        name="pin",
        title=t("Staff only"),
        lead=t("PIN"),
        entry=Entry(t("PIN"), BADGE_KEYS, t("Delete"), t("Go on"), LONGEST_PIN, secret=True),
        rows=(nav(words, help_key=False),),
    )
