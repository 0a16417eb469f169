"""Papers signed on a pad: bound to what the paper said, once a role, and whether that still fits (M3, P12).

Not here: the pad, and where a signature stands on paper (`domain/paper/builders/signed.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import FACTS, PAPERS
from counter_app.domain.paper.signed import ROLES, SIGNATURES, STROKES, WITNESS, PaperSigned, Signature
from counter_app.domain.paper.strokes import SignedMark, Strokes, checked, strokes_bytes, strokes_of
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.ports.store import Reader, Store, Transaction

Fit = Literal["fits", "altered", "erased"]
LONGEST_REASON: Final = 200
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureInput:
    """With `thumb` the strokes are `witness`'s; `reason` says why a role signs again."""

    role: str
    strokes: Strokes
    thumb: bool = False
    witness: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature for people: `fit` tells whether the paper still says what was signed."""

    id: str
    role: str
    thumb: bool
    witness: str
    at: datetime
    staff: str
    counter: str
    reason: str
    stands: bool
    digest: str
    fit: Fit
    drawn: bool


class Signing:
    """Commands and questions about signatures."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sign(self, actor: Actor, key: str, case: str, paper: str, given: SignatureInput) -> str:
        """Take a signature; gives its id. UserFacingError `signature.*`, `paper.*`, `case.unknown`."""
        strokes = checked(given.strokes)
        reason = checked_text(given.reason, LONGEST_REASON)
        witness = checked_text(given.witness, LONGEST_NAME)
        _need_signer(given.role, given.thumb, witness)

        def work(tx: Transaction) -> None:
            found = tx.need(CASES, case)
            need_open_file(tx, case)
            if tx.need(PAPERS, paper).case != case:
                raise UserFacingError(
                    "signature.other-case",
                    "This paper belongs to another case.",
                    kept="Nothing was signed.",
                    remedy="Choose a paper of the case in hand.",
                )
            _need_once(tx, paper, given.role, reason)
            tx.record(
                PaperSigned(
                    case=case,
                    paper=paper,
                    digest=_need_digest(tx, paper),
                    role=given.role,
                    party=_party(found, given.role),
                    thumb=given.thumb,
                    reason=reason,
                ),
                private={STROKES: strokes_bytes(strokes)} | ({WITNESS: witness.encode()} if witness else {}),
            )

        self._store.act(actor, key, work)
        with self._store.reading() as reader:
            return next(one.id for one in reversed(_signed(reader, paper)) if one.role == given.role)

    def of_paper(self, paper: str) -> tuple[SignatureRow, ...]:
        """All signatures of a paper, oldest first."""
        with self._store.reading() as reader:
            digest = digest_of(reader, paper)
            return tuple(_row(reader, one, digest) for one in _signed(reader, paper))


def marks_on(reader: Reader, paper: str) -> tuple[SignedMark, ...]:
    """The standing signatures as the paper shows them."""
    marks = []
    for one in _signed(reader, paper):
        if one.stands:
            strokes, witness = _private(reader, one)
            marks.append(
                SignedMark(role=one.role, at=one.at, thumb=one.thumb, witness=witness, strokes=strokes)
            )
    return tuple(marks)


def digest_of(reader: Reader, paper: str) -> str:
    """SHA-256 of what the paper says; "" when it is no longer kept here."""
    event = reader.event(paper)
    packed = event.private.get(FACTS) if event else None
    return "" if packed is None else sha256(packed).hexdigest()


def _need_digest(tx: Transaction, paper: str) -> str:
    digest = digest_of(tx, paper)
    if not digest:
        raise UserFacingError(
            "paper.erased",
            "What this paper said is no longer kept here.",
            remedy="Ask the hall that issued it.",
        )
    return digest


def _need_signer(role: str, thumb: bool, witness: str) -> None:
    if role not in ROLES:
        raise UserFacingError(
            "signature.role",
            "Nobody signs as “{role}”.",
            remedy="Choose applicant, agent, collector or witness.",
            role=role,
        )
    if thumb and (not witness or role == "witness"):
        raise UserFacingError(
            "signature.witness-needed",
            "A thumb-print needs a witness, who signs.",
            kept="Nothing was signed.",
            remedy="Enter the name of the witness.",
        )


def _need_once(tx: Transaction, paper: str, role: str, reason: str) -> None:
    if not reason and any(one.role == role and one.stands for one in _signed(tx, paper)):
        raise UserFacingError(
            "signature.twice",
            "This paper is signed already in this role.",
            kept="The signature stands.",
            remedy="To sign again, say why.",
        )


def _party(case: Case, role: str) -> str:
    """Who signs, where the case knows one in this role: with that person's data the strokes go."""
    here = {
        "applicant": case.applicant,
        "agent": case.with_role("agent"),
        "collector": case.with_role("collector"),
    }
    person = here.get(role)
    return person.party if person is not None else ""


def _signed(reader: Reader, paper: str) -> tuple[Signature, ...]:
    """By its history: a paper is signed once or twice, and no list asks for signatures."""
    state = SIGNATURES.replay(reader.history(SIGNATURES.subject(paper)))
    return state.signatures if state is not None else ()


def _private(reader: Reader, one: Signature) -> tuple[Strokes | None, str]:
    event = reader.event(one.id)
    parts = event.private if event else {}
    drawn = parts.get(STROKES)
    return (strokes_of(drawn) if drawn is not None else None), parts.get(WITNESS, b"").decode()


def _row(reader: Reader, one: Signature, digest: str) -> SignatureRow:
    strokes, witness = _private(reader, one)
    fit: Fit = "erased" if not digest else "fits" if digest == one.digest else "altered"
    return SignatureRow(
        id=one.id,
        role=one.role,
        thumb=one.thumb,
        witness=witness,
        at=one.at,
        staff=one.staff,
        counter=one.counter,
        reason=one.reason,
        stands=one.stands,
        digest=one.digest,
        fit=fit,
        drawn=strokes is not None,
    )
