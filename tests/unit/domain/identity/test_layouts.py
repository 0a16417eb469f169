"""The four layouts, byte by byte; whatever the bytes, a record or the declared error."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.identity.document import DocumentType, IdentityDocument, Sex
from counter_app.domain.identity.layouts import LAYOUTS, TextBlockDamaged, encode, parse
from counter_app.domain.identity.nations import NATIONS, nation

WIDE_DIGITS = "19850312".translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
# What the published tables say, written down a second time: (offset, length in bytes, text on the card).
RESIDENT = (
    (0, 30, "阿卜杜拉·买买提"), (30, 2, "1"), (32, 4, "05"), (36, 16, "19850312"),
    (52, 70, "新疆维吾尔自治区喀什市胡杨路社区三组18号"), (122, 36, "653101198503120218"),
    (158, 30, "喀什市公安局"), (188, 16, "20160520"), (204, 16, "长期"), (220, 36, ""),
)  # fmt: skip
HMT = (
    (0, 30, "陈家豪"), (30, 2, "1"), (32, 4, ""), (36, 16, "19830606"), (52, 70, "喀什市西域大道90号"),
    (122, 36, "810000198306060012"), (158, 30, "喀什市公安局"), (188, 16, "20230901"), (204, 16, "20280901"),
    (220, 18, "H01234567"), (238, 4, "02"), (242, 6, ""), (248, 2, "J"), (250, 6, ""),
)  # fmt: skip
FOREIGNER_2017 = (
    (0, 120, "MARIA FERNANDA DEL ROSARIO GONZALES DE LA CRUZ REY"), (120, 2, "2"),
    (122, 30, "PHL653178061206"),
    (152, 6, "PHL"), (158, 30, "玛丽亚"), (188, 16, "20190601"), (204, 16, "20290531"), (220, 16, "19780612"),
    (236, 4, "01"), (240, 8, "1500"), (248, 2, "I"), (250, 6, ""),
)  # fmt: skip
FOREIGNER_2023 = (
    (0, 30, "阿依格林"), (30, 2, "2"), (32, 4, "00"), (36, 16, "19900214"),
    (52, 70, "NURSULTANOVA AIGERIM BEKZHANOVNA SU"), (122, 36, "965398199002140025"), (158, 30, ""),
    (188, 16, "20240220"), (204, 16, "20340219"), (220, 22, "LTANBEKOVA"), (242, 6, "KAZ"), (248, 2, "Y"),
    (250, 6, "001"),
)  # fmt: skip


def block(rows: tuple[tuple[int, int, str], ...], **changed: str) -> bytes:
    """256 bytes out of a table; `at_30="x"` puts another text at that offset."""
    data = b""
    for offset, length, text in rows:
        assert len(data) == offset
        raw = changed.get(f"at_{offset}", text).encode("utf-16-le")
        data += raw + b" \0" * ((length - len(raw)) // 2)
    assert len(data) == 256
    return data


def test_resident() -> None:
    assert parse(block(RESIDENT)) == IdentityDocument(
        kind=DocumentType.RESIDENT,
        name="阿卜杜拉·买买提",
        sex=Sex.MALE,
        nation=nation("05"),
        birth=date(1985, 3, 12),
        address="新疆维吾尔自治区喀什市胡杨路社区三组18号",
        number="653101198503120218",
        authority="喀什市公安局",
        valid_from=date(2016, 5, 20),
        valid_to=None,
        long_term=True,
    )


def test_permit_of_hongkong_macao_taiwan() -> None:
    assert parse(block(HMT)) == IdentityDocument(
        kind=DocumentType.HMT_PERMIT,
        name="陈家豪",
        sex=Sex.MALE,
        birth=date(1983, 6, 6),
        address="喀什市西域大道90号",
        number="810000198306060012",
        authority="喀什市公安局",
        valid_from=date(2023, 9, 1),
        valid_to=date(2028, 9, 1),
        pass_number="H01234567",
        times_issued="02",
    )


def test_foreigner_2017() -> None:
    assert parse(block(FOREIGNER_2017)) == IdentityDocument(
        kind=DocumentType.FOREIGNER_2017,
        name="玛丽亚",
        name_latin="MARIA FERNANDA DEL ROSARIO GONZALES DE LA CRUZ REY",
        sex=Sex.FEMALE,
        birth=date(1978, 6, 12),
        number="PHL653178061206",
        authority="1500",
        version="01",
        nationality="PHL",
        valid_from=date(2019, 6, 1),
        valid_to=date(2029, 5, 31),
    )


def test_foreigner_2023_puts_the_cut_name_together() -> None:
    assert parse(block(FOREIGNER_2023)) == IdentityDocument(
        kind=DocumentType.FOREIGNER_2023,
        name="阿依格林",
        name_latin="NURSULTANOVA AIGERIM BEKZHANOVNA SULTANBEKOVA",
        sex=Sex.FEMALE,
        birth=date(1990, 2, 14),
        number="965398199002140025",
        times_issued="00",
        nationality="KAZ",
        old_number_item="001",
        valid_from=date(2024, 2, 20),
        valid_to=date(2034, 2, 19),
    )


def test_a_name_cut_at_a_space_keeps_it() -> None:
    first = "ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFG "
    assert len(first) == 35
    found = parse(block(FOREIGNER_2023, at_52=first, at_220="REST"))
    assert found.name_latin == first + "REST"


@pytest.mark.parametrize("rows", [RESIDENT, HMT, FOREIGNER_2017, FOREIGNER_2023])
def test_encode_gives_the_same_bytes_back(rows: tuple[tuple[int, int, str], ...]) -> None:
    assert encode(parse(block(rows))) == block(rows)


def test_foreigner_without_chinese_name_is_called_by_the_latin_one() -> None:
    found = parse(block(FOREIGNER_2017, at_158=""))
    assert found.name == found.name_latin
    assert encode(found) == block(FOREIGNER_2017, at_158="")


def test_unknown_nation_is_shown_as_its_code() -> None:
    found = parse(block(RESIDENT, at_32="66"))
    assert (found.nation.is_known, found.nation.shown) == (False, "66")
    assert [w.code for w in found.warnings] == ["card.nation"]


def test_every_nation_of_the_standard_is_known() -> None:
    assert [f"{n:02}" for n in (*range(1, 57), 97, 98)] == list(NATIONS)
    assert nation("25").shown == "水族"
    assert nation("97").shown == "其他"


@pytest.mark.parametrize("name", ["王𠅤䶮", " 张 三", "张　三", "ﬁ①", "阿·卜", "𠅤" * 7 + "一", "張\u3099"])
def test_names_stay_as_they_are(name: str) -> None:
    assert parse(block(RESIDENT, at_0=name)).name == name


@pytest.mark.parametrize("text", ["<img src=x>", "';DROP TABLE t;", "=1+1", "\x1b@\x1dV\0", "\u202eabc"])
def test_any_text_is_data_and_what_cannot_be_seen_is_remarked(text: str) -> None:
    found = parse(block(RESIDENT, at_0=text))
    assert found.name == text
    invisible = any(c < " " or c == "\u202e" for c in text)
    assert ("card.strange-characters" in {w.code for w in found.warnings}) == invisible


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"at_30": "7"}, "card.sex"),
        ({"at_36": "19850230"}, "card.birth-unreadable"),
        ({"at_36": ""}, "card.birth-blank"),
        ({"at_36": WIDE_DIGITS}, "card.birth-unreadable"),
        ({"at_36": "19850313"}, "number.other-birth"),
        ({"at_30": "2"}, "number.other-sex"),
        ({"at_188": "长期"}, "card.valid_from-unreadable"),
        ({"at_204": ""}, "card.valid_to-blank"),
        ({"at_204": "20361301"}, "card.valid_to-unreadable"),
        ({"at_122": "653101198503120219"}, "number.check-digit"),
        ({"at_122": "810000198306060012", "at_36": "19830606"}, "number.other-kind"),
        ({"at_0": ""}, "card.name-blank"),
    ],
)
def test_what_looks_wrong_is_remarked_and_kept(change: dict[str, str], code: str) -> None:
    found = parse(block(RESIDENT, **change))
    assert [w.code for w in found.warnings] == [code]
    assert found.number


@pytest.mark.parametrize(
    ("bad", "part"),
    [
        (b"", "length"),
        (block(RESIDENT)[:-1], "length"),
        (block(RESIDENT) + b" \0", "length"),
        (block(HMT, at_248="Z"), "document type"),
        (block(HMT, at_248="\u4e00"), "document type"),
        (block(RESIDENT, at_122=""), "number"),
        (block(RESIDENT)[:52] + b"\x00\xd8" + block(RESIDENT)[54:], "address"),
    ],
)
def test_what_is_no_card_is_refused(bad: bytes, part: str) -> None:
    with pytest.raises(TextBlockDamaged) as caught:
        parse(bad)
    assert caught.value.params["part"] == part


@given(st.binary(min_size=256, max_size=256), st.sampled_from([" ", "J", "I", "Y", "?"]))
def test_no_bytes_raise_anything_else(data: bytes, letter: str) -> None:
    data = data[:248] + letter.encode("utf-16-le") + data[250:]
    with contextlib.suppress(TextBlockDamaged):
        assert parse(data).number


@given(st.integers(0, 2047), st.sampled_from([RESIDENT, HMT, FOREIGNER_2017, FOREIGNER_2023]))
def test_a_flipped_bit_never_passes_unseen_into_the_number(
    bit: int, rows: tuple[tuple[int, int, str], ...]
) -> None:
    whole = block(rows)
    flipped = bytearray(whole)
    flipped[bit // 8] ^= 1 << bit % 8
    try:
        found = parse(bytes(flipped))
    except TextBlockDamaged:
        return
    right = parse(whole)
    if found.kind is right.kind and found.number != right.number:
        assert any(w.code.startswith("number.") for w in found.warnings)


def days() -> st.SearchStrategy[date]:
    return st.dates(date(1900, 1, 1), date(2099, 12, 31))


def texts(units: int) -> st.SearchStrategy[str]:
    """Text that fits `units` UTF-16 units and does not end in the padding."""
    return st.text(st.characters(exclude_categories=["Cs"])).filter(
        lambda s: len(s.encode("utf-16-le")) <= units * 2 and not s.endswith(" ")
    )


@st.composite
def documents(draw: st.DrawFn) -> IdentityDocument:
    kind = draw(st.sampled_from(list(LAYOUTS)))
    foreign = kind in {DocumentType.FOREIGNER_2017, DocumentType.FOREIGNER_2023}
    long_term = draw(st.booleans())
    latin = draw(texts(46)) if foreign else ""
    document = IdentityDocument(
        kind=kind,
        name=draw(texts(15)) or latin,
        name_latin=latin,
        number=draw(texts(15).filter(bool)),
        sex=draw(st.sampled_from(Sex)),
        birth=draw(days()),
        valid_from=draw(days()),
        valid_to=None if long_term else draw(days()),
        long_term=long_term,
    )
    if not foreign:
        document = replace(document, address=draw(texts(35)), authority=draw(texts(15)))
    if kind is DocumentType.RESIDENT:
        document = replace(document, nation=nation(draw(st.sampled_from(list(NATIONS)))))
    if kind is DocumentType.HMT_PERMIT:
        document = replace(document, pass_number=draw(texts(9)), times_issued=draw(texts(2)))
    if kind is DocumentType.FOREIGNER_2017:
        document = replace(
            document, nationality=draw(texts(3)), version=draw(texts(2)), authority=draw(texts(4))
        )
    if kind is DocumentType.FOREIGNER_2023:
        document = replace(document, nationality=draw(texts(3)), old_number_item=draw(texts(3)))
    return document


@given(documents())
def test_what_is_encoded_is_read_again(document: IdentityDocument) -> None:
    assert replace(parse(encode(document)), warnings=()) == document


def test_encode_names_the_field_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="address is too long"):
        encode(replace(parse(block(RESIDENT)), address="新" * 36))


def test_expiry_is_the_day_after_the_last() -> None:
    found = parse(block(RESIDENT, at_204="20360520"))
    assert not found.is_expired(date(2036, 5, 20))
    assert found.is_expired(date(2036, 5, 21))
    assert not parse(block(RESIDENT)).is_expired(date(2999, 1, 1))
