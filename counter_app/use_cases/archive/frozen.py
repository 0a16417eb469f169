"""A closed file is frozen: nothing is added to it until it is opened by right (mission: C14).

Every paper of a case passes here when it is issued (`papers/issuing.py`), and every command that adds a fact
without a paper. Prints of what is in the file, its copies and word of where the case stands go on.
"""

from __future__ import annotations

from counter_app.domain.archive.archive import FILES
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Reader


def need_open_file(reader: Reader, case: str) -> None:
    """UserFacingError `archive.closed`."""
    file = reader.get(FILES, case)
    if file is not None and file.closed:
        raise UserFacingError(
            "archive.closed",
            "The file of this case is closed under {number}: nothing is added to it.",
            kept="Nothing was changed.",
            remedy="Who has the right may open it again, with a reason.",
            number=file.number,
        )
