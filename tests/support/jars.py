"""A room that only tests know: jars that beans are put into."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BLOB, TEXT, Column, Integer, MetaData, Table

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.store.projections import Projection


class JarFact(Fact):
    jar: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"jar:{self.jar}",)


class JarOpened(JarFact):
    label: str = ""


class BeansAdded(JarFact):
    beans: int


@dataclass(frozen=True, slots=True)
class Jar:
    id: str
    label: str
    beans: int = 0


def fold_jar(jar: Jar | None, event: Recorded) -> Jar | None:
    match event.fact:
        case JarOpened(jar=id, label=label):
            return Jar(id, label)
        case BeansAdded(beans=beans) if jar is not None:
            return Jar(jar.id, jar.label, jar.beans + beans)
    return jar


JARS = Stream("jar", Jar, fold_jar)
# A table of its own metadata: the shared one must hold only what the program has.
TABLE = Table(
    "jars",
    MetaData(),
    Column("id", TEXT, primary_key=True),
    Column("fold", BLOB, nullable=False),
    Column("beans", Integer, nullable=False),
)
JAR_ROWS = Projection(JARS, TABLE, lambda jar: {"beans": jar.beans})
CREATE_JARS = "CREATE TABLE IF NOT EXISTS jars (id TEXT PRIMARY KEY, fold BLOB NOT NULL, beans INTEGER)"
