"""What triggers compare of a new row with the parents that their functions look up."""

from __future__ import annotations

import pytest

from seedfast.constraints.comparisons import climbing, comparisons, wanted
from seedfast.constraints.rising import Rising
from seedfast.model.table import Column, ForeignKey, Table, TableForm, Trigger
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName

STAYS, MEALS = QualifiedName("public", "stays"), QualifiedName("public", "meals")
COLUMNS = {
    STAYS: frozenset({"id", "since", "until", "guest"}),
    MEALS: frozenset({"id", "stay", "day", "guest", "dish"}),
}


def _table(body: str) -> Table:
    columns = tuple(
        Column(name, SqlType("pg_catalog", "int4", TypeForm.BASE, "int4"), nullable=True) for name in COLUMNS[MEALS]
    )
    key = ForeignKey("of_stay", ("stay",), STAYS, ("id",))
    trigger = Trigger("t", "before", "row", QualifiedName("public", "f"), source=f"BEGIN {body} RETURN NEW; END")
    return Table(MEALS, TableForm.TABLE, columns, foreign_keys=(key,), triggers=(trigger,))


def _read(body: str) -> set[str]:
    found = comparisons(_table(body), COLUMNS.__getitem__)
    assert {one.key for one in found} <= {"of_stay"}
    return {f"{one.column} {one.relation.op.value} {one.theirs}" for one in found}


WITHIN = {"day >= since", "day < until"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            (
                "SELECT * INTO s FROM stays WHERE id = NEW.stay;"
                " IF NEW.day < s.since OR NEW.day >= s.until THEN RAISE EXCEPTION 'x'; END IF;"
            ),
            WITHIN,
        ),
        (
            (
                "SELECT x.since, x.until INTO STRICT a, b FROM public.stays AS x WHERE NEW.stay = x.id;"
                " IF NEW.day < a THEN RAISE EXCEPTION 'x'; ELSIF NEW.day >= b THEN RAISE 'y'; END IF;"
            ),
            WITHIN,
        ),
        (
            (
                "IF NOT EXISTS (SELECT FROM stays s WHERE s.id = NEW.stay AND NEW.day >= s.since AND"
                " (NEW.day < s.until))"
                " THEN RAISE EXCEPTION 'x'; END IF;"
            ),
            WITHIN,
        ),
        (
            (
                "PERFORM 1 FROM stays WHERE id = NEW.stay AND since <= NEW.day AND NEW.day::date < until;"
                " IF NOT FOUND THEN RAISE EXCEPTION 'x'; END IF;"
            ),
            WITHIN,
        ),
        (
            (
                "IF NEW.dish IS NOT NULL AND NEW.day < (SELECT since FROM stays WHERE id = NEW.stay)"
                " THEN RAISE EXCEPTION 'x'; END IF;"
            ),
            {"day >= since"},
        ),
        (
            "v := (SELECT guest FROM stays WHERE id = NEW.stay); IF v <> NEW.guest THEN RAISE 'x'; END IF;",
            {"guest = guest"},
        ),
    ],
)
def test_parents_that_are_looked_up_bound_the_row(body: str, expected: set[str]) -> None:
    assert _read(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "SELECT * INTO s FROM stays WHERE guest = NEW.guest; IF NEW.day < s.since THEN RAISE EXCEPTION 'x'; END IF;",
        "SELECT * INTO s FROM other WHERE id = NEW.stay; IF NEW.day < s.since THEN RAISE EXCEPTION 'x'; END IF;",
        "SELECT * INTO s FROM stays WHERE id = NEW.stay; IF NEW.day < s.since THEN RAISE NOTICE 'x'; END IF;",
        (
            "SELECT since INTO a FROM stays WHERE id = NEW.stay; SELECT now() INTO a;"
            " SELECT until INTO a FROM other WHERE id = 1; IF NEW.day < a THEN RAISE 'x'; END IF;"
        ),
        "-- IF NEW.day < (SELECT since FROM stays WHERE id = NEW.stay) THEN RAISE 'x'; END IF;\n",
    ],
)
def test_what_is_of_no_parent_of_the_row_is_left_out(body: str) -> None:
    assert _read(body) == set()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "SELECT guest INTO g FROM stays WHERE id = NEW.stay; IF g NOT IN ('a', 'b') THEN RAISE 'x'; END IF;",
            ("guest", ("a", "b"), True),
        ),
        (
            "IF EXISTS (SELECT 1 FROM stays s WHERE s.id = NEW.stay AND s.guest = 'a') THEN RAISE 'x'; END IF;",
            ("guest", ("a",), False),
        ),
        (
            "PERFORM 1 FROM stays WHERE id = NEW.stay AND until IS NULL; IF NOT FOUND THEN RAISE 'x'; END IF;",
            ("until", (None,), True),
        ),
        (
            "SELECT * INTO s FROM stays WHERE id = NEW.stay; IF s.until IS NULL THEN RAISE 'x'; END IF;",
            ("until", (None,), False),
        ),
    ],
)
def test_parents_are_wanted_to_hold_what_is_tested_of_them(
    body: str, expected: tuple[str, tuple[object, ...], bool]
) -> None:
    [one] = wanted(_table(body), COLUMNS.__getitem__)
    assert (one.column, one.values, one.inside) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "IF NOT EXISTS (SELECT FROM stays s WHERE s.id = NEW.stay AND NEW.day <@ s.since) THEN RAISE 'x'; END IF;",
            {"day >= lower since", "day < upper since"},
        ),
        (
            (
                "SELECT since INTO v FROM stays WHERE id = NEW.stay;"
                " IF NOT (v @> NEW.day) OR NEW.dish > upper(v) THEN RAISE 'x'; END IF;"
            ),
            {"day >= lower since", "day < upper since", "dish <= upper since"},
        ),
    ],
)
def test_rows_lie_within_ranges_of_their_parents(body: str, expected: set[str]) -> None:
    found = comparisons(_table(body), COLUMNS.__getitem__)
    assert {f"{one.column} {one.relation.op.value} {one.end} {one.theirs}" for one in found} == expected


