"""Signatures at their place on a paper; beneath the other places or at its end where it has none (P12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from counter_app.domain.paper.model import Block, Paper, SignatureLine
from counter_app.domain.paper.strokes import SignedMark, Strokes
from counter_app.errors import mark
from counter_app.i18n import Translator

_APPLICANT: Final = (
    mark("Applicant's signature"),
    mark("Applicant or agent (signature)"),
    mark("Applicant (signature)"),
    mark("Received by (signature)"),
    mark("Provided by (signature)"),
)
_WITNESS: Final = mark("Witness (signature)")
# The labels of a role's place, the likeliest first.
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "applicant": _APPLICANT,
    "agent": (mark("Agent (signature)"), *_APPLICANT),
    "collector": (mark("Received by (signature)"), *_APPLICANT),
    "witness": (_WITNESS,),
}


def with_signatures(paper: Paper, marks: Sequence[SignedMark], t: Translator) -> Paper:
    """The paper as signed; the same one without marks."""
    blocks = list(paper.blocks)
    for signed in marks:
        when = f"{signed.at:%Y-%m-%d %H:%M}"
        if signed.thumb:
            words = t("Thumb-print before {witness}, {time}", witness=signed.witness or "–", time=when)
            _put(blocks, signed.role, words, None, t)
            _put(blocks, "witness", t("Signed on screen {time}", time=when), signed.strokes, t)
        else:
            _put(blocks, signed.role, t("Signed on screen {time}", time=when), signed.strokes, t)
    return replace(paper, blocks=tuple(blocks)) if marks else paper


def _put(blocks: list[Block], role: str, words: str, strokes: Strokes | None, t: Translator) -> None:
    labels = tuple(t(source) for source in PLACES.get(role, ()))
    for label in labels:
        for at, block in enumerate(blocks):
            if isinstance(block, SignatureLine) and block.label == label and not block.signed:
                blocks[at] = replace(block, signed=words, strokes=strokes)
                return
    label = labels[0] if labels else t("Signed by")
    places = [at for at, block in enumerate(blocks) if isinstance(block, SignatureLine)]
    at = places[-1] + 1 if places else len(blocks)
    blocks.insert(at, SignatureLine(label, signed=words, strokes=strokes))
