"""003 · Pictures as they were sealed on a device, in pieces; what is erased is deleted.

Down again, the pieces are gone: the devices that took the pictures still have them.
"""

from __future__ import annotations

from alembic import op

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE blobs (
    hall text COLLATE "C",
    digest text COLLATE "C",
    at bigint,
    data bytea NOT NULL,
    PRIMARY KEY (hall, digest, at)
);
ALTER TABLE blobs ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE blobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE blobs FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON blobs TO counter_halls
    USING (hall = (SELECT own_hall())) WITH CHECK (hall = (SELECT own_hall()));
CREATE POLICY owner ON blobs TO counter_owner USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON blobs TO counter_halls;
"""


def upgrade() -> None:
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(_UP)


def downgrade() -> None:
    op.execute("DROP TABLE blobs")
