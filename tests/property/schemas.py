"""Random schemas as DDL: tables, types, keys, foreign keys and simple CHECKs that are always satisfiable."""

from __future__ import annotations

from hypothesis import strategies as st

TYPES = [
    "smallint",
    "integer",
    "bigint",
    "numeric(8,2)",
    "numeric",
    "real",
    "double precision",
    "text",
    "varchar(3)",
    "varchar(40)",
    "char(5)",
    "boolean",
    "date",
    "timestamp",
    "timestamptz(0)",
    "time",
    "interval",
    "uuid",
    "jsonb",
    "inet",
    "bytea",
    "int4range",
    "text[]",
    "integer[]",
    "mood",
    "label",
]
UNIQUE_TYPES = ["integer", "bigint", "text", "varchar(12)", "uuid", "date", "timestamptz", "numeric(10,2)"]
CHECKS = {
    "smallint": ["{c} > 0", "{c} BETWEEN 3 AND 9", "{c} IN (1, 5, 7)", "{c} <> 4"],
    "integer": ["{c} >= 10", "{c} < 1000 AND {c} > 900", "{c} IS NOT NULL", "NOT ({c} < 5)", "{c} = 7 OR {c} > 90"],
    "bigint": ["{c} > 5000000000"],
    "numeric(8,2)": ["{c} > 0 AND {c} <= 99.99", "{c} >= 0.01"],
    "double precision": ["{c} BETWEEN 0 AND 1"],
    "text": ["{c} <> ''", "length({c}) >= 4", "char_length(btrim({c})) > 0", "{c} ~ '^[a-z]{{3}}-[0-9]+$'"],
    "varchar(40)": ["{c} IN ('draft', 'live', 'gone')", "length({c}) BETWEEN 5 AND 8", "{c} = ANY (ARRAY['x', 'y'])"],
    "boolean": ["{c}", "NOT {c}"],
    "date": ["{c} >= '2020-01-01'", "{c} BETWEEN '1999-12-01' AND '1999-12-31'"],
    "timestamp": ["{c} < '2030-01-01'"],
}
PRELUDE = """
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN label AS varchar(20) CHECK (VALUE <> '' AND length(VALUE) > 2);
"""


@st.composite
def columns(draw, prefix: str) -> list[str]:
    """Return column definitions named ``prefix`` and a number."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(TYPES))
        name = f'"{prefix} {number}"' if draw(st.booleans()) else f"{prefix}{number}"
        required = draw(st.sampled_from(["", " NOT NULL"]))
        check = ""
        if kind in CHECKS and draw(st.booleans()):
            check = " CHECK (" + draw(st.sampled_from(CHECKS[kind])).format(c=name) + ")"
        found.append(f"{name} {kind}{required}{check}")
    return found


@st.composite
def schemas(draw) -> str:
    """Return the DDL of one to five tables, whose keys point at tables before them, at themselves, or back."""
    tables = []
    backward = []
    count = draw(st.integers(1, 5))
    for number in range(count):
        parts = [draw(st.sampled_from(["id serial", "id bigint GENERATED ALWAYS AS IDENTITY", "id uuid", "id text"]))]
        kind = {"id serial": "integer", "id uuid": "uuid", "id text": "text"}.get(parts[0], "bigint")
        parts[0] += " PRIMARY KEY"
        parts += draw(columns(f"c{number}_"))
        if draw(st.booleans()):
            parts.append(f"u{number} {draw(st.sampled_from(UNIQUE_TYPES))} UNIQUE")
        if draw(st.booleans()):
            parts += ["k1 smallint", "k2 mood NOT NULL", "UNIQUE (k1, k2)"]
        if draw(st.booleans()):
            parts += ["lo date NOT NULL", "hi date", "CHECK (hi >= lo)"]
        if number:
            for key in range(draw(st.integers(0, 2))):
                parent = draw(st.integers(0, number - 1))
                rule = draw(st.sampled_from(["", " NOT NULL", " UNIQUE", " NOT NULL UNIQUE"]))
                parts.append(f"f{key} {tables[parent][1]}{rule} REFERENCES t{parent}")
        if draw(st.booleans()):
            parts.append(f"up {kind}{draw(st.sampled_from(['', ' NOT NULL']))} REFERENCES t{number}")
        tables.append((f"CREATE TABLE t{number} (\n  " + ",\n  ".join(parts) + "\n);", kind))
        if number and draw(st.integers(0, 3)) == 0:
            parent = draw(st.integers(0, number - 1))
            backward.append(f"ALTER TABLE t{parent} ADD COLUMN b{number} {kind} REFERENCES t{number};")
    links = []
    if count > 1 and draw(st.booleans()):
        links.append(
            f"CREATE TABLE link (a {tables[0][1]} REFERENCES t0, b {tables[1][1]} REFERENCES t1, PRIMARY KEY (a, b));"
        )
    return "\n".join([PRELUDE, *(ddl for ddl, _ in tables), *backward, *links])
