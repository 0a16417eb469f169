"""What comes otherwise than over the counter: applications and agents (mission: I12, I14). No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from counter_app.domain.agents.agents import Agent
from counter_app.domain.arriving.applications import Application, Source
from counter_app.errors import mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.ui.exporting import write_out
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.agents.agents import AgentInput
from counter_app.use_cases.intake.views import CaseView

SOURCES: Final[Mapping[Source, str]] = {
    "web": mark("by the web"),
    "phone": mark("by telephone"),
    "post": mark("by post"),
    "department": mark("from a department"),
    "oral": mark("spoken at the counter"),
}


class ArrivingPresenter:
    """`view` gives the case in hand, `open_case` takes one in hand, `open_sheet` opens a paper."""

    def __init__(
        self,
        desk: Desk,
        view: Callable[[], CaseView | None],
        open_case: Callable[[str], None],
        open_sheet: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._view = view
        self._open_case = open_case
        self._open_sheet = open_sheet
        self._applying = desk.deps.around.applying
        self._agents = desk.deps.around.agents

    def applications(self) -> None:
        """Those that came in and wait for a clerk; with a case in hand, where that one came from."""
        rejected = self._desk.deps.rejected
        self._desk.reads.run(
            lambda: (self._applying.recent(), rejected()), self._show_applications, self._desk.error
        )

    def oral(self) -> None:
        """What a citizen says, written down, printed, read back and signed."""
        view, desk, t = self._view(), self._desk, self._desk.t
        if view is None or view.item is None:
            desk.tell(t("Choose an item first."))
            return
        choices = (
            Choice("write", "1", t("Write down what is said, and print it")),
            Choice("signed", "2", t("It was read back and signed")),
        )
        case = view.case

        def taken(choice: str, text: str) -> None:
            if choice == "write":
                said = Ask("said", t("What the citizen says"))
                ask_all(desk, (said,), lambda answers: self._write(case, answers["said"]))
            else:
                witness = Ask("witness", t("Witness"), needed=False, hint=t("Empty: none was needed."))
                ask_all(desk, (witness,), lambda a: self._read_back(case, a["witness"]))

        desk.ask(t("Application by word of mouth"), choices, taken)

    def export(self) -> None:
        """The case in hand in the open form, for a department's own system."""
        view, desk = self._view(), self._desk
        if view is None or view.item is None:
            desk.tell(desk.t("Choose an item first."))
            return
        parties = tuple(person.party for person in view.persons)
        write_out(
            desk, view.case, view.number, parties, (self._applying, desk.deps.persons, desk.deps.export)
        )

    def agents(self) -> None:
        """Agents: the case in hand came by one, or is closed with him; or a new one."""
        self._desk.reads.run(self._agents.agents, self._show_agents, self._desk.error)

    def _show_applications(self, found: tuple[tuple[Application, ...], tuple[Path, ...]]) -> None:
        desk, t, view, (rows, rejected) = self._desk, self._desk.t, self._view(), found
        choices = choices_of(
            tuple((row.case, f"{t(SOURCES[_source(row.source)])} {row.external}", row.item) for row in rows)
        )
        none = t("No case is in hand.")
        here = Choice("", "0", t("The case in hand came by …"), "", view is not None, none)

        def taken(case: str, text: str) -> None:
            if case:
                self._open_case(case)
            else:
                self._ask_source()

        title = t("{count} applications wait for a clerk", count=len(rows))
        desk.ask(title, (*choices, here), taken, hint=self._rejected(rejected))

    def _rejected(self, files: tuple[Path, ...]) -> str:
        """Nobody else looks into the folder: who sent them waits for an answer."""
        if not files:
            return ""
        names = "、".join(path.name for path in files[:3])
        return self._desk.t(
            "{count} files of the import folder were not taken in ({names}): each has its reason beside it, "
            "in {folder}",
            count=len(files),
            names=names,
            folder=str(files[0].parent),
        )

    def _ask_source(self) -> None:
        view, desk, t = self._view(), self._desk, self._desk.t
        if view is None:
            return
        ways = {key: words for key, words in SOURCES.items() if key != "oral"}
        asks = (
            Ask("source", t("How did it come?"), worded(t, ways)),
            Ask("number", t("Its number there")),
        )

        def given(answers: Answers) -> None:
            desk.act(
                "note_source",
                lambda actor, key: self._applying.note_source(
                    actor, key, view.case, _source(answers["source"]), answers["number"]
                ),
                lambda _: desk.tell(t("Noted."), level="good"),
                right="case.open",
            )

        ask_all(desk, asks, given)

    def _write(self, case: str, said: str) -> None:
        self._desk.act(
            "write_down",
            lambda actor, key: self._applying.write_down(actor, key, case, said),
            self._open_sheet,
            right="case.open",
        )

    def _read_back(self, case: str, witness: str) -> None:
        desk = self._desk
        desk.act(
            "read_back",
            lambda actor, key: self._applying.read_back(actor, key, case, witness),
            lambda _: desk.tell(desk.t("Noted."), level="good"),
            right="case.open",
        )

    def _show_agents(self, rows: tuple[Agent, ...]) -> None:
        desk, t = self._desk, self._desk.t
        known = {row.id: row for row in rows}
        lines = tuple((row.id, row.name, self._standing(row)) for row in rows)
        new = Choice("", "0", t("A new agent"))
        desk.ask(
            t("Agents of communities and streets"),
            (*choices_of(lines), new),
            lambda agent, _: self._with_agent(known[agent]) if agent else self._new_agent(),
        )

    def _standing(self, agent: Agent) -> str:
        t, count = self._desk.t, len(agent.open)
        if agent.ended:
            return t("his mandate has ended, {count} to be closed with him", count=count)
        return t("until {day}, {count} open", day=agent.until.isoformat(), count=count)

    def _with_agent(self, agent: Agent) -> None:
        desk, t, view = self._desk, self._desk.t, self._view()
        case = view.case if view else ""
        none, his = t("No case is in hand."), case in agent.open
        over = t("His mandate has ended.")
        brings, why = bool(case) and not his and not agent.ended, over if agent.ended else none
        choices = (
            Choice("brought", "1", t("He brings the case in hand"), "", brings, why),
            Choice("closed", "2", t("The case in hand is closed with him"), "", his, t("Not his case.")),
            Choice("end", "3", t("His mandate ends"), "", not agent.ended, over),
        )

        def taken(choice: str, text: str) -> None:
            if choice == "end":
                reasons = (t("The term is over"), t("He left his post"))
                desk.ask_reason(t("Why does it end?"), reasons, lambda why: self._end(agent.id, why))
                return
            work = self._agents.brought if choice == "brought" else self._agents.close
            desk.act(
                choice,
                lambda actor, key: work(actor, key, agent.id, case),
                lambda _: desk.tell(t("The slip is being printed."), level="good"),
                right="case.open",
            )

        desk.ask(agent.name, choices, taken)

    def _end(self, agent: str, reason: str) -> None:
        desk = self._desk
        desk.act(
            "end_agent",
            lambda actor, key: self._agents.end(actor, key, agent, reason),
            lambda _: desk.tell(desk.t("Noted."), level="good"),
            right="case.decide",
        )

    def _new_agent(self) -> None:
        desk, t = self._desk, self._desk.t
        stations = tuple((hall.code, hall.name, "") for hall in desk.deps.plan.stations())
        street = Choice("-", "0", desk.deps.plan.hall.name)
        asks = (
            Ask("name", t("Name of the agent")),
            Ask("phone", t("Telephone"), needed=False),
            Ask("station", t("Of which station?"), (*choices_of(stations), street)),
            Ask("until", t("The mandate ends on"), day=True),
            Ask("number", t("Number of the mandate"), needed=False),
            Ask("items", t("Item codes, with commas"), needed=False, hint=t("Empty: all items.")),
        )

        def given(answers: Answers) -> None:
            codes = answers["items"].replace("，", ",").split(",")
            items = tuple(code.strip() for code in codes if code.strip())
            agent = AgentInput(
                name=answers["name"],
                phone=answers["phone"],
                station="" if answers["station"] == "-" else answers["station"],
                items=items,
                until=date.fromisoformat(answers["until"]),
                number=answers["number"],
            )
            desk.act(
                "register_agent",
                lambda actor, key: self._agents.register(actor, key, agent),
                lambda _: desk.tell(t("The agent is registered."), level="good"),
                right="case.decide",
            )

        ask_all(desk, asks, given)


def _source(source: str) -> Source:
    return next((one for one in SOURCES if one == source), "department")
