"""The end of a simulated hall: everything is healed, and everybody says all there is to say."""

from __future__ import annotations

from typing import Final

from counter_app.domain.centre.granting import GRANT_LASTS
from counter_app.use_cases.sync.sync import SLOWEST_RETRY_SECONDS
from tests.simulation.hall import SimulatedHall

MOST_ROUNDS: Final = 40


def quiet(hall: SimulatedHall) -> list[str]:
    """Heal, deliver, upgrade, sync until nothing moves; gives why that did not end, if so."""
    hall.note("== quiet")
    _heal(hall)
    _upgrade(hall)
    _retire_clones(hall)
    hall.true.advance(seconds=GRANT_LASTS + 1)
    for turn in range(MOST_ROUNDS):
        hall.true.advance(seconds=SLOWEST_RETRY_SECONDS + 1)
        hall.centre.tidy()
        before = _standing(hall)
        for machine in hall.in_service():
            hall.note(f"{machine.name}: sync, round {turn}")
            machine.sync()
        if _standing(hall) == before and all(one.said_all() for one in hall.in_service()):
            return []
    return [f"no silence after {MOST_ROUNDS} rounds: {_standing(hall)}"]


def _heal(hall: SimulatedHall) -> None:
    """Sound lines, sound disks, everybody is on; what was on its way arrives first."""
    hall.network.heal()
    hall.centre.faults.calm()
    if not hall.centre_up:
        hall.centre.open()
        hall.centre_up = True
    while hall.network.on_their_way:
        hall.network.deliver_one()
    for machine in hall.machines.values():
        machine.faults.calm()
        if not machine.alive:
            machine.open()


def _upgrade(hall: SimulatedHall) -> None:
    """Old programs are replaced by the newest, which makes their rows anew."""
    for name in sorted(hall.old):
        hall.note(f"{name} is upgraded")
        hall.machines[name].upgrade()
    hall.old.clear()


def _retire_clones(hall: SimulatedHall) -> None:
    """A clone says what it has to say and is switched off: two machines cannot be one for ever."""
    for name, machine in hall.machines.items():
        if name.endswith("'"):
            hall.note(f"{name} says its last and is switched off")
            for _ in range(MOST_ROUNDS):
                hall.true.advance(seconds=SLOWEST_RETRY_SECONDS + 1)
                machine.sync()
                if machine.said_all():
                    break
            machine.close()
            hall.retired.add(name)


def _standing(hall: SimulatedHall) -> tuple[object, ...]:
    standings = (machine.standing() for machine in hall.in_service())
    return tuple((one.epoch, one.seq, one.acked, one.pulled, one.aside, one.root) for one in standings)
