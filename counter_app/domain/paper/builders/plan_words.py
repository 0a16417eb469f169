"""The table of a dated plan, as the plan itself and the notice of acceptance show it (mission: C11)."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.facts import PlanStep
from counter_app.domain.paper.model import Block, Column, Entry, Heading, Numbered, Rule, Table
from counter_app.i18n import Translator


def plan_table(steps: tuple[PlanStep, ...], year: int, t: Translator) -> Iterator[Block]:
    """The steps with their days; then what the applicant does, and when."""
    yield Heading(t("Plan"))
    columns = (Column(t("Step"), 4), Column(t("By whom"), 3), Column(t("From – until"), 4))
    rows = tuple((_what(step, t), step.who, plan_days(step, year)) for step in steps if step.who)
    yield Table(columns, rows)
    tasks = [
        t("{days}  {step}: {task}", days=plan_days(step, year), step=step.what, task=step.applicant_does)
        for step in steps
        if step.applicant_does
    ]
    if tasks:
        yield Heading(t("What you have to do"), large=True)
        yield Numbered(tuple(Entry(task) for task in tasks))
    yield Rule()


def _what(step: PlanStep, t: Translator) -> str:
    foreseen = t(" (foreseen, not asked yet)") if step.foreseen else ""
    return step.what + foreseen + (t(" (decides the date)") if step.critical else "")


def plan_days(step: PlanStep, year: int) -> str:
    """From–until, a single day once, hours to their minute; the year only where it is not the plan's."""
    style = "%m-%d" if step.from_on.year == step.until_on.year == year else "%Y-%m-%d"
    began, until = f"{step.from_on:{style}}", f"{step.until_on:{style}}"
    if step.until_at is not None:
        until = f"{until} {step.until_at:%H:%M}"
    return until if began == until else f"{began} – {until}"
