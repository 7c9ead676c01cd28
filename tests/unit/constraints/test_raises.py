"""Tests that a trigger's function makes before it raises an error."""

from __future__ import annotations

from datetime import datetime

import pytest

from seedfast.constraints.raises import demands
from seedfast.model.table import Column, Table, TableForm
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName

NOW = datetime(2024, 1, 1)


def _column(name: str, kind: str) -> Column:
    return Column(name, SqlType("pg_catalog", kind, TypeForm.BASE, kind), nullable=True)


PAGES = Table(
    QualifiedName("public", "pages"),
    TableForm.TABLE,
    (_column("slug", "text"), _column("low", "int4"), _column("high", "int4"), _column("Kind", "text")),
)


def _read(body: str) -> tuple[str, ...]:
    return demands(f"BEGIN {body} RETURN NEW; END", PAGES, now=NOW)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("IF NEW.low > NEW.high THEN RAISE EXCEPTION 'x'; END IF;", 'NOT ("low" > "high")'),
        ("if new.slug = '' then raise 'empty'; end if;", "NOT (\"slug\" = '')"),
        ("IF NEW.\"Kind\" <> 'a' THEN RAISE check_violation; END IF;", "NOT (\"Kind\" <> 'a')"),
        (
            "IF NEW.low IS NULL THEN NULL; ELSIF NEW.low < 3 THEN RAISE EXCEPTION 'x'; END IF;",
            'NOT ((NOT ("low" IS NULL)) AND ("low" < 3))',
        ),
        (
            "IF NEW.slug = 'a' THEN IF NEW.low < 3 OR NEW.high < 3 THEN RAISE 'x'; END IF; END IF;",
            'NOT (("slug" = \'a\') AND ("low" < 3 OR "high" < 3))',
        ),
        (
            "CASE NEW.slug WHEN 'a', 'b' THEN NULL; ELSE IF NEW.low > 3 THEN RAISE 'x'; END IF; END CASE;",
            "NOT ((NOT (\"slug\" IN ('a', 'b'))) AND (\"low\" > 3))",
        ),
        (
            "CASE WHEN NEW.low > 3 THEN PERFORM log('x; y'); RAISE 'x'; ELSE NULL; END CASE;",
            'NOT ("low" > 3)',
        ),
        (
            "IF NEW.slug IS NULL THEN RETURN NEW; END IF; IF NEW.low > 3 THEN RAISE 'x'; END IF;",
            'NOT ((NOT (("slug" IS NULL))) AND ("low" > 3))',
        ),
        ("IF most > 3 THEN IF NEW.low > 3 THEN RAISE 'x'; END IF; END IF;", 'NOT ("low" > 3)'),
        ("IF most > 3 THEN RETURN NEW; END IF; IF NEW.low > 3 THEN RAISE 'x'; END IF;", 'NOT ("low" > 3)'),
        (
            "NEW.high := CASE WHEN NEW.low > 3 THEN 1 ELSE 2 END; IF NEW.low > 3 THEN RAISE 'x'; END IF;",
            'NOT ("low" > 3)',
        ),
        (
            "IF TG_OP = 'INSERT' AND NEW.low < 3 THEN RAISE EXCEPTION 'x'; END IF;",
            "NOT ('INSERT' = 'INSERT' AND \"low\" < 3)",
        ),
        ("IF extract(dow FROM NEW.low) = 0 THEN RAISE 'x'; END IF;", 'NOT (extract(dow FROM "low") = 0)'),
        ("IF TG_OP = 'INSERT' THEN IF NEW.low < 3 THEN RAISE EXCEPTION 'x'; END IF; END IF;", 'NOT ("low" < 3)'),
    ],
)
def test_a_test_of_the_new_row_is_a_demand(body: str, expected: str) -> None:
    assert _read(body) == (expected,)


@pytest.mark.parametrize(
    "body",
    [
        "IF NEW.low > OLD.low THEN RAISE EXCEPTION 'x'; END IF;",
        "IF NEW.low > most THEN RAISE EXCEPTION 'x'; END IF;",
        "IF NEW.low > (SELECT max(low) FROM pages) THEN RAISE EXCEPTION 'x'; END IF;",
        "IF TG_OP = 'INSERT' THEN RETURN NEW; END IF; IF NEW.low > 3 THEN RAISE EXCEPTION 'x'; END IF;",
        "IF TG_OP = 'DELETE' THEN IF NEW.low > 3 THEN RAISE EXCEPTION 'x'; END IF; END IF;",
        "IF NEW.low > 3 THEN FOR one IN SELECT * FROM pages LOOP RAISE 'x'; END LOOP; END IF;",
        "IF NEW.low > 3 THEN BEGIN PERFORM f(); EXCEPTION WHEN others THEN RAISE 'x'; END; END IF;",
        "IF TG_OP = 'UPDATE' AND NEW.low > 3 THEN RAISE EXCEPTION 'x'; END IF;",
        "IF length(NEW.slug) > f(most) THEN RAISE EXCEPTION 'x'; END IF;",
        "IF NEW.low > 3 THEN RAISE NOTICE 'x'; END IF;",
        "IF NEW.low > 3 THEN RAISE WARNING 'x'; END IF;",
        "-- IF NEW.low > 3 THEN RAISE EXCEPTION 'x'; END IF;",
        "IF NEW.other > 3 THEN RAISE EXCEPTION 'x'; END IF;",
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'x'; END IF;",
        "IF NEW.low > 3 THEN NEW.low := 3; RAISE NOTICE 'x'; END IF;",
    ],
)
def test_what_reads_more_than_the_new_row_or_raises_no_error_is_left_out(body: str) -> None:
    assert _read(body) == ()
