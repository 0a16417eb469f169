"""`counter-app`: reads the words, calls the command, tells errors people can mend."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from counter_app.cli import (
    archive_commands,
    arriving_commands,
    calendar_commands,
    case_commands,
    catalogue_commands,
    clock_commands,
    conflict_commands,
    day_commands,
    device_commands,
    drawer_commands,
    fee_commands,
    hall_commands,
    hub_commands,
    late_commands,
    paper_commands,
    party_commands,
    peripheral_commands,
    project_commands,
    result_commands,
    scanner_commands,
    store_commands,
    ticket_commands,
    window_commands,
    work_commands,
)
from counter_app.cli.frame import REFUSED, Call, tell_error
from counter_app.cli.machine import Machine
from counter_app.errors import UserFacingError
from counter_app.i18n import LANGUAGES, Translator
from counter_app.use_cases.ports.centre import CentreAway

GROUPS: Final = (
    window_commands,
    ticket_commands,
    case_commands,
    work_commands,
    clock_commands,
    late_commands,
    paper_commands,
    peripheral_commands,
    result_commands,
    fee_commands,
    drawer_commands,
    archive_commands,
    arriving_commands,
    project_commands,
    conflict_commands,
    party_commands,
    day_commands,
    catalogue_commands,
    calendar_commands,
    store_commands,
    device_commands,
    scanner_commands,
    hall_commands,
    hub_commands,
)


def parser() -> argparse.ArgumentParser:
    """The whole tree of commands."""
    root = argparse.ArgumentParser(
        prog="counter-app", description="The program a government service hall runs on."
    )
    parsers = root.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(parsers)
    return root


def language() -> str:
    """Chinese first; `COUNTER_APP_LANGUAGE=en` for a script's log."""
    named = os.environ.get("COUNTER_APP_LANGUAGE", "")
    return named if named in LANGUAGES else "zh_CN"


def run(argv: Sequence[str], machine: Machine) -> int:
    """Run one command; its exit code."""
    call = Call(parser().parse_args(argv), machine, Translator(language()), argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code: int = call.arguments.run(call)
    except UserFacingError as error:
        tell_error(error, call.t, as_json=call.arguments.json)
        return REFUSED
    except CentreAway:
        tell_error(_away(), call.t, as_json=call.arguments.json)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    return code


def _away() -> UserFacingError:
    return UserFacingError(
        "centre.away",
        "The centre does not answer.",
        kept="Nothing was changed on this machine.",
        remedy="Look whether the hub runs and the line is up, then do it again.",
    )
