"""Answers change the checklist at once, and it says why (mission: I3, I4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_app.domain.catalogue.checklist import Checklist, checklist
from counter_app.domain.catalogue.effects import CopiesChange, Effect, Prerequisite, Stop
from counter_app.domain.catalogue.questions import (
    AllOf,
    AnyOf,
    Days,
    Is,
    Not,
    OlderThan,
    Option,
    SituationQuestion,
)
from counter_app.domain.time.limits import Limit
from tests.unit.domain.catalogue.making import ASK_CHILDREN, ASK_MARRIED, an_item, material, yes_no


def codes(result: Checklist) -> list[str]:
    return [line.material.code for line in result.lines]


def test_without_questions_everything_is_asked_in_the_order_of_the_file() -> None:
    item = an_item(materials=(material("b"), material("a")))
    result = checklist(item, {})
    assert codes(result) == ["b", "a"]
    assert result.complete
    assert [line.because for line in result.lines] == [(), ()]


def test_a_material_appears_with_its_reason_when_the_answer_comes() -> None:
    item = an_item(
        questions=(ASK_MARRIED,), materials=(material("id"), material("cert", when=Is("married", "yes")))
    )
    before = checklist(item, {})
    assert codes(before) == ["id"]
    assert [undecided.code for undecided in before.undecided] == ["cert"]
    assert before.open_questions == (ASK_MARRIED,)

    after = checklist(item, {"married": "yes"})
    assert codes(after) == ["id", "cert"]
    assert after.lines[1].because == ("已婚",)
    assert after.complete
    assert after.undecided == ()

    single = checklist(item, {"married": "no"})
    assert codes(single) == ["id"]
    assert single.undecided == ()


def test_an_answer_to_a_question_no_longer_asked_counts_no_more() -> None:
    unlawful = yes_no("unlawful", "违法生育", "未违法生育", asked_if=Is("children", "yes"))
    item = an_item(
        questions=(ASK_CHILDREN, unlawful), materials=(material("penalty", when=Is("unlawful", "yes")),)
    )
    assert codes(checklist(item, {"children": "yes", "unlawful": "yes"})) == ["penalty"]
    corrected = checklist(item, {"children": "no", "unlawful": "yes"})
    assert codes(corrected) == []
    assert [question.code for question in corrected.asked] == ["children"]
    assert corrected.complete


def test_a_question_below_an_open_one_is_not_yet_asked_and_leaves_its_material_undecided() -> None:
    unlawful = yes_no("unlawful", "违法生育", "未违法生育", asked_if=Is("children", "yes"))
    item = an_item(
        questions=(ASK_CHILDREN, unlawful), materials=(material("penalty", when=Is("unlawful", "yes")),)
    )
    for left_over in ({}, {"unlawful": "yes"}, {"unlawful": "no"}):
        result = checklist(item, left_over)
        assert [question.code for question in result.open_questions] == ["children"]
        assert [undecided.code for undecided in result.undecided] == ["penalty"]
        assert result.lines == ()


def test_answers_a_question_cannot_have_count_as_not_given() -> None:
    item = an_item(questions=(ASK_MARRIED,), materials=(material("cert", when=Is("married", "yes")),))
    for nonsense in ("maybe", "", ("yes",)):
        assert checklist(item, {"married": nonsense, "no-such": "yes"}).open_questions == (ASK_MARRIED,)


def test_a_multiple_choice_adds_a_material_for_each_option_chosen() -> None:
    special = SituationQuestion(
        code="special",
        text="?",
        kind="multiple_choice",
        options=(Option(code="a", text="甲", reads="甲"), Option(code="b", text="乙", reads="乙")),
    )
    item = an_item(
        questions=(special,),
        materials=(material("for_a", when=Is("special", "a")), material("for_b", when=Is("special", "b"))),
    )
    assert codes(checklist(item, {"special": ()})) == []
    assert codes(checklist(item, {"special": ("b",)})) == ["for_b"]
    assert codes(checklist(item, {"special": ("b", "a")})) == ["for_a", "for_b"]
    assert checklist(item, {"special": "a"}).open_questions == (special,)


def test_reasons_are_those_that_really_hold() -> None:
    either = AnyOf((Is("married", "yes"), Is("children", "yes")))
    both = AllOf((Is("married", "yes"), Is("children", "yes")))
    item = an_item(
        questions=(ASK_MARRIED, ASK_CHILDREN),
        materials=(material("e", when=either), material("b", when=both)),
    )
    result = checklist(item, {"married": "no", "children": "yes"})
    assert [(line.material.code, line.because) for line in result.lines] == [("e", ("已生育",))]
    result = checklist(item, {"married": "yes", "children": "yes"})
    assert [line.because for line in result.lines] == [("已婚", "已生育"), ("已婚", "已生育")]


def test_a_negated_condition_gives_no_false_reason() -> None:
    item = an_item(questions=(ASK_MARRIED,), materials=(material("m", when=Not(Is("married", "yes"))),))
    assert checklist(item, {"married": "no"}).lines[0].because == ()


def test_one_true_part_decides_any_and_one_false_part_decides_all_before_the_rest_is_known() -> None:
    item = an_item(
        questions=(ASK_MARRIED, ASK_CHILDREN),
        materials=(
            material("any", when=AnyOf((Is("married", "yes"), Is("children", "yes")))),
            material("all", when=AllOf((Is("married", "no"), Is("children", "yes")))),
        ),
    )
    result = checklist(item, {"married": "yes"})
    assert codes(result) == ["any"]
    assert result.undecided == ()


def test_effects_drop_change_copies_limits_and_department_and_say_why() -> None:
    item = an_item(
        questions=(ASK_MARRIED,),
        materials=(material("id", copies=1), material("book")),
        legal_limit=Limit(20, "working_days"),
        promised_limit=Limit(5, "working_days"),
        effects=(
            Effect(
                when=Is("married", "yes"),
                drop=("book",),
                copies=(CopiesChange(material="id", originals=2, copies=3),),
                promised_limit=Limit(2, "working_days"),
                department="elsewhere",
                note="说明",
            ),
        ),
    )
    plain = checklist(item, {"married": "no"})
    assert (plain.promised_limit, plain.department, plain.dropped) == (item.promised_limit, "office", ())
    changed = checklist(item, {"married": "yes"})
    (line,) = changed.lines
    assert (line.material.code, line.originals, line.copies, line.because) == ("id", 2, 3, ("已婚",))
    assert [(gone.what.code, gone.because) for gone in changed.dropped] == [("book", ("已婚",))]
    assert changed.promised_limit == Limit(2, "working_days")
    assert changed.legal_limit == item.legal_limit
    assert changed.limit_because == ("已婚",)
    assert changed.department == "elsewhere"
    assert [(note.what, note.because) for note in changed.notes] == [("说明", ("已婚",))]


def test_of_two_effects_that_set_the_same_thing_the_later_one_wins() -> None:
    married, mother = Is("married", "yes"), Is("children", "yes")
    item = an_item(
        questions=(ASK_MARRIED, ASK_CHILDREN),
        effects=(
            Effect(when=married, department="first", promised_limit=Limit(1, "months")),
            Effect(when=mother, department="second", promised_limit=Limit(2, "months")),
        ),
    )
    result = checklist(item, {"married": "yes", "children": "yes"})
    assert (result.department, result.promised_limit) == ("second", Limit(2, "months"))
    assert result.limit_because == ("已生育",)
    assert checklist(item, {"married": "yes", "children": "no"}).department == "first"


def test_a_stop_keeps_an_item_from_being_done_on_the_spot() -> None:
    stop = Stop(outcome="refuse", text="不在范围")
    item = replace(
        an_item(questions=(ASK_MARRIED,), effects=(Effect(when=Is("married", "no"), stop=stop),)), item_kind=1
    )
    assert checklist(item, {"married": "yes"}).on_the_spot
    stopped = checklist(item, {"married": "no"})
    assert not stopped.on_the_spot
    assert [(entry.what, entry.because) for entry in stopped.stops] == [(stop, ("未婚",))]


def test_the_same_prerequisite_for_two_reasons_is_named_once_with_both() -> None:
    need = (Prerequisite(item="0512", text="许可"),)
    item = an_item(
        questions=(ASK_MARRIED, ASK_CHILDREN),
        effects=(
            Effect(when=Is("married", "yes"), prerequisites=need),
            Effect(when=Is("children", "yes"), prerequisites=need, reason="有子女"),
        ),
    )
    result = checklist(item, {"married": "yes", "children": "yes"})
    assert [(entry.what.item, entry.because) for entry in result.prerequisites] == [
        ("0512", ("已婚", "有子女"))
    ]


def test_a_day_is_judged_by_the_halls_number_of_days_and_only_with_a_today() -> None:
    arrived = SituationQuestion(code="arrived", text="?", kind="date")
    late = OlderThan("arrived", Days(setting="floating.verify_days", days=3))
    item = an_item(questions=(arrived,), effects=(Effect(when=late, note="迟"),))
    today = date(2026, 11, 23)

    def notes(day: str, **settings: int) -> list[tuple[str, tuple[str, ...]]]:
        named = {name.replace("__", "."): value for name, value in settings.items()}
        result = checklist(item, {"arrived": day}, today=today, settings=named)
        return [(note.what, note.because) for note in result.notes]

    assert notes("2026-11-20") == []
    assert notes("2026-11-19") == [("迟", ("已超过3日",))]
    assert notes("2026-11-19", floating__verify_days=30) == []
    assert notes("not a day") == []
    assert checklist(item, {"arrived": "2026-11-01"}).notes == ()


def test_what_the_hall_makes_is_not_asked_of_the_citizen() -> None:
    made = replace(material("permit"), handling="produce")
    result = checklist(an_item(materials=(material("id"), made)), {})
    assert codes(result) == ["id"]
    assert result.made_here == (made,)
