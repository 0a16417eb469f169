"""`store check`, `store backup`, `store restore`, `doctor`, `keeper`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.home import open_home


def add(parsers: Any) -> None:
    group = add_group(parsers, "store", "the home's store")
    add_command(group, "check", check_store, "walk the journal and every row; exit 1 if anything was altered")
    backup = add_command(group, "backup", back_up, "a whole, encrypted copy while windows go on working")
    backup.add_argument("target", type=Path, metavar="DIR", help="a new folder")
    back = add_command(group, "restore", restore, "put a backup in the home's place")
    back.add_argument("source", type=Path, metavar="DIR", help="what `store backup` made")
    back.add_argument("--recovery-key", type=Path, metavar="FILE", help="elsewhere: the hall's recovery key")
    back.add_argument("--replace", action="store_true", help="put the store that is there aside")
    add_command(parsers, "doctor", doctor, "look at everything this machine needs")
    keeper = add_command(parsers, "keeper", keep, "the home's background process")
    keeper.add_argument("--stay", action="store_true", help="stay when no window is open")


def check_store(call: Call) -> int:
    if open_home(call.home).role == "centre":
        report = call.hall_machine.check_centre(call.home)
    else:
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


def back_up(call: Call) -> int:
    made = call.hall_machine.back_up(call.home, call.arguments.target)
    t = call.t
    lines = [
        t(
            "Backup of {made} at {path}, {size} KiB.",
            made=made.made,
            path=str(made.path),
            size=made.bytes // 1024,
        )
    ]
    if made.recoverable:
        lines.append(t("This machine opens it, and the hall's recovery key."))
    else:
        lines.append(t("Only this machine opens it: without a hall's centre there is no recovery key."))
    call.say(made, lines)
    return DONE


def restore(call: Call) -> int:
    given = call.arguments
    done = call.hall_machine.restore(given.source, call.home, given.recovery_key, replace=given.replace)
    t = call.t
    lines = [
        t("Restored as of {made}: {count} entries, all sound.", made=done.made, count=done.events),
    ]
    if done.aside is not None:
        lines.append(t("The store that stood there is at {path}.", path=str(done.aside)))
    if done.home.centre and done.home.role != "centre":
        lines.append(
            t("What happened since comes back from the centre, and the machine goes on in a new epoch.")
        )
    call.say(
        {
            "home": str(done.home.path),
            "made": done.made,
            "events": done.events,
            "aside": done.aside and str(done.aside),
        },
        lines,
    )
    return DONE


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
