"""The plan and its papers, copy-notices, prerequisites, posts A and B (mission: C2, C11, H5, P4). No Qt."""

from __future__ import annotations

from typing import Final

from counter_app.domain.casework.state import WAYS, WayOut
from counter_app.domain.casework.words import FAILED_WORDS, WAY_WORDS
from counter_app.errors import UserFacingError
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.desk.departments import noticed
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.exporting import write_out
from counter_app.ui.widgets.question import Choice

AWAY: Final = ("外出办事", "请假", "参加会议", "培训")


class MatterPresenter:
    """What concerns the case as a whole, and the posts."""

    def __init__(self, here: DeskPlace) -> None:
        self._here = here

    def print_plan(self) -> None:
        """The dated plan for the applicant: printed, and opened as a sheet."""
        here, t, read = self._here, self._here.t, self._here.hands.read
        if read is None or read.plan is None or not read.plan.rows:
            here.tell(t("This case has no plan."))
            return
        plans, case = here.casework.plans, read.case
        here.act("plan_paper", lambda actor, key: plans.print(actor, key, case), self._open)

    def copy_notices(self) -> None:
        """F7: the copy-notice of a piece of work that lies with another department."""
        here, t, read = self._here, self._here.t, self._here.hands.read
        rows = noticed(here, read.page) if read is not None else ()
        if read is None or not rows:
            here.tell(t("No work of this case lies with another that a copy-notice could go to."))
            return
        case, plans = read.case, here.casework.plans
        lines = tuple(
            (task.task, f"{task.department_name} · {task.name}", t("on paper") if task.on_paper else "")
            for task in rows
        )

        def chosen(task: str, text: str) -> None:
            here.reads.run(lambda: plans.notice_out(case, task), lambda out: opened(task, out), here.error)

        def opened(task: str, out: str) -> None:
            """One request has one number: what is out already is opened again."""
            if out:
                self._open(out)
            else:
                here.act(
                    "copy_notice", lambda actor, key: plans.copy_notice(actor, key, case, task), self._open
                )

        here.ask(t("Copy-notice of which work?"), choices_of(lines), chosen)

    def export(self) -> None:
        """The case in hand in the open form, for the department's own system; only who sees all of it."""
        here, t, read = self._here, self._here.t, self._here.hands.read
        if read is None or read.materials is None:
            here.tell(t("No case is in hand that you see whole."))
            return
        deps, view = here.deps, read.materials
        parties = tuple(person.party for person in view.persons)
        write_out(here, read.case, view.number, parties, (deps.applying, deps.persons, deps.export))

    def approve_plan(self) -> None:
        """The management approves the plan: only now its steps start."""
        here, t, read = self._here, self._here.t, self._here.may("plan_approve")
        if read is not None:
            plans, case = here.casework.plans, read.case
            here.do(
                "plan", lambda actor, key: plans.approve(actor, key, case), t("Approved; the steps begin.")
            )

    def return_plan(self) -> None:
        """The management sends the plan back with a word; the lead answers it in its inbox."""
        here, t, read = self._here, self._here.t, self._here.may("plan_approve")
        if read is not None:
            plans, case = here.casework.plans, read.case
            ask_all(
                here,
                (Ask("word", t("What is to be changed in the plan?")),),
                lambda answers: here.do(
                    "plan",
                    lambda actor, key: plans.send_back(actor, key, case, answers["word"]),
                    t("Sent back to its department with your word."),
                ),
            )

    def track(self) -> None:
        """Name who follows the plan."""
        here, t, read = self._here, self._here.t, self._here.may("track")
        if read is None:
            return
        people = choices_of(
            tuple(
                (one.badge, one.name, one.title) for one in here.deps.plan.staff if "admin" not in one.roles
            )
        )
        case, plans = read.case, here.casework.plans
        here.ask(
            t("Who follows the plan?"),
            people,
            lambda badge, _: here.do(
                "track", lambda actor, key: plans.track(actor, key, case, badge), t("Named.")
            ),
        )

    def prerequisite(self, item: str = "") -> None:
        """A result that does not come (`item` when it is known which): drop that part, wait, or withdraw."""
        here, t, read = self._here, self._here.t, self._here.may("prerequisite")
        rows = [row for row in read.page.prerequisites if row.ways] if read is not None else []
        named = next((row.item for row in rows if row.item == item), "")
        if read is None:
            return
        if not rows or (item and not named):
            here.tell(t("This result may still come.") if item else t("No result of this case has failed."))
            return
        asks = (
            Ask(
                "item",
                t("Which result does not come?"),
                choices_of(tuple((r.item, r.name, t(FAILED_WORDS[r.how])) for r in rows)),
                when=lambda _: not named,
            ),
            Ask(
                "way",
                t("What did the applicant choose?"),
                worded(t, dict(WAY_WORDS)),
                hint="；".join(f"{r.name}：{t(FAILED_WORDS[r.how])}" for r in rows if item in ("", r.item)),
            ),
            Ask("reason", t("A word to it (may stay empty)"), needed=False),
        )
        case = read.case

        def given(answers: Answers) -> None:
            joint = here.casework.joint
            way: WayOut = next(one for one in WAYS if one == answers["way"])
            here.do(
                "prerequisite",
                lambda actor, key: joint.settle(
                    actor, key, case, named or answers["item"], way, answers["reason"]
                ),
                t("Kept as the applicant chose."),
            )

        ask_all(here, asks, given)

    def pass_post(self) -> None:
        """One's post goes to its other holder, with all work that lies open in it."""
        here, t = self._here, self._here.t
        posts = self._posts()
        if not posts:
            here.tell(t("No post of this desk is yours."))
            return
        asks = (
            Ask("post", t("Which post passes over?"), posts),
            Ask("reason", t("Why?"), worded_reasons()),
        )

        def to(answers: Answers) -> None:
            takers = self._takers(answers["post"])
            ask_all(here, (Ask("to", t("Who takes it?"), takers),), lambda who: given({**answers, **who}))

        def given(answers: Answers) -> None:
            handling = here.casework.posts
            here.act(
                "post",
                lambda actor, key: handling.pass_over(
                    actor, key, answers["post"], answers["reason"], answers["to"]
                ),
                lambda count: here.tell(t("{count} pieces of work passed over.", count=count), level="good"),
            )

        ask_all(here, asks, to)

    def take_post_back(self) -> None:
        """Back again: post and open work return."""
        here, t = self._here, self._here.t
        posts = self._posts()
        if not posts:
            here.tell(t("No post of this desk is yours."))
            return

        def chosen(post: str, text: str) -> None:
            handling = here.casework.posts
            here.act(
                "post",
                lambda actor, key: handling.give_back(actor, key, post),
                lambda count: here.tell(t("{count} pieces of work returned.", count=count), level="good"),
            )

        here.ask(t("Which post returns?"), posts, chosen)

    def _takers(self, code: str) -> tuple[Choice, ...]:
        """The post's other holder first, then its colleagues."""
        plan, t = self._here.deps.plan, self._here.t
        post = plan.post(code)
        if post is None:
            return ()
        own = [plan.member(badge) for badge in (post.b, post.a) if badge]
        others = [one for one in plan.staff if one.department == post.department]
        found = {one.badge: one for one in (*own, *others) if one is not None}
        holds = {post.a: t("A of the post"), post.b: t("B of the post")}
        return choices_of(
            tuple((badge, one.name, holds.get(badge, one.title)) for badge, one in found.items())
        )

    def _posts(self) -> tuple[Choice, ...]:
        """Handling posts whose A or B works here; supervision's are all of them."""
        here = self._here
        plan, staff = here.deps.plan, here.actor.staff
        member = plan.member(staff)
        all_ = member is not None and "supervision" in member.roles
        names = {one.badge: one.name for one in plan.staff}
        return choices_of(
            tuple(
                (one.code, one.name, " / ".join(names.get(badge, badge) for badge in (one.a, one.b) if badge))
                for one in plan.posts
                if (one.level or one.role == "supervision") and (all_ or staff in (one.a, one.b))
            )
        )

    def _open(self, paper: str) -> None:
        """Show the sheet that was made; it is printed from there, or at the counter."""
        here, t, deps = self._here, self._here.t, self._here.deps

        def written(path: object) -> None:
            here.tell(t("The sheet is open; it can be printed from there."), level="good")

        def work() -> bool:
            return deps.open_file(deps.sheet(paper, "A4"))

        def failed(error: UserFacingError) -> None:
            here.error(error)

        here.acts.run(work, written, failed)


def worded_reasons() -> tuple[Choice, ...]:
    """Why somebody is away, a key each."""
    return choices_of(tuple((words, words, "") for words in AWAY))
