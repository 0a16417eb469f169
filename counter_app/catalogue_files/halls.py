"""A hall's file (`hall.toml`) → `HallPlan`, and back."""

from __future__ import annotations

from pathlib import Path

from counter_app.catalogue_files.documents import UnreadableFile, read_tree
from counter_app.catalogue_files.files import built, unreadable
from counter_app.domain.hall.checks import check_hall
from counter_app.domain.hall.plan import HallPlan


class TomlHall:
    """Answers the port `HallFiles`."""

    def load_hall(self, path: Path) -> HallPlan:
        """The plan in `path`. Raises `UserFacingError` `hall.unreadable` naming file and field."""
        try:
            plan = built(path, read_tree(path), HallPlan)
            for problem in check_hall(plan):
                raise UnreadableFile(problem.at(path.name))
            return plan
        except UnreadableFile as error:
            raise unreadable(error, "hall.unreadable") from error
