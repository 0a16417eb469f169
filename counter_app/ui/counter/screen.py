"""The window as presenters see it: asking, telling, and where the keys are. Thin, over `panels.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from counter_app.domain.paper.strokes import Strokes
from counter_app.ui.counter.citizen_rating import CitizenRating
from counter_app.ui.counter.citizen_screen import CitizenScreen
from counter_app.ui.counter.citizen_shown import CitizenShown, RatingShown
from counter_app.ui.counter.citizen_window import second_display
from counter_app.ui.counter.deps import RatedOn
from counter_app.ui.counter.panels import Panels
from counter_app.ui.counter.pictures_shown import PicturesShown
from counter_app.ui.counter.shown import Part, WorkShown
from counter_app.ui.workspace_screen import WorkspaceScreen


class CounterScreen(WorkspaceScreen):
    """`Screen` and `WorkScreen` of the presenters."""

    def __init__(self, panels: Panels, rated_on: RatedOn = "display") -> None:
        super().__init__(panels)
        self._panels = panels
        self._rated_on = rated_on
        self.citizen: CitizenScreen | None = None
        self.rating: CitizenRating | None = None

    @property
    def _covered(self) -> bool:
        """The page of the peripherals keeps the keys as well."""
        return super()._covered or self._panels.peripherals.take_keys()

    def _focus_work(self) -> None:
        """The work, or the viewer that stands beside it."""
        if self._panels.pictures.isVisible():
            self._panels.pictures.setFocus()
        else:
            self._panels.work.focus_part()

    def show_pictures(self, shown: PicturesShown) -> None:
        self._panels.pictures.show_pictures(shown)

    def hide_pictures(self) -> None:
        self._panels.pictures.hide()

    def show_citizen(self, shown: CitizenShown, confirmed: Callable[[Strokes], None]) -> None:
        """A window of its own for each signature: what the last citizen saw is gone with it."""
        self.hide_citizen()
        self.citizen = CitizenScreen(self._panels.look, shown, confirmed, self._panels)
        self.citizen.appear()

    def hide_citizen(self) -> None:
        citizen, self.citizen = self.citizen, None
        if citizen is not None:
            citizen.hide()
            citizen.deleteLater()

    @property
    def asks_citizen(self) -> bool:
        """Whether the citizen has a screen to rate on, as this counter is set up."""
        if self._rated_on == "display":
            return second_display(self._panels) is not None
        return self._rated_on == "beside"

    def show_rating(self, shown: RatingShown, chosen: Callable[[str], None]) -> None:
        """The first page opens the window, each further one takes the place of the last."""
        if self.rating is None:
            self.rating = CitizenRating(self._panels.look, shown.question, self._panels)
            self.rating.show_page(shown, chosen)
            self.rating.appear()
        else:
            self.rating.show_page(shown, chosen)

    def hide_rating(self) -> None:
        rating, self.rating = self.rating, None
        if rating is not None:
            rating.hide()
            rating.deleteLater()

    def show_work(self, work: WorkShown) -> None:
        self._panels.work.show_work(work)

    def open_part(self, part: Part) -> None:
        self._panels.work.open_part(part)

    def choose_material(self, material: str) -> None:
        self._panels.work.checklist.choose(material)

    def begin_form(self, document: str, values: Mapping[str, str]) -> None:
        self._panels.work.form.begin(document, values)

    def close_form(self) -> None:
        self._panels.work.form.hide()

    def mend_form(self, field: str) -> None:
        self._panels.work.form.focus_on(field)

    def show_photo(self, person: str, picture: bytes) -> None:
        self._panels.work.persons.show_photo(person, picture)
