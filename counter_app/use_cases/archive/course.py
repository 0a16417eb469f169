"""The course of a case for its file: formal acts, opinions, answers of departments, in order (C14).

Not here: what else was done behind the counter (`handling_course.py`), the acts as events with their
hashes (`packaging.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.state import Assist, Opinion
from counter_app.domain.intake.case import Act
from counter_app.domain.paper.facts_archive import ArchiveAct
from counter_app.use_cases.archive.handling_course import LONGEST, handling_acts, staff_name
from counter_app.use_cases.intake.look import Look
from counter_app.use_cases.ports.store import Reader


def course_of(reader: Reader, seen: Look) -> tuple[ArchiveAct, ...]:
    """What was done on the case, by whom, in which words."""
    return tuple(sorted(_acts(reader, seen), key=lambda act: act.at))


def _acts(reader: Reader, seen: Look) -> Iterator[ArchiveAct]:
    """Opinions stand before the act they came to."""
    handling = reader.get(HANDLINGS, seen.case.id)
    for assist in handling.assists if handling else ():
        if assist.answer is not None and assist.answered_at is not None:
            yield _answer(assist, seen)
    for opinion in handling.opinions if handling else ():
        yield _opinion(opinion, seen)
    yield from handling_acts(reader, seen)
    for act in seen.case.acts:
        yield _formal(act, seen)


def _formal(act: Act, seen: Look) -> ArchiveAct:
    words = "；".join(part for part in (act.reason, act.article, act.body) if part)
    return ArchiveAct(at=act.at, kind=act.kind, who=staff_name(seen, act.staff), words=words[:LONGEST])


def _opinion(opinion: Opinion, seen: Look) -> ArchiveAct:
    words = f"{opinion.text}（《{opinion.law}》{opinion.article}）"
    return ArchiveAct(
        at=opinion.at,
        kind=f"opinion/{opinion.level}/{opinion.view}",
        who=staff_name(seen, opinion.staff),
        words=words[:LONGEST],
    )


def _answer(assist: Assist, seen: Look) -> ArchiveAct:
    assert assist.answered_at is not None
    body = seen.catalogue.body(assist.department)
    basis = f"（《{assist.law}》{assist.article}）" if assist.law else ""
    return ArchiveAct(
        at=assist.answered_at,
        kind=f"assist/{assist.answer}",
        who=body.name if body else assist.department,
        words=f"{assist.reason}{basis}"[:LONGEST],
    )
