"""002 · Segments: closed months of the order, packed, so that their partitions can go.

Down again, what lies in segments is laid back into its months.
"""

from __future__ import annotations

from alembic import op

from counter_app.store.centre.archive import unpack_all

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE segments (
    hall text COLLATE "C",
    first bigint,
    last bigint NOT NULL CHECK (last >= first),
    month text COLLATE "C" NOT NULL,
    root bytea NOT NULL CHECK (length(root) = 32),
    digest bytea NOT NULL CHECK (length(digest) = 32),
    packed bytea NOT NULL,
    PRIMARY KEY (hall, first)
);
ALTER TABLE segments ALTER COLUMN packed SET STORAGE EXTERNAL;
ALTER TABLE segments ENABLE ROW LEVEL SECURITY;
ALTER TABLE segments FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON segments FOR SELECT TO counter_halls USING (hall = (SELECT own_hall()));
CREATE POLICY owner ON segments TO counter_owner USING (true) WITH CHECK (true);
GRANT SELECT ON segments TO counter_halls;
"""


def upgrade() -> None:
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(_UP)


def downgrade() -> None:
    unpack_all(op.get_bind())
    op.execute("DROP TABLE segments")
