"""The written form of a scope: it comes back as it was, and what is wrong in it is named."""

import pytest

from seedfast import project
from seedfast.errors import UsageError
from seedfast.scope import written
from seedfast.scope.spec import (
    Aggregate,
    Count,
    Outcome,
    OwnRow,
    Period,
    PerParent,
    ScopeSpec,
    Shares,
    Skew,
)

EVERYTHING = ScopeSpec(
    text='100 "odd" orders',
    only=("public.orders", 'public."Odd name"'),
    skip=("public.logs",),
    rows={"public.orders": Count(5, 5), "public.a.b": Count(2, 9), "public.c": Count(500, None)},
    every=Count(10, 20),
    total=10_000,
    per_parent=(PerParent("public.items", "public.orders", Count(0, 3)),),
    topics=("electronics",),
    countries={"US": 900, "DE": 100},
    natures={"public.users": ("company", "enterprise")},
    shares=(
        Shares("public.orders", "status", {"shipped": 400, "lost in the 'post'": 0}, nulls=100, others=500),
        Shares("public.users", "is_active", {"true": 1000}),
    ),
    periods=(
        Period("2024-01-01T00:00:00", "2025-01-01T00:00:00", ("public.orders",)),
        Period("2024-01-01T00:00:00", "2025-01-01T00:00:00", ("public.logs",), -50, "week"),
    ),
    skews=(Skew("public.orders", "public.users", 100, 600),),
    outcomes=(
        Outcome(
            "public.orders",
            Aggregate.SUM,
            "1200000.50",
            "total",
            {"status": "paid"},
            None,
            Period("2024-01-01", "2024-02-01"),
        ),
        Outcome("public.invoices", Aggregate.COUNT, "3", per="public.users"),
    ),
    given={"public.users": (OwnRow({"email": "a@example.com", "name": None}), OwnRow({"email": "b@example.com"}))},
)


def test_a_scope_comes_back_from_the_file_as_it_was(tmp_path):
    path = tmp_path / "seedfast.toml"
    path.write_text('# kept\n[session]\n"app.tenant" = 1 # kept, too\n[scope]\ntext = "bygone"\n')
    project.save(path, written.write(EVERYTHING), written.written_rows(EVERYTHING))
    found = project.read(path)
    assert written.read(found.scope or {}, found.rows) == EVERYTHING
    assert found.session == {"app.tenant": "1"} and path.read_text().count("kept") == 2
    assert "bygone" not in path.read_text()


def test_values_are_text_as_postgresql_reads_them():
    spec = written.read({}, {"users": [{"id": 7, "is_admin": True, "name": "Ann", "score": 1.5}]})
    assert spec.given == {"users": (OwnRow({"id": "7", "is_admin": "true", "name": "Ann", "score": "1.5"}),)}


@pytest.mark.parametrize(
    ("section", "named"),
    [
        ({"onyl": ["a"]}, "only"),
        ({"rows": {"orders": "many"}}, "rows.orders"),
        ({"rows": {"orders": "9-3"}}, "below its start"),
        ({"total": -1}, "total"),
        ({"countries": {"US": 1001}}, "countries.US"),
        ({"shares": [{"table": "a", "column": "b", "values": {"x": 400}}]}, "400 of 1000"),
        ({"shares": [{"column": "b", "values": {"x": 1000}}]}, "no table"),
        ({"periods": [{"start": "2025-01-01", "end": "2024-01-01"}]}, "before it starts"),
        ({"periods": [{"start": "2024-01-01", "end": "2025-01-01", "growth": 100, "pace": "month"}]}, "no tables"),
        ({"periods": [{"start": "2024-01-01", "end": "2025-01-01", "growth": -1000, "pace": "day"}]}, "-999"),
        ({"periods": [{"start": "2024-01-01", "end": "2025-01-01", "growth": 10, "pace": "hour"}]}, "hour"),
        ({"periods": [{"start": "soon", "end": "2024-01-01"}]}, "soon"),
        ({"per_parent": [{"child": "a", "parent": "b"}]}, "no count"),
        ({"outcomes": [{"table": "a", "aggregate": "mean", "value": 1}]}, "mean"),
        ({"outcomes": [{"table": "a", "aggregate": "sum", "value": "lots"}]}, "lots"),
        ({"version": 99}, "99"),
    ],
)
def test_what_is_wrong_is_named(section, named):
    with pytest.raises(UsageError) as raised:
        written.read(section)
    assert raised.value.code == "SF-SCOPE-FORM" and named in raised.value.message + raised.value.hint
