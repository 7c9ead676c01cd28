"""What functions return, read in place of their calls."""

from __future__ import annotations

import pytest

from seedfast.catalog.functions import Functions
from seedfast.catalog.rows import FunctionRow


def function(source: str, *arguments: str, language: str = "sql", strict: bool = False, name: str = "f") -> FunctionRow:
    return FunctionRow("s", name, language, arguments, ["text"] * len(arguments), "boolean", strict, source)


def plpgsql(source: str, *arguments: str) -> Functions:
    return Functions([function(source, *arguments, language="plpgsql")])


def test_a_function_in_sql_is_the_value_that_it_selects() -> None:
    assert Functions([function("SELECT v > 1", "v")]).inlined("s.f(n) AND m > 2") == "n > 1 AND m > 2"


def test_arguments_may_be_numbered() -> None:
    assert Functions([function("SELECT $1 > 1;", "")]).inlined("s.f(n)") == "n > 1"


def test_an_atomic_body_is_read() -> None:
    assert Functions([function("RETURN (v > 1)", "v")]).inlined("s.f(n)") == "n > 1"
    assert Functions([function("BEGIN ATOMIC\n SELECT (f.v > 1);\nEND", "v")]).inlined("s.f(n)") == "n > 1"


def test_a_strict_function_is_null_of_null() -> None:
    found = Functions([function("SELECT v > 1", "v", strict=True)]).inlined("s.f(n)")
    assert found == "CASE WHEN n IS NOT NULL THEN n > 1 END"


def test_the_value_of_a_domain_keeps_its_capitals() -> None:
    assert Functions([function("SELECT v > 1", "v")]).inlined("s.f(VALUE)") == '"VALUE" > 1'


def test_a_function_may_call_another() -> None:
    rows = [function("SELECT f.v > 1", "v"), function("SELECT NOT f(w)", "w", name="g")]
    assert Functions(rows).inlined("s.g(n)") == "NOT n > 1"


def test_steps_become_cases() -> None:
    body = "BEGIN IF v IS NULL THEN RETURN true; ELSIF v = 'a' THEN RAISE EXCEPTION 'no'; END IF; RETURN v > 'b'; END"
    assert (
        plpgsql(body, "v").inlined("s.f(t)") == "CASE WHEN t IS NULL THEN true WHEN t = 'a' THEN false ELSE t > 'b' END"
    )


def test_variables_are_followed() -> None:
    body = "DECLARE w text := lower(v); BEGIN w := w || 'x'; RETURN w = 'ax'; END"
    assert plpgsql(body, "v").inlined("s.f(t)") == "(lower(t) || 'x') = 'ax'"


@pytest.mark.parametrize(
    "source",
    [
        "BEGIN RETURN EXISTS (SELECT FROM s.t WHERE t.a = v); END",
        "BEGIN PERFORM v::inet; RETURN true; EXCEPTION WHEN OTHERS THEN RETURN false; END",
        "BEGIN FOR i IN 1..3 LOOP RETURN true; END LOOP; RETURN other; END",
    ],
)
def test_a_body_that_does_more_than_decide_is_left_alone(source: str) -> None:
    assert plpgsql(source, "v").inlined("s.f(t)") is None


@pytest.mark.parametrize(
    "source", ["SELECT v = ANY (SELECT a FROM s.t)", "SELECT a > v FROM s.t", "SELECT 1; SELECT 2", "SELECT f(v)"]
)
def test_a_query_is_left_alone(source: str) -> None:
    assert Functions([function(source, "v")]).inlined("s.f(t)") is None


def test_an_expression_without_calls_has_no_other_form() -> None:
    assert Functions([function("SELECT v > 1", "v")]).inlined("n > 1 AND g(n)") is None
    assert Functions([function("SELECT v > 1", "v")] * 2).inlined("s.f(n)") is None
