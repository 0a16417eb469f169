"""What a clerk should be told about a record that came off a card: remarks, never refusals.

The card is what it is; a remark makes one look at it again. Expiry is not here because it depends on
the day (`IdentityDocument.is_expired`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from counter_app.domain.identity.document import DocumentType, IdentityDocument, Remark, Sex
from counter_app.domain.identity.numbers import NumberFacts, NumberKind, read_number
from counter_app.errors import mark

_KINDS = {
    DocumentType.RESIDENT: NumberKind.RESIDENT,
    DocumentType.HMT_PERMIT: NumberKind.HMT_PERMIT,
    DocumentType.FOREIGNER_2017: NumberKind.FOREIGNER_2017,
    DocumentType.FOREIGNER_2023: NumberKind.FOREIGNER_2023,
}


def remarks_on(document: IdentityDocument) -> tuple[Remark, ...]:
    """All remarks on number, nation and text of a record."""
    facts = read_number(document.number)
    return (*_on_number(document, facts), *_on_nation(document), *_on_text(document))


def has_doubtful_number(document: IdentityDocument) -> bool:
    """True when the number fails its own rules or disagrees with the card: read it once more."""
    codes = {remark.code for remark in document.warnings}
    return any(code.startswith("number.") and code != "number.check-2017" for code in codes)


def _on_number(document: IdentityDocument, facts: NumberFacts) -> Iterator[Remark]:
    yield from facts.errors
    yield from facts.warnings
    if facts.errors:
        return
    if facts.kind is not _KINDS[document.kind]:
        yield Remark("number.other-kind", mark("The number belongs to another kind of document."))
    if facts.birth is not None and document.birth is not None and facts.birth != document.birth:
        yield Remark("number.other-birth", mark("Birth date and number disagree."))
    told = document.sex in {Sex.MALE, Sex.FEMALE}
    if facts.sex is not None and told and facts.sex is not document.sex:
        yield Remark("number.other-sex", mark("Sex and number disagree."))


def _on_nation(document: IdentityDocument) -> Iterator[Remark]:
    code = document.nation.code
    if code and not document.nation.is_known:
        yield Remark("card.nation", mark("Unknown code for the nation: {text}"), (("text", code),))


def _on_text(document: IdentityDocument) -> Iterator[Remark]:
    if not document.name:
        yield Remark("card.name-blank", mark("The card gives no name."))
    for text in (document.name, document.name_latin, document.address, document.authority):
        if any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn"} for c in text):
            yield Remark(
                "card.strange-characters",
                mark("The card holds characters that may not show: {text}"),
                (("text", ascii(text)),),
            )
