"""The case in hand as a file in the open form, for a department's own system (mission: I11). No Qt.

It holds the whole identity of everybody in the case: who wrote it out is on record (mission: X4).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.access.persons import Persons
from counter_app.use_cases.arriving.applying import Applying

Files = tuple[tuple[str, bytes], ...]
Export = Callable[[str, Files], Path]


def no_export(name: str, files: Files) -> Path:
    """Where nothing is written out. UserFacingError `export.none`."""
    raise UserFacingError(
        "export.none", "This window writes no files.", remedy="Use the command that writes the case out."
    )


def write_out(
    here: Workplace,
    case: str,
    number: str,
    parties: tuple[str, ...],
    tools: tuple[Applying, Persons, Export],
) -> None:
    """Into a new folder of the home, after the look at each person is recorded."""
    applying, persons, export = tools
    t = here.t

    def work(actor: Actor, key: str) -> Path:
        for place, party in enumerate(parties):
            persons.open_person(actor, f"{key}.{place}", party, t("Written out in the open form"))
        return export(number or case, (applying.file_of(case),))

    here.act(
        "export_case",
        work,
        lambda folder: here.tell(t("Written to {folder}", folder=str(folder)), level="good"),
        right="person.read",
    )
