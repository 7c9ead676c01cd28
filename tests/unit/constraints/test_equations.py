"""What conditions set columns equal to."""

from __future__ import annotations

import pytest

from seedfast.constraints.equations import equations


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("gross = net + tax", [("gross", "net + tax", True)]),
        ("net + tax = gross", [("gross", "net + tax", True)]),
        ("(y)::numeric = EXTRACT(year FROM d)", [("y", "extract ('year' FROM d)", True)]),
        ("NOT (b <> a + 1)", [("b", "a + 1", True)]),
        ("NOT (b IS DISTINCT FROM a)", [("b", "a", True)]),
        ("b IS NOT DISTINCT FROM a", [("b", "a", True)]),
        ("NOT (b <> a + 1 OR c <> a + 2)", [("b", "a + 1", True), ("c", "a + 2", True)]),
        ("b = a AND c > 3", [("b", "a", True)]),
        ("code LIKE kind || '-%'", [("code", "replace(kind || '-%', '%', \"code\"::text)", False)]),
        ("NOT (code NOT LIKE kind)", [("code", "replace(kind, '%', \"code\"::text)", False)]),
        ("b <> a", []),
        ("b = a OR c = a", []),
        ("NOT (b = a)", []),
        ("b = ANY (ARRAY[1, 2])", []),
        ("code LIKE 'x%'", []),
        ("not a condition (", []),
    ],
)
def test_what_is_set(condition: str, told: list[tuple[str, str, bool]]) -> None:
    found = [(one.column, one.expression.lower(), one.whole) for one in equations(condition)]
    assert found == [(column, expression.lower(), whole) for column, expression, whole in told]
