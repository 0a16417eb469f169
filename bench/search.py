"""The one box over 1,000,000 cases: by name, by part of a name, by pinyin, by number (design §5).

The store is made by the batch path (rows and tokens written straight into their tables, in order) and
kept under `build/bench`. What is measured is the use case whole: tokens, seeks, folds decoded, rows
made, items searched besides. Names are drawn like a real town's: a few surnames for most people.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bench.kept import kept_folder
from bench.results import Result, at_most, figure, quantile
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.halls import TomlHall
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.clock import HALL_ZONE, SystemClock
from counter_app.domain.catalogue.search import tokens
from counter_app.domain.intake.case import Case, Draft, Participant
from counter_app.domain.intake.numbers import Number
from counter_app.domain.intake.parties import Identity, Party
from counter_app.domain.journal import Actor
from counter_app.i18n import RESOURCES
from counter_app.store.case_tables import CASE_PROJECTIONS
from counter_app.store.connection import Connection, connect
from counter_app.store.projections import Projection
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.intake.finding import Finder
from counter_app.use_cases.intake.tokens import id_tokens, joined, number_tokens
from counter_app.use_cases.reference import PublishedReference, Publishing

KEY: Final = bytes(range(32))
WHOLE: Final = 1_000_000
QUICK: Final = 100_000
CASES_EACH: Final = 3
BATCH: Final = 50_000
BAR_MS: Final = 30.0
ASKED: Final = 400
CLERK: Final = Actor("1002", "3")
BEGAN: Final = datetime(2024, 1, 2, 9, 0, tzinfo=HALL_ZONE)
SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史贺陶顾毛郝龚邵万钱严洪"
)
GIVEN: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志国庆春梅海燕晓东雪峰俊凯佳欣怡雨桐"
    "子涵浩然梓萱宇轩诗思远嘉豪欣妍博文天佑立成学义德福贵生长江云飞鹏程振兴永康宁安泰祥瑞琳琪瑶莹洁玲"
    "珍凤莲菊花香月娥淑慧贤惠爱民卫东新民宏达光辉耀宗家驹"
)
ITEMS: Final = ("0603@1", "0301@1", "0402@1", "1101@1", "0802@1")


def run(quick: bool) -> list[Result]:
    """p99 of each kind of question; the bar is 30 ms, at 100,000 cases when `quick`."""
    size = QUICK if quick else WHOLE
    store = SqliteStore(_kept(size), KEY, hall="nanhuan", device="3", clock=SystemClock())
    try:
        finder = Finder(store, PublishedReference(JsonCodec()), _lookup)
        return _measured(finder, size, ASKED // 4 if quick else ASKED)
    finally:
        store.close()


def _lookup(number: str) -> str:
    return f"lookup-{number}"


def _measured(finder: Finder, size: int, asked: int) -> list[Result]:
    chance = random.Random(7)
    results: list[Result] = []
    for what, ask in _questions(size).items():
        times = []
        for warm in (True, False):
            for _ in range(asked // 10 if warm else asked):
                typed = ask(chance)
                start = perf_counter()
                hits = finder.search(typed, counter="3")
                if not warm:
                    times.append((perf_counter() - start) * 1000)
                if not hits:
                    raise AssertionError(f"{typed!r} was not found")
        results.append(figure(f"search {size} cases by {what}, p50", quantile(times, 0.5), "ms"))
        results.append(at_most(f"search {size} cases by {what}, p99", quantile(times, 0.99), "ms", BAR_MS))
    return results


def _questions(size: int) -> dict[str, Callable[[random.Random], str]]:
    initials = _initials()

    def name(chance: random.Random) -> str:
        return _name(chance.randrange(size // CASES_EACH))

    def number(chance: random.Random) -> Number:
        return _number(chance.randrange(size))

    return {
        "name": name,
        "part of a name": lambda chance: name(chance)[:2],
        "surname": lambda chance: name(chance)[:1],
        "pinyin": lambda chance: "".join(initials[sign] for sign in name(chance)),
        "number": lambda chance: str(number(chance)),
        "number tail": lambda chance: f"{number(chance).serial:04d}",
        "ID tail": lambda chance: _id_number(chance.randrange(size // CASES_EACH))[-4:],
    }


def _name(person: int) -> str:
    chance = random.Random(person)
    surname = SURNAMES[min(int(chance.expovariate(1 / 14)), len(SURNAMES) - 1)]
    return surname + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def _id_number(person: int) -> str:
    """Eighteen digits that look the part; no check is asked of them here."""
    return f"130903{1950 + person % 60}{person % 12 + 1:02d}{person % 28 + 1:02d}{person % 10000:04d}"


def _number(case: int) -> Number:
    return Number(2026, "3", 1, case + 1, "南环便服")


def _initials() -> dict[str, str]:
    romaniser = PinyinRomaniser()
    given = {sign: romaniser.initials(sign) for sign in GIVEN}
    return given | {sign: romaniser.initials(sign, surname=True) for sign in SURNAMES}


def _kept(size: int) -> Path:
    """The store of this size, made once for this state of the store's sources."""
    folder = kept_folder(f"search-{size}")
    path = folder / "store.db"
    if not path.exists():
        making = folder / "making.db"
        making.unlink(missing_ok=True)
        _make(making, size)
        making.rename(path)
    return path


