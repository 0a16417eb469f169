"""The case in words: what the middle shows of a `CaseView`. Pure; the catalogue's texts stand as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.identity.document import SEX_NAMES, Sex
from counter_app.domain.intake.case import OPEN_STAGES, MarkKind
from counter_app.domain.intake.verdict import WAITS_FOR, DecisionKind, Sentence
from counter_app.domain.intake.words import DELIVERY_WORDS, MARK_WORDS, OUTCOME_WORDS, ROLE_WORDS
from counter_app.domain.time.limits import Limit, Unit
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.counter.shown import (
    CheckShown,
    HeadShown,
    OptionShown,
    PersonShown,
    QuestionShown,
    Tone,
    VerdictShown,
    WorkShown,
)
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.intake.views import CaseView, ItemView, LineView, PersonView, QuestionView

__all__ = ["OUTCOME_WORDS", "ROLE_WORDS", "limit_words", "sentence", "work_shown"]

_MARK_STATES: Final[Mapping[MarkKind, State]] = {
    "present": State.DONE,
    "to_correct": State.CORRECT,
    "missing": State.FAULT,
    "lacking": State.LACKING,
}
_HANDLING: Final = {
    "confirm": mark("checked, handed back"),
    "use": mark("kept"),
    "produce": mark("made here"),
}
_UNITS: Final[Mapping[Unit, str]] = {
    "on_the_spot": mark("on the spot"),
    "hours": mark("{count} hours"),
    "working_days": mark("{count} working days"),
    "natural_days": mark("{count} days"),
    "months": mark("{count} months"),
    "years": mark("{count} years"),
}
_KINDS: Final = {1: mark("on the spot"), 2: mark("with a promise")}
_TONES: Final[Mapping[DecisionKind, tuple[Tone, State]]] = {
    "accept": ("good", State.DONE),
    "grant": ("good", State.DONE),
    "receive": ("good", State.DONE),
    "notify": ("bad", State.FAULT),
    "refuse": ("bad", State.FAULT),
    "no_permit": ("warn", State.CORRECT),
    "withdraw": ("hold", State.STOPPED),
    "deny": ("bad", State.FAULT),
    "terminate": ("hold", State.STOPPED),
    "lapse": ("hold", State.STOPPED),
    "merge": ("hold", State.STOPPED),
}


def work_shown(case: CaseView | None, t: Translator, hint: str, in_hand: str = "") -> WorkShown:
    """The whole middle; `in_hand` is the material whose detail is shown, `hint` stands where no case is."""
    if case is None:
        return WorkShown(hint=hint)
    return WorkShown(
        case=case.case,
        applicant=_applicant_head(case, t),
        persons=tuple(_person(person, t, _reached(case, person, t)) for person in case.persons),
        item=_item_head(case, t),
        warnings=_warnings(case, t),
        questions=tuple(_question(view) for view in case.questions),
        materials=_materials_head(case, t),
        checks=tuple(_check(line, t, in_hand) for line in case.lines),
        verdict=_verdict(case, t),
    )


def sentence(said: Sentence, t: Translator) -> str:
    return t(said.source, **said.places)


def _applicant_head(case: CaseView, t: Translator) -> HeadShown:
    person = next((one for one in case.persons if one.role in ("applicant", "organisation")), None)
    if person is None:
        return HeadShown(State.READY, t("Lay on a card, or type with Ctrl+T"))
    others = tuple(t(ROLE_WORDS[one.role]) for one in case.persons if one is not person)
    chips = (_match_words(person, t), *others)
    parts = (person.name, *_particulars(person, t), person.number)
    state = State.DONE if person.same and not person.expired else State.CORRECT
    return HeadShown(state, "　".join(part for part in parts if part), _source(person, t), chips)


def _particulars(person: PersonView, t: Translator) -> tuple[str, ...]:
    found = [t(SEX_NAMES[Sex(person.sex)]) if person.sex in ("1", "2") else "", person.nation]
    found.append(t("born {year}", year=person.birth_year) if person.birth_year else "")
    return tuple(part for part in found if part)


def _source(person: PersonView, t: Translator) -> str:
    source = t("typed by hand") if person.typed else t("document read")
    if person.expired:
        return t("{source} · expired {day}", source=source, day=person.valid_to)
    if person.long_term:
        return t("{source} · long term", source=source)
    return t("{source} · valid to {day}", source=source, day=person.valid_to) if person.valid_to else source


def _match_words(person: PersonView, t: Translator) -> str:
    if person.same is None:
        return t("face not compared yet")
    return t("face matches") if person.same else t("does not match")


def _reached(case: CaseView, person: PersonView, t: Translator) -> str:
    """Beside who applies: his telephone and how he wants the result, as kept in the case."""
    if person.role not in ("applicant", "organisation"):
        return ""
    kept = dict(case.fields)
    wish = kept.get("delivery", "")
    known = next((words for way, words in DELIVERY_WORDS.items() if way == wish), "")
    return "　".join(part for part in (kept.get("phone", ""), t(known) if known else wish) if part)


def _person(person: PersonView, t: Translator, reached: str) -> PersonShown:
    detail = "　".join(part for part in (*_particulars(person, t), person.address, reached) if part)
    if person.mandate:
        until = person.mandate_until.isoformat() if person.mandate_until else t("no end")
        detail += "　" + t("mandate: {scope}, until {until}", scope=person.mandate, until=until)
    states = {None: State.CORRECT, True: State.DONE, False: State.FAULT}
    return PersonShown(
        id=person.party,
        role=t(ROLE_WORDS[person.role]),
        name=person.name,
        detail=detail,
        number=person.number,
        source=_source(person, t),
        state=states[person.same],
        match_words=_match_words(person, t),
    )


def _item_head(case: CaseView, t: Translator) -> HeadShown:
    item = case.item
    if item is None:
        return HeadShown(State.IDLE, t("Type an item in the box (Ctrl+K)"))
    chips = tuple(view.reads for view in case.questions if view.reads)
    answered = all(view.answer is not None for view in case.questions)
    state = State.DONE if answered and case.licensed and not case.stops else State.READY
    if case.stops or not case.licensed:
        state = State.FAULT
    return HeadShown(state, item.name, _terms(item, t), chips)


def _terms(item: ItemView, t: Translator) -> str:
    kind = t(_KINDS[item.kind]) if item.kind in _KINDS else ""
    limit = item.promised_limit or item.legal_limit
    fee = t("free of charge") if not item.fee_fen else t("fee {yuan} yuan", yuan=f"{item.fee_fen / 100:.2f}")
    said = dict.fromkeys((kind, limit_words(limit, t), fee))  # 当场 is kind and limit
    return " · ".join(part for part in said if part)


def limit_words(limit: Limit | None, t: Translator) -> str:
    if limit is None:
        return ""
    return t(_UNITS[limit.unit]) if limit.unit == "on_the_spot" else t(_UNITS[limit.unit], count=limit.amount)


def _warnings(case: CaseView, t: Translator) -> tuple[str, ...]:
    found = [sentence(said, t) for said in case.warnings]
    if not case.licensed:
        counters = "、".join(str(number) for number in case.counters)
        found.append(t("This counter is not licensed for it: counter {counters} is (F5).", counters=counters))
    return (*found, *case.remarks)


def _question(view: QuestionView) -> QuestionShown:
    question = view.question
    given: Answer = view.answer if view.answer is not None else ""
    chosen = (given,) if isinstance(given, str) else given
    options = tuple(
        OptionShown(str(at), option.code, option.text, option.code in chosen)
        for at, option in enumerate(question.options, 1)
    )
    answer = given if question.kind == "date" and isinstance(given, str) else view.reads
    return QuestionShown(question.code, question.text, question.kind, options, answer)


def _materials_head(case: CaseView, t: Translator) -> HeadShown:
    counts = case.verdict.counts
    if not case.lines:
        return HeadShown(State.IDLE, t("follow from the item") if case.item is None else t("none asked"))
    checked = counts.lines - counts.unmarked
    words = t("{lines} materials, {checked} checked", lines=counts.lines, checked=checked)
    if case.undecided:
        words = t("{words}, {count} depend on open answers", words=words, count=len(case.undecided))
    state = State.READY
    if not counts.unmarked:
        state = State.FAULT if counts.short else State.DONE
    return HeadShown(state, words)


def _because(line: LineView, t: Translator) -> str:
    """Why it is asked for, and how many pages of it were taken in."""
    reasons = t("because: {reasons}", reasons="、".join(line.because)) if line.because else ""
    pictures = t("{count} pictures", count=line.pictures) if line.pictures else ""
    return " · ".join(part for part in (pictures, reasons) if part)


def _check(line: LineView, t: Translator, in_hand: str) -> CheckShown:
    told = (
        line.detail,
        t("blank form kept here") if line.form else "",
        t("may follow later: R") if line.lack_allowed and line.markable else "",
    )
    detail = " · ".join(filter(None, told)) if line.material == in_hand else ""
    return CheckShown(
        code=line.material,
        name=line.name,
        because=_because(line, t),
        originals=str(line.originals or "–"),
        copies=str(line.copies or "–"),
        handling=t(_HANDLING[line.handling]),
        state=_MARK_STATES[line.mark] if line.mark else None,
        mark_words=t(MARK_WORDS[line.mark]) if line.mark else "",
        reason=line.reason,
        detail=detail,
        open=line.markable,
    )


def _of_results(case: CaseView, t: Translator) -> list[str]:
    """The keys for what the situation needs of other items first (mission: C2)."""
    if case.stage not in ("draft", "held"):
        return []
    if any(one.source == WAITS_FOR for one in case.verdict.sentences):
        return [t("Ctrl+M, L, P: to its department for a first look meanwhile.")]
    if not case.prerequisites or case.verdict.suggested in ("accept", "grant"):
        return []
    names = "、".join(text for _, text, _ in case.prerequisites)
    return [t("Needed first: {names}. Ctrl+M, L, O opens all cases at once.", names=names)]


def _of_the_end(case: CaseView, t: Translator) -> list[str]:
    """The keys for what comes after the decision (mission: P6, D3)."""
    if case.stage == "granted":
        return [t("Ctrl+M, J, R: hand the result over. Ctrl+M, J, A: file the case.")]
    if case.stage == "denied":
        return [t("Ctrl+M, J, R: serve the decision. Ctrl+M, J, A: file the case.")]
    return []


def _verdict(case: CaseView, t: Translator) -> VerdictShown:
    verdict = case.verdict
    # what is to be decided comes first, where it belongs after it
    told = sorted(verdict.sentences, key=lambda one: one.source == case.competence.reason)
    said = [sentence(one, t) for one in told]
    if case.stage in OPEN_STAGES and case.competence.found != "ours":
        said.append(t("Ctrl+M, O: enter the place, or what was found out."))
    said += (*_of_results(case, t), *_of_the_end(case, t))
    tone, state = _TONES[verdict.suggested] if verdict.suggested else ("", State.IDLE)
    if case.stage not in OPEN_STAGES:
        state = State.DONE
    return VerdictShown(
        state=state,
        tone=tone,
        title=said[0] if said else "",
        detail=" ".join(said[1:]),
        words=t(OUTCOME_WORDS[verdict.suggested]) if verdict.suggested else "",
        hold_words=t("Keep until today") if verdict.may_hold else "",
        others=len(verdict.allowed),
    )
