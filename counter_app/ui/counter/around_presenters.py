"""The presenters of what stands around a case, and their commands, as the window takes them. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.intake.case import ENDED
from counter_app.ui.counter.advice_presenter import AdvicePresenter
from counter_app.ui.counter.archive_presenter import ArchivePresenter
from counter_app.ui.counter.arriving_presenter import ArrivingPresenter
from counter_app.ui.counter.blanks_presenter import BlanksPresenter
from counter_app.ui.counter.cards_presenter import CardsPresenter
from counter_app.ui.counter.contact_presenter import ContactPresenter
from counter_app.ui.counter.course_presenter import CoursePresenter
from counter_app.ui.counter.delivery_presenter import DeliveryPresenter
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.drawer_presenter import DrawerPresenter
from counter_app.ui.counter.fees_presenter import FeesPresenter
from counter_app.ui.counter.needed_presenter import NeededPresenter
from counter_app.ui.counter.posts_presenter import PostsPresenter
from counter_app.ui.counter.project_presenter import ProjectPresenter
from counter_app.ui.counter.shown import CourseShown
from counter_app.ui.counter.telling_presenter import TellingPresenter
from counter_app.use_cases.intake.views import CaseView


class AroundPresenters:
    """`view` gives the case in hand, `refresh` shows it anew; a case and a sheet are opened by the window."""

    def __init__(
        self,
        desk: Desk,
        view: Callable[[], CaseView | None],
        refresh: Callable[[], None],
        open_case: Callable[[str], None],
        open_sheet: Callable[[str], None],
        show_course: Callable[[CourseShown], None],
    ) -> None:
        self._view = view
        self.project = ProjectPresenter(desk, view, open_case)
        self.contact = ContactPresenter(desk, view, refresh)
        self.delivery = DeliveryPresenter(desk, view, refresh)
        self.fees = FeesPresenter(desk, view, open_case)
        self.drawer = DrawerPresenter(desk)
        self.posts = PostsPresenter(desk)
        self.archive = ArchivePresenter(desk, view, refresh, open_case, open_sheet)
        self.course = CoursePresenter(desk, view, refresh, show_course)
        self.needed = NeededPresenter(desk, view, refresh, open_case)
        self.arriving = ArrivingPresenter(desk, view, open_case, open_sheet)
        self.advice = AdvicePresenter(desk, view)
        self.blanks = BlanksPresenter(desk, view)
        self.cards = CardsPresenter(desk, view)
        self.telling = TellingPresenter(desk, view, open_case, open_sheet)

    def takes_card(self, *, asking: bool) -> bool:
        """Whether a card laid now belongs to the collecting of a result: nobody joins a case that has ended.

        It begins the hand-over, unless something is asked already (who collects, with which document).
        """
        view = self._view()
        if view is None or view.stage not in ENDED:
            return False
        if not asking and view.stage == "granted":
            self.delivery.page()
        return True

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """By the names that `commands.py` gives them."""
        return {
            "contact": self.contact.page,
            "project": self.project.page,
            "result": self.delivery.page,
            "to_tell": self.telling.list,
            "supplied": self.telling.supplied_here,
            "posts": self.posts.page,
            "cards": self.cards.page,
            "archive": self.archive.page,
            "applications": self.arriving.applications,
            "oral": self.arriving.oral,
            "consult": self.advice.consult,
            "earlier_advice": self.advice.earlier,
            "agents": self.arriving.agents,
            "export_case": self.arriving.export,
            "blanks": self.blanks.page,
            "fees": self.fees.page,
            "settle_cashier": self.fees.day,
            **self.drawer.commands,
            **self.course.commands,
            **self.needed.commands,
        }
