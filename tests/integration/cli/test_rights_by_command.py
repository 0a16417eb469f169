"""What a badge may do by command: the same as at the counter, as a table over roles (mission: H3, X3, C1)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Final

import pytest

from counter_app.cli.main import parser
from counter_app.cli.rights import NEEDED, OF_COMMAND
from counter_app.domain.hall.rights import Right, rights_of
from tests.integration.cli.conftest import Commands

ROLES: Final = {
    "inquiry": "1001",
    "intake": "1002",
    "handling": "1009",
    "supervision": "1011",
    "admin": "1012",
}
# One command for each right, of a case that is not there: whoever may is told that, and nothing is changed.
TRIED: Final[dict[Right, tuple[str, ...]]] = {
    "ticket.call": ("ticket", "recall", "--counter", "3"),
    "ticket.void": ("ticket", "void", "Z999", "--reason", "x", "--counter", "3"),
    "case.open": ("project", "file", "none", "P-1", "approval"),
    "case.decide": ("case", "decide", "none", "accept"),
    "result.deliver": ("result", "record", "none", "--number", "1"),
    "fee.take": ("fees", "pay", "none", "cash"),
    "fee.refund": ("fees", "drop", "none", "--reason", "x"),
    "case.archive": ("archive", "close", "none"),
    "case.reopen": ("archive", "open", "none", "--reason", "x"),
    "paper.reprint": ("paper", "reprint", "none", "--reason", "x"),
}
# Who acts is asked by the use case; or the badge only says for whom a list is made.
OWN_RULES: Final = ("work ", "clock ", "late ")
LISTS: Final = frozenset({"case list", "tell list", "project list", "fees owed", "archive list"})
FREE: Final = frozenset(
    {
        "ticket rate",  # the citizen's
        "case show",  # each look at a person is recorded with its reason
        "case picture show",
        "case card pdf",
        "case card png",
        "conflict settle",  # by those it concerns
        "paper retry",  # a paper that was issued comes out
        "paper print-now",
        "paper drop",
        "paper confirm",
        "paper came-out",
        "paper print",
        "paper guide",
        "paper signature",  # reading is free, signing asks for its right
        "application export-all",
        "device invite",  # at the centre's own machine
        "device revoke",
    }
)


def commands(given: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every command that takes a badge."""
    below = [action for action in given._actions if isinstance(action, argparse._SubParsersAction)]
    for action in below:
        for one in action.choices.values():
            yield from commands(one)
    if not below and any(action.dest == "staff" for action in given._actions):
        yield given


def test_every_command_that_takes_a_badge_has_its_right_or_its_reason_for_none() -> None:
    taking = {one.prog.partition(" ")[2] for one in commands(parser())}
    free = {name for name in taking if name.startswith(OWN_RULES) and name not in OF_COMMAND}
    assert set(OF_COMMAND) <= taking
    assert taking - set(OF_COMMAND) - free == LISTS | FREE


@pytest.mark.parametrize("right", TRIED)
def test_a_badge_may_do_by_command_what_its_role_may(app: Commands, right: Right) -> None:
    command = " ".join(TRIED[right])
    assert any(command.startswith(name) for name in NEEDED[right])
    refused = {}
    for role, badge in ROLES.items():
        answer = app(*TRIED[right], "--staff", badge, "--json")
        refused[role] = "access.no-right" in answer.error
    assert refused == {role: right not in rights_of([role]) for role in ROLES}
