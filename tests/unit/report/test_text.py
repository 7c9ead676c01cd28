"""How a plan is laid out for people."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from seedfast.names import QualifiedName
from seedfast.plan.spec import (
    VERSION,
    ColumnPlan,
    GenerationPlan,
    GeneratorPlan,
    LoadStep,
    Method,
    Source,
    Status,
    TablePlan,
)
from seedfast.report import text


def laid_out(tables: int, *, every: bool = False) -> str:
    names = [QualifiedName("public", f"t{number}") for number in range(tables)]
    column = ColumnPlan("city", "text", Source.GENERATED, (GeneratorPlan("place.city"),), reason="the name says city")
    plans = tuple(TablePlan(name, Status.FILL, rows=5, columns=(column,)) for name in names)
    steps = tuple(LoadStep(Method.COPY, (name,)) for name in names)
    out = io.StringIO()
    plan = GenerationPlan(VERSION, 1, "2026-01-01T00:00:00", "f", "k", plans, steps)
    Console(file=out, width=120).print(text.plan(plan, "shop", every=every))
    return out.getvalue()


@pytest.mark.parametrize(("tables", "every"), [(3, False), (101, True)])
def test_a_plan_shows_how_every_column_gets_its_values(tables: int, every: bool) -> None:
    assert laid_out(tables, every=every).count("the name says city") == tables


def test_a_plan_of_very_many_tables_shows_a_line_for_each_and_how_to_see_more() -> None:
    out = laid_out(101)
    assert "the name says city" not in out
    assert [line.split()[0] for line in out.splitlines() if line.startswith("public.t")] == [
        f"public.t{number}" for number in range(101)
    ]
    assert "explain TABLE" in out and "-v" in out