BEFORE = "FROM meals WHERE stay = NEW.stay"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"SELECT max(dish) INTO m {BEFORE}; IF NEW.dish <= m THEN RAISE EXCEPTION 'x'; END IF;",
            Rising("of_stay", "dish"),
        ),
        (
            (
                f"SELECT * INTO s FROM stays WHERE id = NEW.stay; SELECT max(dish) INTO m {BEFORE} AND day > 0;"
                " IF NEW.dish < COALESCE(m + s.guest, s.since) THEN RAISE EXCEPTION 'x'; END IF;"
            ),
            Rising("of_stay", "dish", bases=("since",), steps=("guest",)),
        ),
        (
            f"SELECT COALESCE(max(dish), 0) INTO m {BEFORE}; IF NOT (NEW.dish = m + 1) THEN RAISE 'x'; END IF;",
            Rising("of_stay", "dish", dense=True),
        ),
        (
            f"IF NEW.dish <> (SELECT COALESCE(MAX(dish), 0) + 1 {BEFORE}) THEN RAISE EXCEPTION 'x'; END IF;",
            Rising("of_stay", "dish", dense=True),
        ),
        (
            (
                "IF EXISTS (SELECT 1 FROM meals b WHERE b.stay = NEW.stay AND b.dish >= NEW.dish - 0)"
                " THEN RAISE 'x'; ELSIF EXISTS (SELECT FROM meals b WHERE NEW.stay = b.stay AND b.day > NEW.day)"
                " THEN RAISE EXCEPTION 'y'; END IF;"
            ),
            Rising("of_stay", "day"),
        ),
        (
            (
                "SELECT b.dish INTO l FROM meals b WHERE b.stay = NEW.stay ORDER BY b.day DESC LIMIT 1;"
                " IF l IS NOT NULL AND l + 10 > NEW.dish THEN RAISE EXCEPTION 'x'; END IF;"
            ),
            Rising("of_stay", "dish", least=10),
        ),
    ],
)
def test_columns_are_wanted_above_those_of_the_rows_before(body: str, expected: Rising) -> None:
    assert climbing(_table(body), COLUMNS.__getitem__) == (expected,)


@pytest.mark.parametrize(
    "body",
    [
        f"SELECT max(dish) INTO m {BEFORE}; IF NEW.dish > m THEN RAISE EXCEPTION 'falls'; END IF;",
        f"SELECT max(dish) INTO m {BEFORE}; IF NEW.dish < m * 2 THEN RAISE EXCEPTION 'by shares'; END IF;",
        "SELECT max(dish) INTO m FROM meals; IF NEW.dish <= m THEN RAISE EXCEPTION 'of all'; END IF;",
        f"SELECT max(dish) INTO m {BEFORE}; IF NEW.day <= m THEN RAISE EXCEPTION 'another'; END IF;",
    ],
)
def test_what_does_not_rise_among_the_rows_of_a_parent_is_left_out(body: str) -> None:
    assert climbing(_table(body), COLUMNS.__getitem__) == ()


EITHER = "SELECT FROM stays s WHERE s.id = NEW.stay AND NEW.guest IN (s.guest, s.until)"
FOUND = "SELECT * INTO s FROM stays WHERE id = NEW.stay;"


@pytest.mark.parametrize(
    "body",
    [
        f"IF NOT EXISTS ({EITHER}) THEN RAISE EXCEPTION 'x'; END IF;",
        f"{FOUND} IF NEW.guest <> s.guest AND NEW.guest <> s.until THEN RAISE EXCEPTION 'x'; END IF;",
    ],
)
def test_of_several_that_would_do_the_first_is_wanted(body: str) -> None:
    assert _read(body) == {"guest = guest"}


def test_what_may_be_either_way_is_each_once() -> None:
    where = "s.id = NEW.stay AND NEW.guest IN (s.guest, s.until) AND NEW.dish IN (s.guest, s.until)"
    found = _read(f"IF NOT EXISTS (SELECT FROM stays s WHERE {where}) THEN RAISE EXCEPTION 'x'; END IF;")
    assert found in ({"guest = guest", "dish = until"}, {"guest = until", "dish = guest"})
