"""Names of jobs in a queue that other machines may share: whose it is, then which job.

`counter-app-c1-1f0a2b3c.318`: the owner has no dot, so no owner's name is the beginning of another's.
"""

from __future__ import annotations

from typing import Final

_PROGRAM: Final = "counter-app"


def owner_name(own: str) -> str:
    """How the names of all jobs of `own` begin."""
    return f"{_PROGRAM}-{own.replace('.', '-')}"


def job_name(owner: str, job: object, order: str = "") -> str:
    """`order` tells jobs of the same thing apart."""
    return ".".join((owner, str(job), *((order,) if order else ())))


def belongs(name: object, wanted: str) -> bool:
    """Whether a job of this name is the one wanted, or one of the owner wanted."""
    return isinstance(name, str) and (name == wanted or name.startswith(f"{wanted}."))
