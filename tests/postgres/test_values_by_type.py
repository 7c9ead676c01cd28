"""PostgreSQL accepts the default kind's values of every type, random and numbered, and finds the latter distinct."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np
import psycopg
import pytest

from seedfast.model.types import Attribute, SqlType, TypeForm
from seedfast.rng import Stream
from seedfast.values import columns
from seedfast.values.bytype import Chosen, generator_for_type
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw

NOW = datetime(2026, 3, 4, 5, 6, 7)
REGISTRY = default_registry()
ROWS = np.arange(200)

_BUILT_IN = """
int2 int4 int8 float4 float8 numeric money bool text varchar bpchar name char bytea date time timetz timestamp
timestamptz interval uuid json jsonb jsonpath xml inet cidr macaddr macaddr8 bit varbit tsvector tsquery
point line lseg box path polygon circle oid regclass regtype regproc regprocedure regoper regoperator regrole
regnamespace regconfig regdictionary regcollation xid xid8 cid tid pg_lsn txid_snapshot pg_snapshot int2vector
oidvector aclitem refcursor
"""
BUILT_IN = _BUILT_IN.split()

CONTRIB = {
    "citext": ["citext"],
    "hstore": ["hstore"],
    "ltree": ["ltree", "lquery", "ltxtquery"],
    "cube": ["cube"],
    "isn": ["ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc"],
    "seg": ["seg"],
    "intarray": ["query_int"],
    "vector": ["vector", "halfvec", "sparsevec"],
}

# What PostgreSQL's own operators can't tell apart is told apart as text.
_AS_TEXT = """
json jsonpath xml point polygon line path box lseg circle aclitem txid_snapshot pg_snapshot lquery ltxtquery query_int
regclass refcursor tsquery
"""
AS_TEXT = _AS_TEXT.split()


def base(name: str, display: str = "", **modifiers: int) -> SqlType:
    return SqlType("pg_catalog", name, TypeForm.BASE, display or (f'"{name}"' if name == "char" else name), **modifiers)


def array(of: SqlType) -> SqlType:
    return SqlType(of.schema, f"_{of.name}", TypeForm.ARRAY, f"{of.display}[]", element=of)


def made_by(name: str, subtype: SqlType, form: TypeForm = TypeForm.RANGE) -> SqlType:
    return SqlType("pg_catalog", name, form, name, element=subtype)


NUMERIC = base("numeric")
RANGES = {
    "int4range": base("int4"),
    "int8range": base("int8"),
    "numrange": NUMERIC,
    "daterange": base("date"),
    "tsrange": base("timestamp"),
    "tstzrange": base("timestamptz"),
}

MODIFIED = [
    base("varchar", "varchar(1)", length=1),
    base("varchar", "varchar(4)", length=4),
    base("varchar", "varchar(20)", length=20),
    base("bpchar", "char(1)", length=1),
    base("bpchar", "char(40)", length=40),
    base("numeric", "numeric(5,2)", precision=5, scale=2),
    base("numeric", "numeric(1)", precision=1, scale=0),
    base("numeric", "numeric(2,2)", precision=2, scale=2),
    base("numeric", "numeric(60,40)", precision=60, scale=40),
    base("bit", "bit(7)", length=7),
    base("varbit", "varbit(70)", length=70),
    base("timestamp", "timestamp(0)", fraction=0),
    base("time", "time(3)", fraction=3),
    base("interval", "interval year"),
    base("interval", "interval day to hour"),
    base("interval", "interval minute to second"),
]

CASES = [
    *(base(name) for name in BUILT_IN),
    *MODIFIED,
    *(array(base(name)) for name in BUILT_IN if not name.endswith("vector") or name == "tsvector"),
    array(base("numeric", "numeric(5,2)", precision=5, scale=2)),
    *(made_by(name, of) for name, of in RANGES.items()),
    *(
        made_by(name.replace("range", "multirange"), made_by(name, of), TypeForm.MULTIRANGE)
        for name, of in RANGES.items()
    ),
    *(array(made_by(name, of)) for name, of in RANGES.items()),
]


def generated(chosen: Chosen) -> tuple[list[str], list[str]]:
    """Return random values and distinct ones in PostgreSQL's input syntax."""
    made = REGISTRY.build(chosen.kind, chosen.params)
    draw = Draw(ROWS, Stream(17))
    index = np.arange(min(made.capacity or 0, len(ROWS)))
    numbered = columns.text(made.at(index, Draw(index, draw.stream))).to_pylist() if made.capacity else []
    return columns.text(made.values(draw)).to_pylist(), numbered


