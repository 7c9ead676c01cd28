"""What is asked of every schema in the zoo, and the comments in its file that say where the answer differs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from seedfast import pipeline
from seedfast.names import quote
from seedfast.plan.spec import Status

NOW = datetime(2026, 3, 1)
ROWS = 30

_DIRECTIVE = re.compile(r"^-- (rows|more|free|parent|unfillable|gap|extension|needs|server|role|set|volatile): (.+)$")


@dataclass(frozen=True)
class Specimen:
    """A schema, and what its comments expect of it.

    ``-- rows: t=3`` a key caps the table; ``-- free: t`` it holds some rows, as many as come; ``-- more: t=0`` what a
    run that appends adds to it; ``-- parent: t`` holds rows from the start; ``-- unfillable: t`` no row can satisfy it;
    ``-- gap: t`` is not filled, for a reason that a finding names; ``-- role: r`` is who seeds, and
    ``-- set: app.tenant=1`` with which settings; ``-- volatile: t`` the server fills columns with what differs from run
    to run. ``-- extension: x``, ``-- server: 15`` and ``-- needs: SELECT ..``, a query that finds a row, tell which
    servers can hold the schema.
    """

    name: str
    ddl: str
    rows: dict[str, int]
    more: dict[str, int]
    free: frozenset[str]
    parent: frozenset[str]
    unfillable: frozenset[str]
    gap: frozenset[str]
    extension: frozenset[str]
    volatile: frozenset[str]
    server: int
    needs: str | None
    role: str | None
    session: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> Specimen:
        """Return what a file says."""
        ddl = path.read_text("utf-8")
        assert ddl.startswith("-- "), f"{path.name} doesn't begin with what it is about"
        found: dict[str, list[str]] = {}
        for line in ddl.splitlines():
            if told := _DIRECTIVE.match(line):
                found.setdefault(told[1], []).extend(told[2].split(", "))
        counts = {kind: dict(_count(part) for part in found.get(kind, ())) for kind in ("rows", "more")}
        names = {
            kind: frozenset(found.get(kind, ()))
            for kind in ("free", "parent", "unfillable", "gap", "extension", "volatile")
        }
        server = int(found.get("server", ["14"])[0])
        session = dict(part.split("=", 1) for part in found.get("set", ()))
        one = {kind: found[kind][0] if kind in found else None for kind in ("needs", "role")}
        return cls(path.stem, ddl, **counts, **names, server=server, session=session, **one)

    def missing(self, dsn: str) -> str | None:
        """Return what a server lacks to hold the schema, None where it lacks nothing."""
        with psycopg.connect(dsn, autocommit=True) as connection:
            if connection.info.server_version // 10_000 < self.server:
                return f"PostgreSQL {self.server}"
            offered = {row[0] for row in connection.execute("SELECT name FROM pg_available_extensions")}
            if self.extension - offered:
                return ", ".join(sorted(self.extension - offered))
            try:
                found = self.needs is None or connection.execute(self.needs.encode()).fetchone() is not None
            except psycopg.errors.FeatureNotSupported:
                found = False
            return None if found else f"row for {self.needs}"

    def judge(self, make: Callable[[str], str], *, twice: bool = True, grow: bool = True) -> None:
        """Seed, in databases that ``make`` creates; an AssertionError tells what failed.

        With ``twice`` another database must come out alike; with ``grow`` the first is seeded again, and appended to.
        """
        dsn = make(self.ddl)
        self._fill(dsn)
        first = contents(dsn)
        if twice:
            twin = make(self.ddl)
            self._fill(twin)
            other = contents(twin)
            differ = {table for table, digest in first.items() if digest != other[table]}
            _same(differ - self.volatile, set(), "two runs differ")
        if grow:
            self._grow(dsn, first)

    def _grow(self, dsn: str, first: dict[str, str]) -> None:
        again = pipeline.execute(pipeline.prepare(self._request(dsn)))
        assert again.committed
        _same({t.name.name: t.inserted for t in again.tables if t.inserted}, {}, "a second run adds rows")
        _same(contents(dsn), first, "a second run changes rows")
        self._append(dsn)

    def _request(self, dsn: str, **changes: object) -> pipeline.Request:
        if self.role is not None:
            dsn = make_conninfo(dsn, options=f"-c role={self.role}")
        return pipeline.Request(dsn, NOW, **{"rows": ROWS, "session": self.session, **changes})

    def _fill(self, dsn: str) -> None:
        outcome = pipeline.execute(pipeline.prepare(self._request(dsn)))
        _expect_honest(outcome, self.gap, self.free)
        expected = {}
        for table in outcome.tables:
            name = table.name.name
            none = name in self.gap or name in self.unfillable or name in self.parent
            some = table.inserted if name in self.free and table.inserted else ROWS
            if "for each of" in table.reason:
                # Parts are more than their wholes, and as many as the plan says.
                some = max(some, table.planned)
            expected[str(table.name)] = 0 if none else self.rows.get(name, some)
        _same({str(t.name): t.inserted for t in outcome.tables}, expected, "rows")
        _same({t.name.name for t in outcome.tables if t.status == Status.UNFILLABLE}, self.unfillable, "unfillable")
        expect_sound(dsn)

    def _append(self, dsn: str) -> None:
        outcome = pipeline.execute(pipeline.prepare(self._request(dsn, append=True, seed=2)))
        _expect_honest(outcome, self.gap, self.free)
        added = {t.name.name: t.inserted for t in outcome.tables}
        for name, inserted in added.items():
            if name in self.more:
                _same(inserted, self.more[name], f"{name} appended")
            elif name not in {*self.rows, *self.free, *self.gap, *self.unfillable}:
                _same(inserted, ROWS, f"{name} appended")
        expect_sound(dsn)


def _same(found: object, expected: object, what: str) -> None:
    assert found == expected, f"{what}: {found} is not {expected}"


def _count(written: str) -> tuple[str, int]:
    name, _, rows = written.rpartition("=")
    return name, int(rows)


def _expect_honest(outcome: pipeline.Outcome, gap: frozenset[str], free: frozenset[str]) -> None:
    """What was planned is in, and every gap is expected and explained."""
    assert outcome.committed
    _same({t.name.name: t.reason for t in outcome.gaps if t.name.name not in gap}, {}, "gaps that nobody expects")
    _same(gap - {t.name.name for t in outcome.gaps}, set(), "gaps that are none")
    unexplained = [t for t in outcome.gaps if not any(f.where.startswith(str(t.name)) for f in outcome.findings)]
    _same(unexplained, [], "gaps without a finding")
    differ = {
        str(t.name): (t.planned, t.inserted)
        for t in outcome.tables
        if t.planned != t.inserted and t.name.name not in free and t.status not in ("trigger", "gap")
    }
    _same(differ, {}, "planned and inserted")


def expect_sound(dsn: str) -> None:
    """The verifier finds nothing broken; it also looks at sequences."""
    verified = pipeline.check(dsn)
    _same([str(check) for check in verified.checks if not check.kept], [], "broken promises")
    _same([str(finding) for finding in verified.findings], [], "findings of the verifier")


def contents(dsn: str) -> dict[str, str]:
    """Return a digest of the rows of every table."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        tables = connection.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"
        ).fetchall()
        found = {}
        for schema, table in tables:
            rows = "md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\"))"
            query = f"SELECT coalesce({rows}, '') FROM ONLY {quote(schema)}.{quote(table)} AS t"
            row = connection.execute(query.encode()).fetchone()
            assert row is not None
            found[table if table not in found else f"{schema}.{table}"] = str(row[0])
    return found
