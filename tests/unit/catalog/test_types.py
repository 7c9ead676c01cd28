"""Type modifiers mean what PostgreSQL means by them."""

from __future__ import annotations

import pytest

from seedfast.catalog.rows import AttributeRow, DomainCheckRow, TypeRow
from seedfast.catalog.types import Modifiers, TypeMaker, modifiers
from seedfast.model.types import TypeForm


@pytest.mark.parametrize(
    ("name", "typmod", "meant"),
    [
        ("varchar", 24, Modifiers(length=20)),
        ("bpchar", 5, Modifiers(length=1)),
        ("varbit", 7, Modifiers(length=7)),
        ("bit", 3, Modifiers(length=3)),
        ("numeric", ((10 << 16) | 2) + 4, Modifiers(precision=10, scale=2)),
        ("numeric", ((1000 << 16) | 1000) + 4, Modifiers(precision=1000, scale=1000)),
        ("numeric", ((5 << 16) | (-3 & 0x7FF)) + 4, Modifiers(precision=5, scale=-3)),
        ("timestamptz", 0, Modifiers(fraction=0)),
        ("time", 3, Modifiers(fraction=3)),
        ("interval", (0x7FFF << 16) | 2, Modifiers(fraction=2)),
        ("interval", (0x1C00 << 16) | 0xFFFF, Modifiers()),
        ("varchar", -1, Modifiers()),
        ("int4", -1, Modifiers()),
    ],
)
def test_modifiers(name, typmod, meant):
    assert modifiers(name, typmod) == meant


def row(oid, name, kind="b", *, schema="pg_catalog", **rest):
    given = {
        "display": name,
        "element": None,
        "base": None,
        "base_typmod": -1,
        "base_display": None,
        "not_null": False,
        "default": None,
        "subtype": None,
        "extension": None,
        "labels": (),
    }
    return TypeRow(oid=oid, schema=schema, name=name, kind=kind, **{**given, **rest})


def test_an_array_gives_its_modifier_to_its_elements():
    maker = TypeMaker.of([row(1, "varchar"), row(2, "_varchar", element=1)], [], [])
    made = maker.make(2, 9, "character varying(5)[]")
    assert (made.form, made.display, made.length) == (TypeForm.ARRAY, "character varying(5)[]", None)
    assert made.element is not None
    assert (made.element.display, made.element.length) == ("character varying(5)", 5)


def test_an_array_belongs_to_the_extension_of_its_elements():
    rows = [row(1, "hstore", schema="public", extension="hstore"), row(2, "_hstore", schema="public", element=1)]
    assert TypeMaker.of(rows, [], []).make(2, -1, "public.hstore[]").extension == "hstore"


def test_domains_nest_and_sort_their_checks():
    rows = [
        row(1, "bpchar"),
        row(2, "code", "d", schema="s", base=1, base_typmod=6, base_display="character(2)", not_null=True),
        row(3, "country", "d", schema="s", base=2, base_display="s.code"),
    ]
    checks = [DomainCheckRow(3, "b", "VALUE <> 'XX'", True), DomainCheckRow(3, "a", "VALUE ~ '^[A-Z]'", False)]
    made = TypeMaker.of(rows, [], checks).make(3, -1, "s.country")
    assert [domain.name for domain in made.domains()] == ["country", "code"]
    assert [(check.name, check.validated) for check in made.checks] == [("a", False), ("b", True)]
    assert (made.not_null, made.domains()[1].not_null) == (False, True)
    assert (made.storage.name, made.storage.length, made.storage.display) == ("bpchar", 2, "character(2)")


def test_composites_keep_the_order_and_modifiers_of_their_fields():
    rows = [row(1, "numeric"), row(2, "price", "c", schema="s")]
    fields = [AttributeRow(2, "z", 1, (4 << 16 | 1) + 4, "numeric(4,1)"), AttributeRow(2, "a", 1, -1, "numeric")]
    made = TypeMaker.of(rows, fields, []).make(2, -1, "s.price")
    assert [(field.name, field.type.precision) for field in made.attributes] == [("z", 4), ("a", None)]
