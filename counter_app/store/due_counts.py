"""The late board's roll-up: how much is due on which day, by department, step and cause (mission: S1).

Triggers on the tables of clocks and of work keep it: old row → new row, inside whatever act, taking in or
parting writes the row. Cases count under no step and no cause. Not here: the board (`use_cases/time`).
"""

from __future__ import annotations

from typing import Final

TABLE: Final = """CREATE TABLE IF NOT EXISTS due_counts (
    due TEXT, department TEXT, step TEXT, cause TEXT, n INTEGER NOT NULL,
    PRIMARY KEY (due, department, step, cause)
) WITHOUT ROWID"""
DUE_BY: Final = "SELECT department, step, cause, due, n FROM due_counts WHERE due <= :until"
KEPT: Final = "SELECT department, step, cause, due, n FROM due_counts"
COUNTED: Final = (
    "SELECT department, '', '', due, count(*) FROM clocks WHERE due IS NOT NULL GROUP BY due, department "
    "UNION ALL SELECT department, name, kind, due, count(*) FROM tasks WHERE due IS NOT NULL "
    "GROUP BY due, department, name, kind"
)


def rolled_up(table: str, step: str = "", cause: str = "") -> tuple[str, ...]:
    """Statements for a table just made, still empty: its counts begin anew, triggers keep them. `step` and
    `cause` are its columns, none for cases."""
    columns = ", ".join(name for name in ("due", "department", step, cause) if name)
    more, less = _more(step, cause), _less(step, cause)
    return (
        TABLE,
        f"DELETE FROM due_counts WHERE cause {'<>' if cause else '='} ''",
        f"CREATE TRIGGER {table}_more AFTER INSERT ON {table} WHEN new.due IS NOT NULL BEGIN {more}; END",
        f"CREATE TRIGGER {table}_less AFTER DELETE ON {table} WHEN old.due IS NOT NULL BEGIN {less}; END",
        f"CREATE TRIGGER {table}_moved AFTER UPDATE OF {columns} ON {table} BEGIN {less}; {more}; END",
    )


def _more(step: str, cause: str) -> str:
    return (
        f"INSERT INTO due_counts SELECT new.due, new.department, {_of('new', step)}, {_of('new', cause)}, 1 "
        "WHERE new.due IS NOT NULL ON CONFLICT DO UPDATE SET n = n + 1"
    )


def _less(step: str, cause: str) -> str:
    key = (
        f"due = old.due AND department = old.department AND step = {_of('old', step)} "
        f"AND cause = {_of('old', cause)}"
    )
    return f"UPDATE due_counts SET n = n - 1 WHERE {key}; DELETE FROM due_counts WHERE {key} AND n = 0"


def _of(row: str, column: str) -> str:
    return f"{row}.{column}" if column else "''"
