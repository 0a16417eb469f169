"""What every peripheral's driver keeps, whatever its kind: it answers truly, never raises, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.peripherals import Bench, Condition
from tests.contract.peripherals.bench import BENCHES, OnBench

GONE = (Condition.ABSENT, Condition.SILENT)


@pytest.fixture(params=sorted(BENCHES))
def on_bench(request: pytest.FixtureRequest) -> Iterator[OnBench]:
    with BENCHES[str(request.param)]() as found:
        yield found


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, "contract", training=True)


def test_a_device_that_is_there_is_ready(on_bench: OnBench, bench: Bench) -> None:
    seen = on_bench.driver.probe(on_bench.peripheral, bench)
    assert seen.condition in (Condition.READY, Condition.UNKNOWN)
    assert seen.says


def test_a_simulator_says_that_it_is_one_where_it_can(on_bench: OnBench, bench: Bench) -> None:
    if not on_bench.says_simulated:
        pytest.skip("its protocol has no place for saying so")
    assert on_bench.driver.probe(on_bench.peripheral, bench).identity.simulated


def test_it_shows_a_person_that_it_works(on_bench: OnBench, bench: Bench) -> None:
    for line in on_bench.ready:
        assert on_bench.order(line)[-1] == "ok"
    seen = on_bench.driver.test(on_bench.peripheral, bench)
    assert seen.condition.works
    assert seen.advice


def test_an_unplugged_device_is_told_and_comes_back_by_itself(on_bench: OnBench, bench: Bench) -> None:
    assert on_bench.order("unplug")[-1] == "ok"
    assert on_bench.driver.probe(on_bench.peripheral, bench).condition in GONE
    assert on_bench.driver.test(on_bench.peripheral, bench).condition in (*GONE, Condition.FAULT)
    assert on_bench.order("plug")[-1] == "ok"
    assert on_bench.driver.probe(on_bench.peripheral, bench).condition.works


def test_a_silent_device_is_not_called_ready(on_bench: OnBench, bench: Bench) -> None:
    if not on_bench.mute:
        pytest.skip("a one-way device: its silence says nothing")
    assert on_bench.order(on_bench.mute)[-1] == "ok"
    assert on_bench.driver.probe(on_bench.peripheral, bench).condition is Condition.SILENT


def test_an_address_of_nonsense_is_refused_in_words(on_bench: OnBench, bench: Bench) -> None:
    with pytest.raises(UserFacingError) as refused:
        on_bench.driver.supported(replace(on_bench.peripheral, url="no-such://place"))
    assert refused.value.message
    assert refused.value.remedy
    seen = on_bench.driver.probe(replace(on_bench.peripheral, url="no-such://place"), bench)
    assert not seen.condition.works


def test_what_it_offers_fits_its_own_rules(on_bench: OnBench) -> None:
    driver = on_bench.driver
    driver.supported(on_bench.peripheral)
    driver.supported(replace(on_bench.peripheral, url=driver.example))
    for model in driver.models:
        driver.supported(replace(on_bench.peripheral, model=model))
    assert {one.kind for one in driver.find()} <= {driver.kind}
    for option in driver.options:
        assert option.words
        assert not option.choices or option.default in option.choices