def check(connection: psycopg.Connection[tuple[object, ...]], of: SqlType) -> None:
    chosen = generator_for_type(of, now=NOW)
    assert chosen is not None, of
    for values, distinct in zip(generated(chosen), (False, True), strict=True):
        if not values:
            continue
        what = '(v)::text COLLATE "C"' if any(name in of.name for name in AS_TEXT) else "v"
        counted = f"count(DISTINCT {what})" if distinct and countable(of) else "count(v)"
        query = f"SELECT {counted}, count(v) FROM (SELECT x::{of.display} AS v FROM unnest(%s::text[]) AS x) AS made"
        found = connection.execute(query.encode(), [values]).fetchone()
        assert found == (len(values), len(values)), (chosen, values[:3])


def countable(of: SqlType) -> bool:
    """Tell whether the type has an order, or a text, to tell values apart by."""
    names = {of.name.lstrip("_")}
    return not names & {"xid", "cid", "int2vector"}


@pytest.fixture
def connection(make_database: Callable[[str], str]) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(make_database(""), autocommit=True)


def test_every_built_in_type_takes_its_values(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    with connection:
        for of in CASES:
            if "xml" not in of.name or has_xml(connection):
                check(connection, of)


def has_xml(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Tell whether the server was built with libxml; without it no value of the type xml can be made."""
    try:
        connection.execute(b"SELECT '<a/>'::xml")
    except psycopg.errors.FeatureNotSupported:
        return False
    return True


@pytest.mark.parametrize("extension", CONTRIB)
def test_every_known_extension_takes_its_values(
    extension: str, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    with connection:
        available = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [extension]).fetchone()
        if not available:
            pytest.skip(f"the server has no extension {extension}")
        connection.execute(f"CREATE EXTENSION {extension}".encode())
        for name in CONTRIB[extension]:
            of = SqlType("public", name, TypeForm.BASE, name, extension=extension)
            check(connection, of)
            check(connection, array(of))


def test_types_made_of_others(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    mood = SqlType("public", "mood", TypeForm.ENUM, "mood", labels=("sad", "ok, so", 'very "happy"'))
    short = SqlType("public", "short", TypeForm.DOMAIN, "short", base=base("varchar", "varchar(9)", length=9))
    shorter = SqlType("public", "shorter", TypeForm.DOMAIN, "shorter", base=short)
    parts = (
        Attribute("m", mood),
        Attribute("s", shorter),
        Attribute("a", array(base("int4"))),
        Attribute("t", base("timestamptz")),
    )
    pair = SqlType("public", "pair", TypeForm.COMPOSITE, "pair", attributes=parts)
    nested = SqlType(
        "public", "nested", TypeForm.COMPOSITE, "nested", attributes=(Attribute("p", pair), Attribute("q", array(pair)))
    )
    words = SqlType("public", "words", TypeForm.RANGE, "words", element=base("text"))
    many = SqlType("public", "many", TypeForm.MULTIRANGE, "many", element=words)
    hours = SqlType("public", "hours", TypeForm.RANGE, "hours", element=base("time"))
    with connection:
        connection.execute(
            b"""CREATE TYPE mood AS ENUM ('sad', 'ok, so', 'very "happy"');
            CREATE DOMAIN short AS varchar(9); CREATE DOMAIN shorter AS short;
            CREATE TYPE pair AS (m mood, s shorter, a int[], t timestamptz);
            CREATE TYPE nested AS (p pair, q pair[]);
            CREATE TYPE words AS RANGE (subtype = text, multirange_type_name = many);
            CREATE TYPE hours AS RANGE (subtype = time)"""
        )
        for of in (mood, shorter, pair, nested, array(pair), array(mood), array(shorter), words, many, hours):
            check(connection, of)


@pytest.mark.parametrize("name", RANGES)
def test_numbered_ranges_never_overlap(name: str, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    chosen = generator_for_type(made_by(name, RANGES[name]), now=NOW)
    assert chosen is not None
    several = Chosen("multi" + chosen.kind, chosen.params)
    with connection:
        for each, display in ((chosen, name), (several, name.replace("range", "multirange"))):
            _, values = generated(each)
            query = f"""SELECT count(*), bool_or(isempty(a.v)) FROM unnest(%s::{display}[]) WITH ORDINALITY AS a (v, n)
                JOIN unnest(%s::{display}[]) WITH ORDINALITY AS b (v, n) ON a.n <= b.n AND a.v && b.v"""
            assert connection.execute(query.encode(), [values, values]).fetchone() == (len(values), False)


def test_what_is_not_known_has_no_kind() -> None:
    unknown = SqlType("public", "widget", TypeForm.BASE, "widget")
    assert generator_for_type(unknown, now=NOW) is None
    assert generator_for_type(array(unknown), now=NOW) is None
    assert generator_for_type(base("pg_node_tree"), now=NOW) is None
    assert generator_for_type(SqlType("public", "none", TypeForm.ENUM, "none"), now=NOW) is None
    assert generator_for_type(SqlType("pg_catalog", "trigger", TypeForm.PSEUDO, "trigger"), now=NOW) is None
