"""What a person does who has the rows as CSV files already: the script that loads them, and the one that exports them.

It is one transaction, psql's ``\\copy`` in the tables' order, columns that close a cycle of foreign keys left out and
set by one UPDATE from a staging table, and the sequences brought past the rows. Order, cycles and sequences are read
off seedfast's plan, so that nobody has to write them for each schema.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks import processes
from seedfast.load.statements import columns
from seedfast.names import QualifiedName, quote
from seedfast.plan.spec import GenerationPlan, Method, Postponed, Source


@dataclass(frozen=True)
class Copy:
    """A COPY between a table, or a query in parentheses, and a CSV file of the client."""

    what: str
    direction: str
    file: Path

    @property
    def sql(self) -> str:
        end = "STDIN" if self.direction == "FROM" else "STDOUT"
        return f"COPY {self.what} {self.direction} {end} (FORMAT csv)"

    @property
    def psql(self) -> str:
        return f"\\copy {self.what} {self.direction} '{self.file}' (FORMAT csv)"


@dataclass(frozen=True)
class ByHand:
    """The scripts for the rows of a plan, and a folder for the files."""

    plan: GenerationPlan
    folder: Path

    @property
    def tables(self) -> list[QualifiedName]:
        """The tables that get rows, in the order in which they are loaded."""
        if any(step.method is Method.TOGETHER for step in self.plan.steps):
            raise SystemExit("Rows in a ring of foreign keys that can't wait are not for a script of COPYs.")
        return [name for step in self.plan.steps for name in step.tables if self.plan.table(name).rows]

    def export(self) -> Iterator[str | Copy]:
        """Yield what writes the seeded tables as CSV files."""
        moved = {postponed.table: postponed for postponed in self._postponed()}
        for name in self.tables:
            # An UPDATE that seeding ended with has moved rows; by hand they come in the order they were made in.
            order = f" ORDER BY {columns(moved[name].identity)}" if name in moved else ""
            query = f"(SELECT {self._listed(name)} FROM {name.sql}{order})"
            yield Copy(query, "TO", self._file(name))
        for number, postponed in enumerate(self._postponed()):
            set_any = " OR ".join(f"{quote(column)} IS NOT NULL" for column in postponed.columns)
            ordered = f"WHERE {set_any} ORDER BY {columns(postponed.identity)}"
            yield Copy(f"(SELECT {_staged(postponed)} FROM {postponed.table.sql} {ordered})", "TO", self._late(number))

    def load(self) -> Iterator[str | Copy]:
        """Yield what loads the files."""
        yield "BEGIN"
        number = 0
        for step in self.plan.steps:
            for name in step.tables:
                if self.plan.table(name).rows:
                    yield Copy(f"{name.sql} ({self._listed(name)})", "FROM", self._file(name))
            for postponed in step.postponed:
                table, listed = postponed.table.sql, _staged(postponed)
                staged = f"staged_{number}"
                yield f"CREATE TEMPORARY TABLE {staged} ON COMMIT DROP AS SELECT {listed} FROM {table} WITH NO DATA"
                yield Copy(f"{staged} ({listed})", "FROM", self._late(number))
                values = ", ".join(f"{quote(column)} = s.{quote(column)}" for column in postponed.columns)
                same = " AND ".join(f"t.{quote(column)} = s.{quote(column)}" for column in postponed.identity)
                yield f"UPDATE {table} AS t SET {values} FROM {staged} AS s WHERE {same}"
                number += 1
        loaded = set(self.tables)
        for one in self.plan.sequences:
            if one.table in loaded:
                last = "max" if one.increment > 0 else "min"
                yield f"SELECT setval('{one.sequence.sql}', {last}({quote(one.column)})) FROM {one.table.sql}"
        yield "COMMIT"

    def _listed(self, name: QualifiedName) -> str:
        late = {column for postponed in self._postponed() if postponed.table == name for column in postponed.columns}
        kept = [one.name for one in self.plan.table(name).columns if one.source is not Source.SERVER]
        return columns([column for column in kept if column not in late])

    def _postponed(self) -> list[Postponed]:
        return [postponed for step in self.plan.steps for postponed in step.postponed]

    def _file(self, name: QualifiedName) -> Path:
        return self.folder / f"{name}.csv"

    def _late(self, number: int) -> Path:
        return self.folder / f"staged-{number}.csv"


def _staged(postponed: Postponed) -> str:
    return columns([*postponed.identity, *postponed.columns])


def run(script: Sequence[str | Copy], dsn: str, folder: Path) -> int:
    """Run a script with psql, or without it where there is none; return the memory that psql held, in MB."""
    psql = shutil.which("psql")
    if psql is None:
        _run_with_psycopg(script, dsn)
        return 0
    file = folder / "script.sql"
    file.write_text("".join(f"{s.psql}\n" if isinstance(s, Copy) else f"{s};\n" for s in script))
    return processes.run([psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={file}", dsn]).peak


def _run_with_psycopg(script: Sequence[str | Copy], dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in script:
            if isinstance(statement, str):
                cursor.execute(statement.encode())
                continue
            with cursor.copy(statement.sql.encode()) as copy:
                if statement.direction == "TO":
                    with statement.file.open("wb") as out:
                        for data in copy:
                            out.write(data)
                else:
                    with statement.file.open("rb") as source:
                        while data := source.read(1 << 20):
                            copy.write(data)
