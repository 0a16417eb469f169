"""What an operator's Prometheus may know of the hub: counts and times, never people or devices by name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_LAG_EVERY: Final = 0.25


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure that another part of this process knows: read when somebody asks for it."""

    name: str
    help: str
    read: Callable[[], float]


class Metrics:
    """A registry of its own, so that several hubs can live in one process."""

    def __init__(self, gauges: Iterable[Gauge] = ()) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "hub_requests", "Calls by route and outcome.", ("route", "outcome"), registry=self._registry
        )
        self._seconds = Histogram(
            "hub_request_seconds", "Time to answer.", ("route",), buckets=_BUCKETS, registry=self._registry
        )
        self._refusals = Counter(
            "hub_refusals", "Refused, by call; `connect`: before any.", ("call",), registry=self._registry
        )
        self._hall_seq = prometheus_client.Gauge(
            "hub_hall_seq", "The hall's newest place.", registry=self._registry
        )
        self._sockets = prometheus_client.Gauge(
            "hub_devices_connected", "Devices on a wake socket.", registry=self._registry
        )
        self._oldest = prometheus_client.Gauge(
            "hub_oldest_contact_seconds",
            "Longest silence among devices heard since the hub began.",
            registry=self._registry,
        )
        self._lag = Histogram(
            "hub_loop_lag_seconds", "Event-loop lag.", buckets=_BUCKETS, registry=self._registry
        )
        for gauge in gauges:
            prometheus_client.Gauge(gauge.name, gauge.help, registry=self._registry).set_function(gauge.read)
        self._contacts: dict[str, float] = {}
        self._connected: dict[str, int] = {}

    def answered(self, route: str, outcome: str, seconds: float) -> None:
        self._requests.labels(route, outcome).inc()
        self._seconds.labels(route).observe(seconds)

    def refused(self, call: str) -> None:
        self._refusals.labels(call).inc()

    def heard(self, device: str) -> None:
        self._contacts[device] = time.monotonic()

    def forget(self, device: str) -> None:
        """A device that counts no more does not make the silence longer."""
        self._contacts.pop(device, None)

    def socket(self, device: str, change: int) -> None:
        left = self._connected.get(device, 0) + change
        if left > 0:
            self._connected[device] = left
        else:
            self._connected.pop(device, None)
        self._sockets.set(len(self._connected))

    def text(self, hall_seq: int) -> bytes:
        """In Prometheus' text format."""
        self._hall_seq.set(hall_seq)
        now = time.monotonic()
        self._oldest.set(max((now - heard for heard in self._contacts.values()), default=0.0))
        return generate_latest(self._registry)

    async def watch_loop(self) -> None:
        """Measure how late the loop wakes, until cancelled."""
        while True:
            asked = time.perf_counter()
            await asyncio.sleep(_LAG_EVERY)
            self._lag.observe(max(0.0, time.perf_counter() - asked - _LAG_EVERY))
