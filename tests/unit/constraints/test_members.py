"""The members of documents that triggers read, as conditions on the row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seedfast.constraints.members import members_read
from seedfast.model.table import Trigger
from seedfast.names import QualifiedName
from tests.unit.constraints.tables import table

FUNCTION = QualifiedName("public", "unpack")


def read(body, declared=""):
    source = f"DECLARE {declared} BEGIN {body} RETURN NEW; END"
    made = replace(
        table("meta jsonb, note text, raw json"), triggers=(Trigger("t", "after", "row", FUNCTION, source=source),)
    )
    return members_read(made)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x := NEW.meta ->> 'full_name';", "(\"meta\" ->> 'full_name') IS NOT NULL"),
        ("x := coalesce(new.meta->>'name', '');", "(\"meta\" ->> 'name') IS NOT NULL"),
        ("x := (NEW.meta -> 'data' ->> 'size')::int;", "(\"meta\" -> 'data' ->> 'size')::integer IS NOT NULL"),
        ("x := ( NEW.\"raw\" ->> 'at' )::timestamptz;", "(\"raw\" ->> 'at')::timestamptz IS NOT NULL"),
        ("x := (NEW.meta->>'kind')::some_enum;", "(\"meta\" ->> 'kind') IS NOT NULL"),
        ("x := NEW.meta ->> 'it''s';", "(\"meta\" ->> 'it''s') IS NOT NULL"),
        ("x := OLD.meta ->> 'gone';", None),
        ("x := NEW.note ->> 'text';", None),
        ("-- NEW.meta ->> 'commented'\n x := 1;", None),
    ],
)
def test_what_is_read_is_there(body, expected):
    assert list(read(body)) == ([] if expected is None else [expected])


def test_a_variable_that_is_given_the_document_stands_for_it():
    found = read("x := said ->> 'plan'; y := other ->> 'plan';", "said jsonb := NEW.meta; other jsonb := OLD.meta;")
    assert found == {"(\"meta\" ->> 'plan') IS NOT NULL": "t"}
