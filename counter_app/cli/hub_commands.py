"""`hub`: making a hall's centre, serving it, looking at it.

`counter-app hub --store URL --listen HOST:PORT` and `counter-app hub serve --home DIR --listen HOST:PORT` do
the same: the first names the centre by its store, the second by its home.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from counter_app.cli.forward_commands import relay_lines
from counter_app.cli.frame import DONE, NO, Call, add_command
from counter_app.cli.hall_machine import Founding
from counter_app.domain.centre.invitation import DEFAULT_PORT, shown_print
from counter_app.errors import UserFacingError

LISTEN: Final = f"0.0.0.0:{DEFAULT_PORT}"


def add(parsers: Any) -> None:
    help = "the hall's centre: make it, serve it to the hall's machines"
    hub = parsers.add_parser("hub", help=help, description=help)
    hub.add_argument(
        "--store", default="", metavar="URL", help="the centre's store: sqlite:///… or postgresql://…"
    )
    hub.add_argument("--home", dest="centre_home", default="", metavar="DIR", help="the centre's home")
    _add_serving(hub)
    hub.add_argument("--json", action="store_true", help="answer in JSON")
    hub.set_defaults(run=serve_store, home="")
    group = hub.add_subparsers(metavar="COMMAND")
    _add_init(group)
    _add_serving(add_command(group, "serve", serve, "serve the hall's machines until told to stop"))
    add_command(
        group, "status", status, "the hall's place, its machines, whether the hub runs; exit 1 if not"
    )
    join = add_command(group, "join-upper", join_upper, "make this hall's centre a relay of the hall above")
    join.add_argument("invitation", metavar="INVITATION", help="made there with `device invite --role relay`")
    archived = add_command(
        group, "archive", archive, "pack closed months of a PostgreSQL centre's journal into segments"
    )
    archived.add_argument("--admin", required=True, metavar="URL", help="an administrator's postgresql://…")
    archived.add_argument(
        "--before", required=True, type=_month, metavar="YYYY-MM", help="months before this one"
    )
    add_command(group, "fingerprint", fingerprint, "what machines compare when they enrol")


def _add_init(group: Any) -> None:
    init = add_command(group, "init", init_, "make the home of a hall's centre")
    init.add_argument(
        "--store", default="sqlite", metavar="URL", help="sqlite, or an administrator's postgresql://…"
    )
    init.add_argument("--hall", type=Path, required=True, metavar="FILE", help="the hall's plan (hall.toml)")
    init.add_argument(
        "--catalogue", type=Path, metavar="DIR", help="the service items; else those of the program"
    )
    init.add_argument("--device", default="C", metavar="CODE", help="the centre's own code in numbers")
    init.add_argument("--training", action="store_true", help="a hall for training: nothing in it is real")
    init.add_argument(
        "--recovery-key", type=Path, metavar="FILE", help="write the recovery key here, not on the screen"
    )


def _add_serving(parser: Any) -> None:
    parser.add_argument("--listen", default=LISTEN, metavar="HOST:PORT", help=f"else {LISTEN}")
    parser.add_argument(
        "--address", default="", metavar="HOST:PORT", help="where machines reach it, if not where it listens"
    )
    parser.add_argument("--open-metrics", action="store_true", help="/metrics answers other machines too")


def init_(call: Call) -> int:
    given = call.arguments
    if given.recovery_key is not None and given.recovery_key.exists():
        raise UserFacingError(
            "recovery.exists",
            "There is a file at {path} already.",
            kept="Nothing was made.",
            remedy="Name a new file for the recovery key.",
            path=str(given.recovery_key),
        )
    founded = call.hall_machine.found(
        Founding(call.home, given.store, given.hall, given.device, given.training, given.catalogue)
    )
    t = call.t
    if given.recovery_key is not None:
        call.hall_machine.write_recovery_key(given.recovery_key, founded, t)
        shown = [t("Recovery key written to {path}.", path=str(given.recovery_key))]
    else:
        shown = [t("Recovery key (shown once, kept by no machine):"), "", f"    {founded.recovery}", ""]
    answer = {
        "home": str(founded.home.path),
        "hall": founded.home.hall,
        "centre": founded.home.device,
        "store": founded.home.centre,
        "training": founded.home.training,
        "fingerprint": founded.fingerprint,
        "recovery_key": str(given.recovery_key) if given.recovery_key is not None else founded.recovery,
    }
    call.say(
        answer,
        [
            t("Centre of {hall} at {path}.", hall=founded.home.hall, path=str(founded.home.path)),
            t("Fingerprint: {fingerprint}", fingerprint=shown_print(founded.fingerprint)),
            *shown,
            t("Print it, keep it away from every machine: with it a broken machine's acts are recovered."),
            t("Next: `counter-app hub serve --home {path}`", path=str(founded.home.path)),
        ],
    )
    return DONE


def serve_store(call: Call) -> int:
    """`hub` without a word: by the store's URL, or by the home."""
    given = call.arguments
    if given.centre_home:
        home = Path(given.centre_home)
    elif given.store:
        home = call.hall_machine.home_of_store(given.store)
    else:
        home = call.home
    return _serve(call, home)


