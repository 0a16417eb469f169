"""An application that came by web, telephone, post or was spoken, as facts and as it stands (mission: I12).

Its id is its source and the number it has there, so the same one is taken once, however often and at whatever
machine it comes in. What it said is the private part `content`. Not here: its form (`form.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

Source = Literal["web", "phone", "post", "department", "oral"]
SOURCES: Final[tuple[Source, ...]] = get_args(Source)
# GB/T 39046 办理形式: 1 窗口 2 电脑 3 移动 4 快递 9 其他
CHANNELS: Final[dict[Source, int]] = {"web": 2, "phone": 9, "post": 4, "department": 9, "oral": 1}
CONTENT: Final = "content"


def application_id(source: str, external: str) -> str:
    """One id for one application, wherever it is taken in."""
    return f"{source}/{external}"


class ApplicationFact(Fact):
    application: str
    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"application:{self.application}", f"case:{self.case}")


class ApplicationReceived(ApplicationFact):
    """It opened `case`. `digest` is SHA-256 of what came, `sent_at` when it was sent, as it says itself."""

    source: str
    external: str
    item: str
    digest: str = ""
    sent_at: str = ""


class ApplicationReadBack(ApplicationFact):
    """What was spoken was read back and signed, before `witness` where one was needed."""

    witness: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """`id` is source and external number. `read_back_at` belongs to one that was spoken."""

    id: str
    case: str
    source: str
    external: str
    item: str
    digest: str
    at: datetime
    staff: str
    read_back_at: datetime | None = None


def fold_application(application: Application | None, event: Recorded) -> Application | None:
    fact = event.fact
    if isinstance(fact, ApplicationReceived) and application is None:
        return Application(
            fact.application,
            fact.case,
            fact.source,
            fact.external,
            fact.item,
            fact.digest,
            event.at,
            event.actor.staff,
        )
    if isinstance(fact, ApplicationReadBack) and application is not None:
        return replace(application, read_back_at=application.read_back_at or event.at)
    return application


APPLICATIONS: Final = Stream("application", Application, fold_application)
