from __future__ import annotations

import pytest

from seedfast.constraints.index_parts import InjectivePart, injective_column


@pytest.mark.parametrize(
    ("expression", "column"),
    [
        ("lower(email)", "email"),
        ("lower((email)::text)", "email"),
        ("upper(btrim(email))", "email"),
        ("TRIM(BOTH FROM email)", "email"),
        ("(id)::text", "id"),
        ("md5(body)", "body"),
        ("sha256(convert_to(body, 'UTF8'::name))", "body"),
        ("('u:'::text || lower(name))", "name"),
    ],
)
def test_keeps_distinct_values_apart(expression: str, column: str) -> None:
    assert injective_column(expression) == InjectivePart(column)


def test_coalesce_makes_null_a_value() -> None:
    assert injective_column("COALESCE((project_id)::bigint, ('-1'::integer)::bigint)") == InjectivePart(
        "project_id", True
    )
    assert injective_column("lower(COALESCE(name, ''::text))") == InjectivePart("name", True)
    assert injective_column("NULLIF(name, ''::text)") == InjectivePart("name")


@pytest.mark.parametrize(
    "expression",
    [
        "date(created_at)",
        "(created_at)::date",
        "date_trunc('day'::text, created_at)",
        '"left"(name, 3)',
        "(first_name || last_name)",
        "COALESCE(a, b)",
        "(data ->> 'host'::text)",
        "public.canon(name)",
        "(a > 5)",
        "1",
        "no sql (",
    ],
)
def test_declines_what_may_bring_values_together(expression: str) -> None:
    assert injective_column(expression) is None