def serve(call: Call) -> int:
    return _serve(call, call.home)


def _serve(call: Call, home: Path) -> int:
    given = call.arguments

    def ready(address: str, fingerprint: str) -> None:
        """A line for whoever started it: from here on machines are answered."""
        call.say(
            {"address": address, "fingerprint": fingerprint},
            [
                call.t("Serving at {address}.", address=address),
                call.t("Fingerprint: {fingerprint}", fingerprint=shown_print(fingerprint)),
            ],
        )

    if not call.hall_machine.serve_hub(home, given.listen, given.address, ready, metrics=given.open_metrics):
        call.say({"running": "elsewhere"}, [call.t("This centre's hub runs already.")])
        return NO
    return DONE


def status(call: Call) -> int:
    state = call.hall_machine.hub_state(_home(call))
    t = call.t
    lines = [
        f"{state.hall} · {state.centre}" + (f" · {t('training')}" if state.training else ""),
        t("Hub: {state}", state=t("runs") if state.running else t("does not run")),
        t("Address: {address}", address=state.address or "—"),
        t("Fingerprint: {fingerprint}", fingerprint=shown_print(state.fingerprint)),
        t("Store: {store}", store=state.store),
        t("Acts in the hall's order: {count}", count=state.place),
        t(
            "Machines: {count}, silent {silent}, revoked {revoked}; acts not here yet: {unsent}",
            count=state.devices,
            silent=state.silent,
            revoked=state.revoked,
            unsent=state.unsent,
        ),
    ]
    call.say(state, [*lines, *relay_lines(state, t)])
    return DONE if state.running else NO


def _month(text: str) -> str:
    """argparse's own error for what is no month."""
    date.fromisoformat(f"{text}-01")
    return text


def archive(call: Call) -> int:
    """No hall's role may drop what it wrote, so an administrator's address is needed."""
    given, t = call.arguments, call.t
    done = call.hall_machine.archive(given.admin, given.before)
    lines = [
        t(
            "{month}: {events} acts of {halls} halls, {before} bytes in {after}.",
            month=one.month,
            events=one.events,
            halls=one.halls,
            before=one.bytes_before,
            after=one.bytes_after,
        )
        for one in done
    ]
    call.say(done, lines or [t("No month before {month} is left to be archived.", month=given.before)])
    return DONE


def join_upper(call: Call) -> int:
    joined = call.hall_machine.join_upper(_home(call), call.arguments.invitation)
    t = call.t
    call.say(
        joined,
        [
            t("This hall is enrolled at {hall} as {device}.", hall=joined.hall, device=joined.device),
            t("Restart the hub: from then on the hall's acts go up."),
        ],
    )
    return DONE


def fingerprint(call: Call) -> int:
    signs = call.hall_machine.fingerprint(_home(call))
    call.say({"fingerprint": signs}, [shown_print(signs)])
    return DONE


def _home(call: Call) -> Path:
    """`hub --home DIR status` means the same as `hub status --home DIR`."""
    return (
        call.home
        if call.arguments.home or not call.arguments.centre_home
        else Path(call.arguments.centre_home)
    )
