"""`device …`, `replace-counter`, `status`, `sync`: a machine as one of a hall."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.cli.hall_machine import Joined, MachineState, Replacing
from counter_app.cli.words import DEVICE_ROLES, STATES
from counter_app.domain.casework.signers import c9_lacking
from counter_app.domain.casework.words import LEVEL_WORDS
from counter_app.domain.centre.roles import ROLES
from counter_app.domain.hall.plan import HallPlan, Post
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.ports.centre import DeviceStanding

MINUTES: Final = 60
SIGNED: Final[Mapping[str, str]] = {"approval": LEVEL_WORDS["approver"], "final": LEVEL_WORDS["final"]}
OLD_SECONDS: Final = 900
SYNC_SECONDS: Final = 60.0


def add(parsers: Any) -> None:
    _add_devices(add_group(parsers, "device", "the hall's machines"))
    replace = add_command(
        parsers, "replace-counter", replace_counter, "a new machine takes a broken one's place"
    )
    replace.add_argument(
        "--from", dest="source", type=Path, metavar="DIR", help="the broken machine's home, or a backup"
    )
    replace.add_argument("--recovery-key", type=Path, metavar="FILE", help="the hall's recovery key")
    replace.add_argument("--invitation", required=True, help="made with `device invite CODE --replaces`")
    state = add_command(
        parsers, "status", status, "this machine and its centre; exit 1 when acts wait too long"
    )
    state.add_argument(
        "--oldest",
        type=int,
        default=OLD_SECONDS,
        metavar="S",
        help=f"acts may wait so long; else {OLD_SECONDS}",
    )
    sync = add_command(
        parsers, "sync", sync_once, "send and fetch until nothing is left; exit 1 when cut off"
    )
    sync.add_argument("--once", action="store_true", required=True, help="one round, without a keeper")
    sync.add_argument(
        "--seconds", type=float, default=SYNC_SECONDS, metavar="S", help="give up after so long"
    )

    staff = add_group(parsers, "staff", "the hall's staff")
    pin = add_command(staff, "pin", set_pin, "set a PIN: the first line of standard input", journal=True)
    pin.add_argument("badge", metavar="BADGE")
    add_command(staff, "posts", posts, "who signs where; exit 1 when a department's cases nobody can approve")


def _add_devices(group: Any) -> None:
    invite_ = add_command(
        group, "invite", invite, "at the centre: a one-time invitation for a machine", journal=True
    )
    invite_.add_argument("device", metavar="DEVICE", help="the machine's code, as it stands in numbers")
    invite_.add_argument("--role", choices=[role for role in ROLES if role != "centre"], default="counter")
    invite_.add_argument("--name", default="", help="what people call it")
    invite_.add_argument(
        "--minutes", type=int, default=MINUTES, help=f"it is good for so long; else {MINUTES}"
    )
    invite_.add_argument("--hub", default="", metavar="HOST:PORT", help="where the machine reaches the hub")
    invite_.add_argument("--replaces", action="store_true", help="it takes the place of the one enrolled now")
    enrol_ = add_command(group, "enrol", enrol, "make this machine one of the hall that invites it")
    enrol_.add_argument("invitation", metavar="INVITATION")
    revoke_ = add_command(
        group, "revoke", revoke, "at the centre: a machine's key counts no more", journal=True
    )
    revoke_.add_argument("device", metavar="DEVICE")
    revoke_.add_argument("--cause", required=True, help="why, for the journal")
    add_command(group, "list", list_, "the hall's machines and how they stand")


def invite(call: Call) -> int:
    given = call.arguments
    with call.hall_machine.centre(call.home) as centre:
        code = centre.enrolling.invite(
            given.device, given.role, given.name, given.minutes, call.actor.staff, replaces=given.replaces
        )
    text = call.hall_machine.invitation(call.home, code, given.hub)
    t = call.t
    answer = {"invitation": text, "device": given.device, "role": given.role, "minutes": given.minutes}
    call.say(
        answer,
        [
            t(
                "For machine {device}, good for {minutes} minutes, once:",
                device=given.device,
                minutes=given.minutes,
            ),
            "",
            f"    {text}",
            "",
            *call.hall_machine.invitation_code(text).splitlines(),
            t("On the machine: `counter-app device enrol INVITATION`"),
        ],
    )
    return DONE


def enrol(call: Call) -> int:
    joined = call.hall_machine.enrol(call.arguments.invitation, call.home)
    call.say(_joined(joined), _told(joined, call.t))
    return DONE


def replace_counter(call: Call) -> int:
    given = call.arguments
    joined = call.hall_machine.replace_counter(
        Replacing(given.source, given.recovery_key, given.invitation, call.home)
    )
    t = call.t
    lines = _told(joined, t)
    if given.source is None:
        lines.append(t("Nothing of the broken machine was given: what it had not sent is not here."))
    else:
        lines.append(
            t(
                "Recovered acts: {sent} sent as they were, {anew} entered anew.",
                sent=joined.recovered,
                anew=joined.entered_anew,
            )
        )
    call.say(_joined(joined), lines)
    return DONE


def _joined(joined: Joined) -> dict[str, object]:
    return {
        "home": str(joined.home.path),
        "hall": joined.home.hall,
        "device": joined.home.device,
        "role": joined.home.role,
        "name": joined.name,
        "training": joined.home.training,
        "epoch": joined.epoch,
        "hall_seq": joined.events,
        "sent": joined.sent,
        "recovered": joined.recovered,
        "entered_anew": joined.entered_anew,
        "filled": joined.filled,
        "differences": joined.differences,
    }


def _told(joined: Joined, t: Translator) -> list[str]:
    home = joined.home
    lines = [
        t(
            "{path} is machine {device} ({role}) of {hall} now.",
            path=str(home.path),
            device=home.device,
            role=t(DEVICE_ROLES[home.role]),
            hall=home.hall,
        ),
        t("Fetched up to place {place}; sent {sent} acts.", place=joined.events, sent=joined.sent)
        if joined.filled
        else t("Not everything is here yet; the keeper goes on fetching."),
    ]
    if joined.differences:
        lines.append(t("The hall's reference data is in force; these of this home gave way:"))
        lines += [f"  {kind}: {', '.join(keys)}" for kind, keys in joined.differences.items()]
    return lines


def revoke(call: Call) -> int:
    given = call.arguments
    with call.hall_machine.centre(call.home) as centre:
        centre.enrolling.revoke(given.device, given.cause, call.actor.staff)
    call.say(
        {"device": given.device, "revoked": True},
        [call.t("Machine {device} is revoked.", device=given.device)],
    )
    return DONE


def list_(call: Call) -> int:
    rows = call.hall_machine.devices(call.home)
    call.say(rows, [_line(row, call.t) for row in rows] or [call.t("No machine is enrolled.")])
    return DONE


def _line(row: DeviceStanding, t: Translator) -> str:
    if row.revoked:
        stands = t("revoked")
    elif not row.last_contact:
        stands = t("never heard of")
    else:
        heard = datetime.fromisoformat(row.last_contact).strftime("%m-%d %H:%M:%S")
        stands = t("heard of {time}, unsent {count}", time=heard, count=row.unsent)
    return " · ".join((row.device, row.name, t(DEVICE_ROLES.get(row.role, row.role)), stands))


def set_pin(call: Call) -> int:
    """The PIN never stands among the words of a command: everybody on the machine can read those."""
    badge = call.arguments.badge
    with call.program() as program:
        if program.plan().member(badge) is None:
            raise UserFacingError(
                "staff.unknown",
                "Nobody of this hall has the badge {badge}.",
                kept="Nothing was changed.",
                remedy="Look at the staff in the hall's plan.",
                badge=badge,
            )
        program.credentials.set_pin(call.actor, call.key, badge, sys.stdin.readline().strip())
    call.say({"badge": badge}, [call.t("The PIN of {badge} is set.", badge=badge)])
    return DONE


def status(call: Call) -> int:
    state = call.hall_machine.state(call.home)
    call.say(state, _state_lines(state, call.t))
    return NO if state.oldest_seconds > call.arguments.oldest or state.centre.state in STOPPED else DONE


STOPPED: Final = ("out_of_step", "revoked")


def _state_lines(state: MachineState, t: Translator) -> list[str]:
    centre = state.centre
    lines = [
        f"{state.hall} · {state.device} · {t(DEVICE_ROLES[state.role])}"
        + (f" · {t('training')}" if state.training else ""),
        t("Centre: {state}", state=t(STATES[centre.state]))
        + (f" ({centre.reason})" if centre.reason else ""),
    ]
    if state.centre_url:
        lines += [
            t(
                "Acts not sent: {count}, the oldest {seconds} s old",
                count=centre.unsent,
                seconds=state.oldest_seconds,
            ),
            t("Last agreement: {time}", time=centre.agreed_at or "—"),
            t(
                "The hall's place here: {place}; own epoch {epoch}, act {seq}",
                place=centre.hall_seq,
                epoch=state.epoch,
                seq=state.seq,
            ),
        ]
    if state.set_aside:
        lines.append(t("Acts set aside, still to be entered anew: {count}", count=state.set_aside))
    lines += [
        t("Keeper: {state}", state=t("runs") if state.keeper else t("does not run")),
        t(
            "Printer: {state}; papers not printed yet: {count}",
            state=state.printer or "—",
            count=state.jobs_open,
        ),
    ]
    if state.key_warning:
        lines.append(t(state.key_warning))
    return lines


def sync_once(call: Call) -> int:
    done = call.hall_machine.sync_once(call.home, call.arguments.seconds)
    t = call.t
    said = [t("Centre: {state}", state=t(STATES[done.state.state]))]
    if done.by_keeper:
        said.append(t("The home's keeper does it."))
    call.say({**_state(done.state), "by_keeper": done.by_keeper}, said)
    return DONE if done.state.state in ("in_step", "alone") else NO


def _state(state: Any) -> dict[str, object]:
    return {name: getattr(state, name) for name in state.__dataclass_fields__}


def posts(call: Call) -> int:
    """Posts that prepare, approve and approve finally; then what is still to be set up (mission: C9, H5)."""
    with call.program() as program:
        plan, catalogue, today = program.plan(), program.catalogue(), program.clock.now().date()
    lacking = c9_lacking(plan, catalogue.current(today))
    levelled = [post for post in plan.posts if post.level]
    t, names = call.t, {one.code: one.name for one in plan.departments}
    lines = [_post(post, plan, names, t) for post in levelled]
    lines += [
        t("No post signs “{step}” in {department}.", step=t(SIGNED[kind]), department=names[code])
        for code, kind in lacking
    ]
    call.say({"posts": levelled, "lacking": lacking}, lines)
    return NO if lacking else DONE


def _post(post: Post, plan: HallPlan, names: Mapping[str, str], t: Translator) -> str:
    people = [member.name for badge in (post.a, post.b) if (member := plan.member(badge)) is not None]
    level = t(LEVEL_WORDS[post.level]) if post.level else ""
    return "  ".join((names.get(post.department, post.department), post.name, level, " / ".join(people)))
