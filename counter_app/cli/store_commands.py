"""`store check`, `doctor`, `keeper`."""

from __future__ import annotations

from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group


def add(parsers: Any) -> None:
    group = add_group(parsers, "store", "the home's store")
    add_command(group, "check", check_store, "walk the journal and every row; exit 1 if anything was altered")
    add_command(parsers, "doctor", doctor, "look at everything this machine needs")
    keeper = add_command(parsers, "keeper", keep, "the home's background process")
    keeper.add_argument("--stay", action="store_true", help="stay when no window is open")


def check_store(call: Call) -> int:
    report = call.machine.check_store(call.home)
    t = call.t
    if report.sound:
        lines = [t("Sound: {events} events, {rows} rows.", events=report.events, rows=report.rows)]
    else:
        lines = [
            t("BROKEN after {events} sound events: {broken}", events=report.events, broken=report.broken)
        ]
    call.say({**_as_dict(report), "sound": report.sound}, lines)
    return DONE if report.sound else NO


def _as_dict(report: Any) -> dict[str, Any]:
    return {"events": report.events, "rows": report.rows, "broken": report.broken}


def doctor(call: Call) -> int:
    findings = call.machine.doctor(call.home, call.t)
    marks = {"ok": "✓", "warning": "△", "broken": "✕"}
    call.say(findings, [f"{marks[entry.state]} {entry.name}: {entry.text}" for entry in findings])
    return NO if any(entry.state == "broken" for entry in findings) else DONE


def keep(call: Call) -> int:
    ran = call.machine.run_keeper(call.home, stay=call.arguments.stay)
    if not ran:
        call.say({"running": "elsewhere"}, [call.t("This home has a keeper already.")])
    return DONE
