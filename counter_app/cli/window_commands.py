"""One command per workspace, and the demo hall."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_app.cli.frame import DONE, Call, add_command, add_group
from counter_app.cli.machine import WindowOptions
from counter_app.clock import HALL_ZONE


def add(parsers: Any) -> None:
    for name, help in (
        ("counter", "the counter: intake, papers, calling"),
        ("kiosk", "the queue-ticket kiosk"),
        ("display", "the hall display"),
        ("desk", "a department's desk: inbox, opinions, assists"),
    ):
        window = add_command(parsers, name, open_window, help)
        window.set_defaults(workspace=name)
        window.add_argument("--counter", default="", metavar="N", help="the number of this counter")
        window.add_argument(
            "--desk",
            type=int,
            default=1,
            metavar="N",
            help="which desk of this machine, where it has several",
        )
        window.add_argument("--theme", choices=("light", "dark"), default="light")
        window.add_argument(
            "--scale", type=int, default=100, metavar="PERCENT", help="size of text, 100 to 200"
        )
        window.add_argument("--full-screen", action="store_true")
        window.add_argument("--language", choices=("zh_CN", "zh_TW", "en"), default="zh_CN")
        window.add_argument(
            "--rate-on",
            choices=("display", "beside", "counter"),
            default="display",
            help="where the citizen rates: a second display where there is one, a window beside the work, or"
            " asked at the counter",
        )
    _add_demo(parsers)


def _add_demo(parsers: Any) -> None:
    demo = add_group(parsers, "demo", "a training home with simulated devices")
    add_command(demo, "init", init_demo, "make the training home")
    run = add_command(demo, "run", run_demo, "open the demo hall")
    run.add_argument(
        "--headless", type=Path, metavar="DIR", help="play the main job and stories offscreen, results in DIR"
    )
    run.add_argument(
        "--story",
        action="append",
        default=[],
        metavar="NAME",
        help="with --headless: only this story or `main-job`; several may be named",
    )
    clock = add_command(demo, "clock", demo_clock, "what time the demo hall has; or let it go on to a moment")
    clock.add_argument("moment", nargs="?", type=_moment, metavar="YYYY-MM-DDTHH:MM")
    hall = add_command(
        demo, "hall", run_hall, "a training hall of many machines with a switch that cuts the line"
    )
    hall.add_argument(
        "--headless", type=Path, metavar="DIR", help="play the main job across machines, offscreen"
    )
    hall.add_argument(
        "--store", default="sqlite", metavar="URL", help="else an administrator's postgresql://…"
    )


def run_hall(call: Call) -> int:
    return call.hall_machine.run_hall(call.arguments.headless, call.arguments.store)


def open_window(call: Call) -> int:
    return call.machine.run_window(call.words)


def options_of(given: argparse.Namespace) -> WindowOptions:
    """How the window opens, as its words say."""
    return WindowOptions(
        counter=given.counter,
        desk=given.desk,
        theme=given.theme,
        scale=given.scale,
        full_screen=given.full_screen,
        language=given.language,
        rate_on=given.rate_on,
    )


def _demo_home(call: Call) -> Path:
    """The training home stands beside the real one, never in its place."""
    return call.home if call.arguments.home else call.home.with_name(f"{call.home.name}-training")


def init_demo(call: Call) -> int:
    home = call.machine.make_demo(_demo_home(call))
    call.say(
        {"home": str(home.path), "hall": home.hall, "device": home.device},
        [call.t("Training home at {path}.", path=str(home.path))],
    )
    return DONE


def _moment(text: str) -> datetime:
    """As the hall's clocks say it; a zone of its own is not read."""
    return datetime.fromisoformat(text).replace(tzinfo=HALL_ZONE)


def demo_clock(call: Call) -> int:
    now = call.machine.demo_clock(_demo_home(call), call.arguments.moment)
    call.say(
        {"now": now.isoformat(timespec="seconds")},
        [call.t("The demo hall has {moment}.", moment=f"{now:%Y-%m-%d %H:%M}")],
    )
    return DONE


def run_demo(call: Call) -> int:
    return call.machine.run_demo(_demo_home(call), call.arguments.headless, tuple(call.arguments.story))
