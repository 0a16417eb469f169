"""001 · The hall's tables, month by month where they grow, and row security on all of them.

The order of texts is that of their bytes (`COLLATE "C"`), as in SQLite. PostgreSQL cannot hold a key unique
over partitions without the month in it, so `places` guards what must be unique over all time.
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES: Final = """
CREATE TABLE hall_roles (
    role name PRIMARY KEY,
    hall text COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE halls (
    hall text COLLATE "C" PRIMARY KEY,
    centre text COLLATE "C" NOT NULL,
    hall_seq bigint NOT NULL,
    root bytea NOT NULL,
    at text COLLATE "C" NOT NULL,
    hlc bigint NOT NULL,
    rules integer NOT NULL,
    published bigint NOT NULL,
    secrets bigint NOT NULL
);

CREATE TABLE events (
    hall text COLLATE "C" NOT NULL,
    hall_seq bigint NOT NULL,
    device text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    seq bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    at text COLLATE "C" NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    root bytea NOT NULL CHECK (length(root) = 32),
    data bytea NOT NULL,
    CHECK (seq > 0 AND hall_seq > 0)
) PARTITION BY RANGE (at);
CREATE INDEX events_order ON events (hall, hall_seq);
CREATE INDEX events_chain ON events (hall, device, epoch, seq);

CREATE TABLE places (
    hall text COLLATE "C",
    hall_seq bigint,
    device text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (hall, hall_seq),
    UNIQUE (hall, device, epoch, seq)
);

CREATE TABLE subjects (
    hall text COLLATE "C",
    subject text COLLATE "C",
    hall_seq bigint,
    at text COLLATE "C" NOT NULL,
    PRIMARY KEY (hall, subject, hall_seq, at)
) PARTITION BY RANGE (at);

CREATE TABLE parts (
    hall text COLLATE "C",
    hall_seq bigint,
    slot text COLLATE "C",
    at text COLLATE "C" NOT NULL,
    sealed bytea,
    PRIMARY KEY (hall, hall_seq, slot, at)
) PARTITION BY RANGE (at);

CREATE TABLE keys (
    hall text COLLATE "C",
    device text COLLATE "C",
    key text COLLATE "C",
    epoch integer,
    seq bigint,
    PRIMARY KEY (hall, device, key, epoch, seq)
);

CREATE TABLE chains (
    hall text COLLATE "C",
    device text COLLATE "C",
    epoch integer,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (hall, device, epoch)
);

CREATE TABLE devices (
    hall text COLLATE "C",
    device text COLLATE "C",
    role text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    public text COLLATE "C" NOT NULL,
    epoch integer NOT NULL,
    token text COLLATE "C" NOT NULL,
    offered text COLLATE "C" NOT NULL,
    revoked integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    PRIMARY KEY (hall, device)
);

CREATE TABLE invitations (
    hall text COLLATE "C",
    digest text COLLATE "C",
    device text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    expires text COLLATE "C" NOT NULL,
    PRIMARY KEY (hall, digest)
);

CREATE TABLE batches (
    hall text COLLATE "C",
    device text COLLATE "C",
    epoch integer,
    first bigint,
    last bigint NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (hall, device, epoch, first)
);

CREATE TABLE published (
    hall text COLLATE "C",
    kind text COLLATE "C",
    key text COLLATE "C",
    version bigint,
    hall_seq bigint NOT NULL,
    body bytea,
    PRIMARY KEY (hall, kind, key, version)
);
CREATE INDEX published_at ON published (hall, hall_seq);

CREATE TABLE secrets (
    hall text COLLATE "C",
    name text COLLATE "C",
    version bigint NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (hall, name)
);
CREATE INDEX secrets_version ON secrets (hall, version);

CREATE TABLE notes (
    hall text COLLATE "C",
    key text COLLATE "C",
    value bytea NOT NULL,
    PRIMARY KEY (hall, key)
);

CREATE TABLE folds (
    hall text COLLATE "C",
    kind text COLLATE "C",
    id text COLLATE "C",
    fold bytea NOT NULL,
    alive integer,
    PRIMARY KEY (hall, kind, id)
);
CREATE INDEX folds_alive ON folds (hall, kind, id) WHERE alive IS NOT NULL;

CREATE TABLE waits (
    hall text COLLATE "C",
    pool text COLLATE "C",
    place text COLLATE "C",
    id text COLLATE "C",
    PRIMARY KEY (hall, pool, place, id)
);
"""

_FUNCTIONS: Final = """
CREATE FUNCTION own_hall() RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT hall FROM public.hall_roles WHERE role = current_user $$;

CREATE FUNCTION keep_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.places SELECT hall, hall_seq, device, epoch, seq FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_places AFTER INSERT ON events
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION keep_places();

CREATE FUNCTION only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.hall_seq < OLD.hall_seq OR NEW.at < OLD.at THEN
        RAISE EXCEPTION 'the order of a hall never goes back' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_forward BEFORE UPDATE ON halls FOR EACH ROW EXECUTE FUNCTION only_forward();

CREATE FUNCTION only_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sealed IS NOT NULL THEN
        RAISE EXCEPTION 'a private part can be emptied, not changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_emptied BEFORE UPDATE ON parts FOR EACH ROW EXECUTE FUNCTION only_emptied();

CREATE FUNCTION need_month(month text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    base text;
    part text;
    beyond text;
BEGIN
    IF month !~ '^20[2-9][0-9]-(0[1-9]|1[0-2])$' OR month > to_char(current_date + 1100, 'YYYY-MM') THEN
        RAISE EXCEPTION 'no month to keep events in: %', month USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('need_month', 0));
    beyond := to_char(to_date(month, 'YYYY-MM') + interval '1 month', 'YYYY-MM');
    FOREACH base IN ARRAY ARRAY['events', 'subjects', 'parts'] LOOP
        part := base || '_' || translate(month, '-', '_');
        IF to_regclass('public.' || part) IS NULL THEN
            EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING CONSTRAINTS)', part, base);
            -- nobody but the owner has any right to it: halls go through the whole table
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
            EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                           base, part, month, beyond);
        END IF;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION need_month(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION need_month(text) TO counter_halls;
"""

# What a hall's role may do beside reading: the journal and what proves it are only ever added to.
_RIGHTS: Final = {
    "events": "INSERT",
    "places": "INSERT",
    "subjects": "INSERT",
    "parts": "INSERT, UPDATE (sealed)",
    "keys": "INSERT",
    "published": "INSERT",
    "batches": "INSERT, UPDATE",
    "halls": "INSERT, UPDATE",
    "chains": "INSERT, UPDATE",
    "devices": "INSERT, UPDATE",
    "secrets": "INSERT, UPDATE",
    "invitations": "INSERT, UPDATE, DELETE",
    "notes": "INSERT, UPDATE, DELETE",
    "folds": "INSERT, UPDATE, DELETE",
    "waits": "INSERT, UPDATE, DELETE",
}

_POLICIES: Final = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON {table} TO counter_halls
    USING (hall = (SELECT own_hall())) WITH CHECK (hall = (SELECT own_hall()));
CREATE POLICY owner ON {table} TO counter_owner USING (true) WITH CHECK (true);
GRANT SELECT, {rights} ON {table} TO counter_halls;
"""

_ROLES: Final = """
ALTER TABLE hall_roles ENABLE ROW LEVEL SECURITY;
ALTER TABLE hall_roles FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON hall_roles FOR SELECT TO counter_halls USING (role = current_user);
CREATE POLICY owner ON hall_roles TO counter_owner USING (true) WITH CHECK (true);
GRANT SELECT ON hall_roles, alembic_version TO counter_halls;
"""


def upgrade() -> None:
    connection = op.get_bind().execution_options(no_parameters=True)
    connection.exec_driver_sql(_TABLES)
    connection.exec_driver_sql(_FUNCTIONS)
    connection.exec_driver_sql(_ROLES)
    for table, rights in _RIGHTS.items():
        connection.exec_driver_sql(_POLICIES.format(table=table, rights=rights))


def downgrade() -> None:
    connection = op.get_bind().execution_options(no_parameters=True)
    connection.exec_driver_sql(f"DROP TABLE {', '.join(_RIGHTS)}, hall_roles")
    for function in ("own_hall()", "keep_places()", "only_forward()", "only_emptied()", "need_month(text)"):
        connection.exec_driver_sql(f"DROP FUNCTION {function}")
    connection.exec_driver_sql("REVOKE ALL ON alembic_version FROM counter_halls")
