"""The server as the judge: which rows a condition takes, and which strings a pattern takes."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import psycopg
import pytest
from psycopg.rows import dict_row

from seedfast.catalog.introspect import introspect
from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.branches import compare, holds
from seedfast.constraints.domain import Branch, Nullness, Pattern, Relation
from seedfast.constraints.parse import parse
from seedfast.constraints.pattern import compile_pattern
from seedfast.constraints.predicate import Op, Opaque, PatternForm, Value
from seedfast.constraints.reading import Truth3, branches_where
from seedfast.model.table import Table
from seedfast.names import QualifiedName

MakeDatabase = Callable[[str], str]
Connection = psycopg.Connection[dict[str, Any]]
Row = dict[str, Value | None]

NOW = dt.datetime(2026, 11, 22)

DDL = """
CREATE TYPE state AS ENUM ('new', 'open', 'done');
CREATE TABLE g (
    a int, b int, n numeric(6, 2), f boolean, h boolean, t text, v varchar(9), s state, d date, ts timestamp
);
CREATE TABLE probed (LIKE g);
"""

# Every combination of two neighbours is tried: columns that conditions name together stand together.
VALUES: dict[str, list[Value | None]] = {
    "a": [None, 0, 1, 4, 5, 6, 9],
    "b": [None, 0, 4, 5, 7],
    "n": [None, 0, 5],
    "f": [None, True, False],
    "h": [None, True, False],
    "t": [None, "", " ", "a", "ab", "AB", " ab", "dns:x", "b%c"],
    "v": [None, "", "a", "ab", "A_b"],
    "s": [None, "new", "open", "done"],
    "d": [None, dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 6, 1), dt.date(2021, 1, 1)],
    "ts": [None, dt.datetime(2019, 12, 31, 23), dt.datetime(2020, 1, 1), dt.datetime(2020, 1, 1, 5)],
}

# Conditions whose branches must be exactly what the server says, for TRUE, FALSE, NOT TRUE and NOT FALSE alike.
EXACT = [
    "a > 4",
    "4 < a AND a <= 6",
    "a BETWEEN 4 AND 6",
    "a NOT BETWEEN 4 AND 6",
    "a IN (1, 4, 9)",
    "a NOT IN (1, 4, 9)",
    "a <> 4",
    "a = ANY ('{1,4}'::int[])",
    "a NOT IN (1, NULL)",
    "a > ALL (ARRAY[1, 4])",
    "a < ANY (ARRAY[1, 4])",
    "a = NULL",
    "a > 2.5",
    "a < 4.5::numeric",
    "a + 2 >= 7",
    "10 - a > 4",
    "2 * a > 9",
    "-2 * a < -9",
    "GREATEST(a, b) <= 5",
    "LEAST(a, b) > 4",
    "a = ANY (ARRAY[b, 5])",
    "-a < -4",
    "abs(a - 4) <= 1",
    "abs(a) > 4",
    "a IS DISTINCT FROM 4",
    "a IS NOT DISTINCT FROM 4",
    "a IS DISTINCT FROM b",
    "a IS NOT DISTINCT FROM b",
    "a < b",
    "a >= b AND b > 0",
    "a - b > 0",
    "NOT (a < b OR b IS NULL)",
    "a = a",
    "a <> a",
    "(a IS NULL) = (b IS NULL)",
    "(a IS NULL) <> (b IS NULL)",
    "num_nonnulls(a, b, n) = 1",
    "num_nonnulls(a, b, n) >= 2",
    "num_nulls(a, b, n) <= 1",
    "1 <> num_nulls(a, b)",
    "((a IS NOT NULL)::int + (b IS NOT NULL)::int) = 1",
    "((a > 4)::int + (b > 4)::int) = 1",
    "CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END < 2",
    "COALESCE(a, 5) > 4",
    "COALESCE(a, b) > 4",
    "COALESCE(a, b, 0) = 0",
    "COALESCE(a, b) IS NOT NULL",
    "NULLIF(a, 4) IS NULL",
    "CASE WHEN a > 4 THEN b > 4 ELSE b IS NULL END",
    "CASE WHEN a > 4 THEN b > 4 END",
    "CASE a WHEN 4 THEN b = 4 WHEN 5 THEN b = 5 ELSE b > 5 END",
    "ROW(a, b) IS NULL",
    "ROW(a, b) IS NOT NULL",
    "(a, b) = (4, 5)",
    "(a, b) < (5, 5)",
    "(a, b) >= (5, 5)",
    "(a > 4) IS TRUE",
    "(a > 4) IS NOT TRUE",
    "(a > 4 AND b > 4) IS FALSE",
    "(a > 4 OR b > 4) IS NOT FALSE",
    "(a > 4) IS UNKNOWN",
    "(a > 4 AND b > 4) IS NOT UNKNOWN",
    "n > 0",
    "n = 5.00",
    "f",
    "NOT f",
    "f IS TRUE",
    "f IS NOT TRUE",
    "f IS NOT FALSE",
    "f = false",
    "f <> h",
    "f = h",
    "(f IS TRUE) = (h IS TRUE)",
    "f = (h IS NULL)",
    "f IS FALSE OR h IS TRUE",
    "COALESCE(f, false)",
    "COALESCE(f, h, true)",
    "(f AND h) = false",
    "t <> ''",
    "t = 'ab'",
    "t IN ('ab', 'a', 'zz')",
    "length(t) >= 2",
    "char_length(t) <> 2",
    "length(t) = 0",
    "octet_length(v) BETWEEN 1 AND 2",
    "NULLIF(t, '') IS NOT NULL",
    "t LIKE 'a%'",
    "t NOT LIKE '%b'",
    "t ILIKE 'A_'",
    "t LIKE 'bx%c' ESCAPE 'x'",
    "t SIMILAR TO '(a|dns:)%'",
    "t ~ '^[a-z]+$'",
    "t !~ '[A-Z]'",
    "t ~* '^AB$'",
    "t ~ ANY (ARRAY['^a$', '^A'])",
    "position('b' in t) = 0",
    "strpos(t, 'b') > 0",
    "left(t, 4) = 'dns:'",
    "right(t, 1) = 'b'",
    "substr(t, 1, 2) <> 'ab'",
    "starts_with(t, 'a')",
    "v LIKE 'A\\_%'",
    "v::text = ANY (ARRAY['a'::varchar, 'ab'::varchar]::text[])",
    "t = v",
    "t <> v",
    "s = 'new'",
    "s <> 'new'",
    "s > 'new'",
    "s::text = 'open'",
    "s NOT IN ('new', 'done')",
    "d >= '2020-01-01' AND d < '2021-01-01'",
    "d > '2020-01-01 05:00'::timestamp",
    "extract(year FROM d) >= 2020",
    "extract(year FROM d) < 2020",
    "date_part('year', d) = 2020",
    "ts::date = '2020-01-01'",
    "ts::date <= '2019-12-31'",
    "ts::date <> '2020-01-01'",
    "ts < '2020-01-01 00:00:00'",
    "ts - interval '1 day' >= '2019-12-31'",
    "isfinite(d)",
    "d < 'infinity'",
    "true",
    "false",
    "NULL::boolean",
]

# Conditions whose branches take fewer rows than the server: what is said with a canonical form, or is never known.
NARROWED = [
    "a IN (1, NULL)",
    "length(btrim(t)) > 0",
    "btrim(t) <> ''",
    "lower(t) <> 'ab'",
    "lower(t) = 'ab'",
    "upper(t) IN ('AB', 'A')",
    "lower(t) ~ '^[a-z]+$'",
    "length(btrim(t)) <= 2",
    "t = lower(t)",
    "btrim(t) = t",
    "a = NULL OR b > 4",
]


@pytest.fixture
def grid(make_database: MakeDatabase) -> Iterator[tuple[Connection, Table]]:
    with psycopg.connect(make_database(DDL), row_factory=dict_row) as connection:
        yield connection, introspect(connection).by_name[QualifiedName("public", "g")]


def _rows(columns: tuple[str, ...]) -> list[Row]:
    tried = [VALUES[column] for column in columns]
    return [dict(zip(columns, values, strict=True)) for values in itertools.product(*tried)]


def _takes(branch: Branch, row: Row) -> bool:
    return (
        not branch.opaque
        and all(
            domain.nullness is not Nullness.NEVER if (value := row[column]) is None else holds(domain, value)
            for column, domain in branch.domains.items()
        )
        and all(_related(relation, row) for relation in branch.relations)
    )


def _related(relation: Relation, row: Row) -> bool:
    left, right = row[relation.left], row[relation.right]
    if left is None or right is None:
        return True
    # The analysis itself trusts in no order of texts that collations may see otherwise.
    order = (left > right) - (left < right) if isinstance(left, str) else compare(left, right)
    assert order is not None
    return {
        Op.LT: order < 0,
        Op.LE: order <= 0,
        Op.EQ: order == 0,
        Op.NE: order != 0,
        Op.GE: order >= 0,
        Op.GT: order > 0,
    }[relation.op]


def _printed(connection: Connection, condition: str) -> str:
    """The condition as the catalog keeps it."""
    connection.execute(f"ALTER TABLE probed ADD CONSTRAINT probe CHECK ({condition})".encode())
    found = connection.execute("SELECT pg_get_expr(conbin, conrelid) AS e FROM pg_constraint WHERE conname = 'probe'")
    [row] = found.fetchall()
    connection.execute("ALTER TABLE probed DROP CONSTRAINT probe")
    return str(row["e"])


def _verdicts(connection: Connection, condition: str, rows: list[Row], columns: tuple[str, ...]) -> list[bool | None]:
    connection.execute("TRUNCATE g")
    listed = ", ".join(columns)
    places = ", ".join(["%s"] * len(columns))
    if columns:
        cursor = connection.cursor()
        cursor.executemany(
            f"INSERT INTO g ({listed}) VALUES ({places})".encode(), [[row[c] for c in columns] for row in rows]
        )
    else:
        connection.execute("INSERT INTO g DEFAULT VALUES")
    found = connection.execute(f"SELECT ({condition}) AS verdict FROM g ORDER BY ctid".encode())
    return [row["verdict"] for row in found]


def _columns(condition: str, table: Table) -> tuple[str, ...]:
    branches = branches_where(condition, now=NOW, truth=Truth3.TRUE, table=table)
    read = {name for branch in branches for name in branch.domains}
    item = str(parse(condition, now=NOW))
    return tuple(name for name in VALUES if name in read or f"'{name}'" in item)


WANTED = {
    Truth3.TRUE: lambda verdict: verdict is True,
    Truth3.FALSE: lambda verdict: verdict is False,
    Truth3.NOT_TRUE: lambda verdict: verdict is not True,
    Truth3.NOT_FALSE: lambda verdict: verdict is not False,
}


def test_branches_take_exactly_the_rows_that_the_server_takes(grid: tuple[Connection, Table]) -> None:
    connection, table = grid
    wrong: dict[tuple[str, Truth3], object] = {}
    for condition in [*EXACT, *NARROWED]:
        printed = _printed(connection, condition)
        columns = _columns(printed, table)
        rows = _rows(columns)
        verdicts = _verdicts(connection, printed, rows, columns)
        for truth, wanted in WANTED.items():
            branches = branches_where(printed, now=NOW, truth=truth, table=table)
            for row, verdict in zip(rows, verdicts, strict=True):
                taken = any(_takes(branch, row) for branch in branches)
                if taken and not wanted(verdict):
                    wrong[condition, truth] = ("taken", row, verdict)
                elif wanted(verdict) and not taken and condition in EXACT:
                    wrong[condition, truth] = ("left out", row, verdict)
    assert not wrong, "\n".join(f"{key}: {value}" for key, value in wrong.items())


PATTERNS = [
    ([(PatternForm.REGEX, "^[a-z]+$", False, False)], None, None),
    ([(PatternForm.REGEX, r"^\d{3}-\d{4}$", False, False)], None, None),
    ([(PatternForm.REGEX, r"^[^@\s]+@[^@\s]+\.[^@\s]+$", False, False)], None, 40),
    ([(PatternForm.REGEX, r"[^@]+@[^@]+\.[^@]+", True, False)], 10, 255),
    ([(PatternForm.REGEX, r"^(?=.*[A-Z])(?=.*\d)(?!.*[aeiou]).{8,}$", False, False)], None, None),
    ([(PatternForm.REGEX, r"^(?!-)[a-z0-9-]{1,63}(?<!x)$", False, False)], None, None),
    ([(PatternForm.REGEX, "^((?!--)[a-z-])+$", False, False), (PatternForm.REGEX, "-.*-", False, False)], None, 12),
    ([(PatternForm.REGEX, r"\mcat\M", False, False), (PatternForm.REGEX, "dog", False, True)], None, 30),
    ([(PatternForm.REGEX, r"\ycat\Y", False, False)], None, 30),
    ([(PatternForm.REGEX, "[[:<:]]a[[:>:]]", False, False)], None, 30),
    ([(PatternForm.REGEX, "^[[:alpha:]][[:alnum:]_]{2,}$", False, False)], None, None),
    ([(PatternForm.REGEX, "(?i)^abc[x-z]$", False, False)], None, None),
    ([(PatternForm.REGEX, "***:^a|b$", False, False)], 3, None),
    ([(PatternForm.REGEX, "***=a.b*", False, False)], None, None),
    ([(PatternForm.REGEX, r"^https?://[^/]+", False, False)], None, None),
    ([(PatternForm.REGEX, r"^\+?[1-9]\d{1,14}$", False, False)], None, None),
    ([(PatternForm.REGEX, "^#[0-9a-f]{6}$", True, False)], None, None),
    ([(PatternForm.REGEX, r"^a{2,}?b+?(c|)$", False, False)], None, None),
    ([(PatternForm.REGEX, r"^\u00e9[à-ü]+$", False, False)], None, None),
    ([(PatternForm.REGEX, r"^[]a-c^-]+[^]x]$", False, False)], None, None),
    ([(PatternForm.REGEX, r"^[\w.]+\x41\.$", False, False)], None, None),
    ([(PatternForm.REGEX, r"^a\tb\n?$", False, False)], None, None),
    ([(PatternForm.REGEX, "^[0-9 ]*$", False, True)], None, None),
    ([(PatternForm.REGEX, "^x{0,250}y$", False, False)], None, None),
    ([(PatternForm.REGEX, "^[A-Z][a-z]+( [A-Z][a-z]+)*$", False, False)], 12, 20),
    ([(PatternForm.LIKE, "a_c%", False, False), (PatternForm.LIKE, "%z", False, True)], None, None),
    ([(PatternForm.LIKE, r"10\%\_%", True, False)], None, None),
    ([(PatternForm.LIKE, "admin", True, True)], 5, 5),
    ([(PatternForm.SIMILAR, "(ab|c_)+[0-9]{2}%", False, False)], None, None),
    ([(PatternForm.SIMILAR, r"a.\%b[%_]", False, False)], None, None),
    ([(PatternForm.REGEX, "[A-Z]", False, True), (PatternForm.REGEX, "[^ ]", False, False)], None, None),
]

_SQL = {
    PatternForm.REGEX: ("~", "~*"),
    PatternForm.LIKE: ("LIKE", "ILIKE"),
    PatternForm.SIMILAR: ("SIMILAR TO", "SIMILAR TO"),
}


@pytest.mark.parametrize("folded", [False, True])
def test_the_server_takes_every_word_of_a_pattern(make_database: MakeDatabase, folded: bool) -> None:
    with psycopg.connect(make_database("")) as connection:
        for listed, low, high in PATTERNS:
            patterns = [Pattern(*item) for item in listed]
            automaton = compile_pattern(patterns, min_length=low, max_length=high, folded_distinct=folded)
            assert automaton is not None, listed
            count = min(automaton.capacity, 300)
            numbers = np.arange(count, dtype=np.int64) * (automaton.capacity // count)
            words = automaton.words(numbers).to_pylist()
            assert len({word.lower() if folded else word for word in words}) == count, listed
            assert all((low or 0) <= len(word) <= (high or 10_000) for word in words)
            for pattern in patterns:
                operator = _SQL[pattern.form][pattern.folded]
                found = connection.execute(
                    f"SELECT w FROM unnest(%s::text[]) w WHERE (w {operator} %s) = %s".encode(),
                    (words, pattern.pattern, pattern.negated),
                ).fetchall()
                assert found == [], (listed, found[:3])


PARTITIONED = """
CREATE TABLE m (id int NOT NULL, at timestamptz NOT NULL, kind text CHECK (kind <> 'none')) PARTITION BY RANGE (at);
CREATE TABLE m_2025 PARTITION OF m FOR VALUES FROM ('2025-01-01+00') TO ('2026-01-01+00') PARTITION BY HASH (id);
CREATE TABLE m_2025_0 PARTITION OF m_2025 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE m_2025_1 PARTITION OF m_2025 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE m_2026 PARTITION OF m FOR VALUES FROM ('2026-01-01+00') TO ('2027-01-01+00');
CREATE TABLE m_2030 PARTITION OF m FOR VALUES FROM ('2030-01-01+00') TO ('2031-01-01+00');
CREATE TABLE m_rest PARTITION OF m DEFAULT;
"""


def test_rows_are_made_for_partitions_that_exist(make_database: MakeDatabase) -> None:
    with psycopg.connect(make_database(PARTITIONED)) as connection:
        table = introspect(connection).by_name[QualifiedName("public", "m")]
    rules = analyse_table(table, now=NOW)
    spans = [(branch.domain("at").low, branch.domain("at").high) for branch in rules.branches]
    years = [(low.value, high.value) for low, high in spans if low is not None and high is not None]
    assert years == [
        (dt.datetime(2025, 1, 1), dt.datetime(2026, 1, 1)),
        (dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)),
    ]
    assert not any(isinstance(part, Opaque) for branch in rules.branches for part in branch.opaque)
    assert all(branch.domain("kind").excluded == ("none",) for branch in rules.branches)
