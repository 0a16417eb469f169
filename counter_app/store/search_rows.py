"""Searching the token table `(token, rank, kind, ref)`: seeks only, newest first.

A query is several tokens, all of which must hold. The rarest one leads (counted up to a bound), and
its newest entries are checked against the others, so the work is bounded at any size of the store:
a prefix index with a sort took 43–212 ms at 1,000,000 cases, this some tenths of one. What is older
than the newest `SCANNED` entries of even the rarest token is not found: type one character more.
Not here: making tokens (`use_cases/intake/tokens.py`), writing them (`Transaction.index`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, exists, func, select

from counter_app.store.query import Prepared, Query, prepared
from counter_app.store.schema import tokens as table
from counter_app.use_cases.ports.cases import Found

SCANNED: Final = 1000
MOST_TOKENS: Final = 5

_t = table.alias("lead")
_COUNT: Final = prepared(
    select(func.count()).select_from(
        select(_t.c.rank).where(_t.c.token == bindparam("token")).limit(SCANNED).subquery()
    )
)


def _find_statement(others: int) -> Prepared:
    """Entries of the leading token that stand under each of `others` further tokens as well."""
    lead = (
        select(_t.c.rank, _t.c.kind, _t.c.ref)
        .where(_t.c.token == bindparam("t0"))
        .order_by(_t.c.rank)
        .limit(SCANNED)
        .subquery()
    )
    found = select(lead.c.kind, lead.c.ref)
    for place in range(1, others + 1):
        other = table.alias(f"other{place}")
        found = found.where(
            exists().where(
                other.c.token == bindparam(f"t{place}"),
                other.c.rank == lead.c.rank,
                other.c.kind == lead.c.kind,
                other.c.ref == lead.c.ref,
            )
        )
    return prepared(found.order_by(lead.c.rank).limit(bindparam("most")))


_FIND: Final = tuple(_find_statement(others) for others in range(MOST_TOKENS))


def find(query: Query, tokens: Sequence[str], most: int) -> tuple[Found, ...]:
    """The newest `most` subjects that stand under every token. More than five tokens: the rarest five."""
    if not tokens:
        return ()
    asked = list(dict.fromkeys(tokens))
    if len(asked) > 1:
        counted = [(row[0] if (row := query.one(_COUNT, token=token)) else 0, token) for token in asked]
        counted.sort(key=lambda entry: entry[0])
        if counted[0][0] == 0:
            return ()
        asked = [token for _, token in counted[:MOST_TOKENS]]
    places = {f"t{place}": token for place, token in enumerate(asked)}
    return tuple(Found(*row) for row in query.all(_FIND[len(asked) - 1], **places, most=most))