def _make(path: Path, size: int) -> None:
    store = SqliteStore(path, KEY, hall="nanhuan", device="3", clock=SystemClock())
    publishing = Publishing(store, PublishedReference(JsonCodec()))
    publishing.hall(CLERK, "hall", TomlHall().load_hall(RESOURCES / "demo" / "hall.toml"))
    publishing.catalogue(CLERK, "catalogue", TomlCatalogue().load(RESOURCES / "catalogue"))
    store.close()
    connection = connect(path, KEY)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -1500000")
        rows = _rows(size)
        while batch := list(islice(rows, BATCH)):
            _write(connection, batch)
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


Row = tuple[Projection[Any], tuple[Any, ...], str, str, int, tuple[str, ...]]


def _rows(size: int) -> Iterator[Row]:
    """Parties and cases with their tokens, oldest first."""
    initials = _initials()
    by_state = {projection.stream.kind: projection for projection in CASE_PROJECTIONS}
    persons = size // CASES_EACH
    for case in range(size):
        person = case % persons
        name, number = _name(person), _id_number(person)
        named = joined((tokens(name, "".join(initials[sign] for sign in name)), id_tokens(number)))
        if case < persons:
            party = _party(person, name, number)
            lookup = _lookup(number)
            yield by_state["party"], by_state["party"].row(party.id, party), "person", lookup, -case, named
        state = _case(case, person)
        found = joined((named, number_tokens(state.number)))
        yield by_state["case"], by_state["case"].row(state.id, state), "case", state.id, -case, found


def _party(person: int, name: str, number: str) -> Party:
    identity = Identity(name=name, number=number, birth=date(1980, 1, 1), lookup=_lookup(number))
    return Party(f"3.1.{person + 1}", "card", BEGAN, identity)


def _case(case: int, person: int) -> Case:
    at = BEGAN + timedelta(seconds=case * 60)
    opened = Case(f"9.1.{case + 1}", at, "1002", "3", None, 1, at)
    persons = (Participant(f"3.1.{person + 1}", "applicant", "card", True),)
    draft = Draft(item=ITEMS[case % len(ITEMS)], persons=persons, answers={"married": "no"})
    return replace(opened, draft=draft, stage="accepted", number=str(_number(case)), accepted_at=at)


def _write(connection: Connection, batch: list[Row]) -> None:
    """One transaction; tokens sorted, so that the tree is filled in order."""
    cursor = connection.cursor()
    cursor.execute("BEGIN")
    for projection in CASE_PROJECTIONS:
        rows = [row for used, row, *_ in batch if used is projection]
        cursor.executemany(projection.insert_sql, rows)
    listed = [(token, rank, kind, ref) for _, _, kind, ref, rank, found in batch for token in found]
    listed.sort()
    cursor.executemany("INSERT OR IGNORE INTO tokens (token, rank, kind, ref) VALUES (?, ?, ?, ?)", listed)
    cursor.execute("COMMIT")
