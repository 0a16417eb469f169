"""Lead and assist at the desk: one batch, five answers, a second request, dispute, orders (mission: C4–C7).
No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from counter_app.domain.casework.state import ANSWERS, CAUSES, Answer, Cause
from counter_app.domain.casework.words import ANSWER_WORDS, CAUSE_WORDS
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.desk.departments import departments
from counter_app.ui.desk.phrases import article, offered
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.desk.words import limit_words
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.casework.views import AssistRow, InboxRow

WITH_BASIS: Final = ("disagree",)
OWN: Final = "own"
SHORT: Final = ("答复未达到要求", "要求不明确，需重新说明")


class AssistPresenter:
    """Requests of the case in hand."""

    def __init__(self, here: DeskPlace) -> None:
        self._here = here

    def request(self) -> None:
        """F5: everything at once; this is the only time that each may be asked."""
        here, t, read = self._here, self._here.t, self._here.may("assist")
        if read is None:
            return
        offered = read.page.offered
        if not offered:
            asked = bool(read.page.assists or read.page.looked_up)
            words = t("All assists were asked already.") if asked else t("Nobody has to be asked here.")
            here.tell(words, remedy=t("A second request needs a cause: Ctrl+M, R.") if asked else "")
            return
        names = {one.code: one.name for one in here.deps.plan.departments}
        lines = "\n".join(
            " · ".join(
                (names.get(one.department, one.department), one.name, one.demand, limit_words(one.limit, t))
            )
            for one in offered
        )
        case, matters = read.case, tuple(one.code for one in offered)

        def sent(asked: tuple[str, ...]) -> None:
            held = len(matters) - len(asked)
            looked = t("{count} were looked up in the system instead.", count=held) if held else ""
            here.tell(t("{count} assists asked.", count=len(asked)), remedy=looked, level="good")

        def taken(choice: str, text: str) -> None:
            if choice == "all":
                asking = here.casework.asking
                here.act("assist", lambda actor, key: asking.request(actor, key, case, matters), sent)
            else:
                self._some(read)

        choices = (
            Choice("all", "1", t("Ask all {count} at once", count=len(offered))),
            Choice("some", "2", t("Leave one out …"), t("what is left out cannot be asked later")),
        )
        title = t("Each department is asked once, all in one batch.")
        here.ask(title, choices, taken, hint=lines)

    def answer(self, task: InboxRow) -> None:
        """One of the five answers, with reason and article where it needs them."""
        here, t, read = self._here, self._here.t, self._here.hands.read
        row = next((one for one in read.page.assists if one.matter == task.code), None) if read else None
        demand = f"{row.name} · {row.demand}" if row is not None else task.name

        laws = {f"law:{at}": law for at, law in enumerate(offered(row.laws) if row is not None else ())}
        rows = ((id, f"《{law.name}》{article(law)}", law.text) for id, law in laws.items())

        def against(answers: Answers) -> bool:
            return answers["answer"] in WITH_BASIS

        def typed(answers: Answers) -> bool:
            return against(answers) and answers.get("law", OWN) == OWN

        def open_article(answers: Answers) -> bool:
            """Whether the law that was chosen brings none."""
            return typed(answers) or (against(answers) and not article(laws[answers["law"]]))

        asks = (
            Ask("answer", demand, worded(t, dict(ANSWER_WORDS))),
            Ask("reason", t("Reason"), when=lambda answers: answers["answer"] != "agree"),
            Ask(
                "law",
                t("Which law speaks against it?"),
                (*choices_of(tuple(rows)), Choice(OWN, "0", t("Another law …"))),
                when=lambda answers: bool(laws) and against(answers),
            ),
            Ask("name", t("Law (its full name)"), when=typed),
            Ask("article", t("Article"), when=open_article),
        )

        def given(answers: Answers) -> None:
            asking = here.casework.asking
            said: Answer = next(one for one in ANSWERS if one == answers["answer"])
            law = laws.get(answers.get("law", ""))
            words = (
                answers.get("reason", ""),
                law.name if law is not None else answers.get("name", ""),
                answers.get("article", "") or (article(law) if law is not None else ""),
            )
            here.do(
                "answer",
                lambda actor, key: asking.answer(actor, key, task.case, task.code, said, *words),
                t("Answered."),
            )

        ask_all(here, asks, given)

    def repeat(self) -> None:
        """A second request, with the cause that books the delay."""
        here, t, read = self._here, self._here.t, self._here.may("repeat")
        rows = tuple(one for one in read.page.assists if one.answer is not None) if read else ()
        asks = (
            Ask("matter", t("Which matter is asked once more?"), _matters(rows)),
            Ask("cause", t("Why was the first answer not enough?"), worded(t, dict(CAUSE_WORDS))),
            Ask("reason", t("State it in words"), given=SHORT[0]),
        )

        def given(answers: Answers) -> None:
            asking, case = here.casework.asking, read.case if read else ""
            here.do(
                "repeat",
                lambda actor, key: asking.repeat(
                    actor, key, case, answers["matter"], _cause(answers), answers["reason"]
                ),
                t("Asked once more; the delay is booked."),
            )

        self._ask(read, rows, asks, given, t("No request was answered that could be repeated."))

    def dispute(self) -> None:
        """A department does not accept a booked cause: the counter's management decides."""
        here, t, read = self._here, self._here.t, self._here.may("dispute")
        rows = tuple(one for one in read.page.assists if one.may_dispute) if read else ()
        asks = (
            Ask("matter", t("Which booked cause is not accepted?"), _matters(rows)),
            Ask("reason", t("Why not?")),
        )

        def given(answers: Answers) -> None:
            asking, case = here.casework.asking, read.case if read else ""
            here.do(
                "dispute",
                lambda actor, key: asking.dispute(actor, key, case, answers["matter"], answers["reason"]),
                t("The counter's management decides it."),
            )

        self._ask(read, rows, asks, given, t("No cause is booked that could be disputed."))

    def settle(self) -> None:
        """Arbitration: the cause as the management sees it."""
        here, t, read = self._here, self._here.t, self._here.may("settle")
        rows = tuple(one for one in read.page.assists if one.disputed) if read else ()
        asks = (
            Ask("matter", t("Which dispute is settled?"), _matters(rows)),
            Ask("cause", t("What was the cause?"), worded(t, dict(CAUSE_WORDS))),
            Ask("reason", t("Why so?")),
        )

        def given(answers: Answers) -> None:
            asking, case = here.casework.asking, read.case if read else ""
            here.do(
                "settle",
                lambda actor, key: asking.settle(
                    actor, key, case, answers["matter"], _cause(answers), answers["reason"]
                ),
                t("Settled; the delay is booked accordingly."),
            )

        self._ask(read, rows, asks, given, t("Nothing is disputed in this case."))

    def order(self) -> None:
        """A co-ordination order over two or more departments, with its day."""
        here, t, read = self._here, self._here.t, self._here.may("order")
        if read is None:
            return
        case = read.case

        def told(chosen: tuple[str, ...]) -> None:
            asks = (
                Ask("text", t("What has each to do?")),
                Ask("day", t("Reply by which day?"), label=t("11-24 or 2026-11-24"), day=True),
            )
            ask_all(here, asks, lambda answers: order(chosen, answers))

        def order(chosen: tuple[str, ...], answers: Answers) -> None:
            asking, day = here.casework.asking, date.fromisoformat(answers["day"])
            here.do(
                "order",
                lambda actor, key: asking.order(actor, key, case, chosen, answers["text"], day),
                t("The order is out."),
            )

        departments(here, t("Which departments are told? Two or more."), read, told, least=2)

    def reply_order(self, task: InboxRow) -> None:
        """What one's department did on an order."""
        here, t = self._here, self._here.t
        asking = here.casework.asking
        here.ask(
            t("What was done on the order?"),
            (),
            lambda _, text: (
                here.do(
                    "reply_order",
                    lambda actor, key: asking.reply_order(
                        actor, key, task.case, task.code, task.department, text
                    ),
                    t("Reported."),
                )
                if text
                else None
            ),
            text=t("State it in words"),
        )

    def _some(self, read: CaseRead) -> None:
        """All but one: the others go out in one batch."""
        here, t = self._here, self._here.t
        offered = read.page.offered
        rows = tuple((one.code, one.name, one.demand) for one in offered)

        def left(code: str, text: str) -> None:
            asking, case = here.casework.asking, read.case
            matters = tuple(one.code for one in offered if one.code != code)
            here.do(
                "assist",
                lambda actor, key: asking.request(actor, key, case, matters),
                t("{count} assists asked.", count=len(matters)),
            )

        here.ask(t("Which one is left out?"), choices_of(rows), left)

    def _ask(
        self,
        read: CaseRead | None,
        rows: tuple[AssistRow, ...],
        asks: tuple[Ask, ...],
        given: Callable[[Answers], None],
        none: str,
    ) -> None:
        """Ask about one of `rows`; `none` is said where there is none."""
        if read is not None and rows:
            ask_all(self._here, asks, given)
        elif read is not None:
            self._here.tell(none)


def _matters(rows: tuple[AssistRow, ...]) -> tuple[Choice, ...]:
    return choices_of(tuple((one.matter, f"{one.department_name} · {one.name}", one.reason) for one in rows))


def _cause(answers: Answers) -> Cause:
    return next(one for one in CAUSES if one == answers["cause"])
