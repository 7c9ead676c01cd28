"""Every structural kind of value with sample parameters: what the conformance tests run through."""

from __future__ import annotations

from typing import Any

from seedfast.constraints.domain import Pattern
from seedfast.constraints.pattern import compile_pattern, compile_recogniser
from seedfast.constraints.predicate import PatternForm

_PHONE = compile_pattern((Pattern(PatternForm.REGEX, r"^\+1-[2-9][0-9]{2}-[0-9]{4}$"),))
assert _PHONE is not None

_DIGITS = (Pattern(PatternForm.REGEX, r"^\+[0-9]{8,17}$"),)
_BUILT, _RECOGNISED = compile_pattern(_DIGITS), compile_recogniser(_DIGITS)
assert _BUILT is not None and _RECOGNISED is not None
_CONFORMING = {"automaton": _BUILT.to_json(), "recognised": _RECOGNISED.to_json()}

_YEARS = {"low": "2023-05-04T10:11:12", "high": "2026-05-04T10:11:12"}
_WORDS = {"kind": "text.words", "params": {"max_length": 12}}
_INTEGER = {"kind": "number.integer", "params": {"low": 1, "high": 50}}

SAMPLES: dict[str, list[dict[str, Any]]] = {
    "accepted": [{"values": [f"value {n}" for n in range(3_000)], "group_key": "7"}],
    "foremost": [
        {"values": ["5", "-7"], "kind": "number.serial", "params": {"start": 3}},
        {"values": ["Ada", "ada lovelace"], "kind": "text.words", "params": {"max_length": 12}},
        {"values": ["6f0c2a4e-3d6b-4a55-9d0e-0b6f5c1f7a11"], "kind": "uuid", "params": {}},
    ],
    "number.serial": [{}, {"start": 100, "step": -3}, {"start": 5, "step": 5, "limit": 20_000}],
    "number.integer": [
        {"low": -5, "high": 20_000},
        {"low": -(2**63), "high": 2**63 - 1},
        {"high": 9_000, "shape": "low"},
    ],
    "number.decimal": [
        {"low": "-3.5", "high": "99.99", "scale": 2},
        {"low": "0", "high": "99999999999999999999999999999999", "scale": 4, "precision": 38},
        {"low": "0", "high": "0.0099", "scale": 4, "precision": 2},
        {"low": "-90000", "high": "99000", "scale": -3, "precision": 2},
        {"low": "-12345678901234567890123", "high": "12345678901234567890123", "scale": 0},
        {"low": "1", "high": "50", "scale": 3, "shape": "low"},
    ],
    "number.float": [
        {},
        {"low": -1.5, "high": 2.25},
        {"low": 0.0, "high": 1e-7},
        {"low": 1e12, "high": 1e15},
        {"low": -1e300, "high": 1e300},
        {"low": 0.0, "high": 500.0, "single": True},
        {"low": 7.0, "high": 7.0},
    ],
    "pack.text": [
        {"pack": "retail", "record": "product", "slot": "name"},
        {"pack": "retail", "record": "product", "slot": "description", "group_key": "17"},
        {"pack": "retail", "record": "product", "slot": "sku", "group_key": "17"},
        {"pack": "retail", "record": "category", "slot": "slug", "group_key": "17"},
        {"pack": "retail", "record": "product", "slot": "price"},
    ],
    "pack.number": [
        {"pack": "retail", "record": "product", "slot": "price", "scale": 2},
        {"pack": "retail", "record": "product", "slot": "sale", "unit": "integer", "factor": 100},
        {"pack": "retail", "record": "product", "slot": "cost", "low": "3", "high": "9", "unit": "float", "scale": 4},
    ],
    "pack.choice": [
        {"pack": "retail", "record": "product", "slot": "category", "within": {"category": ["electronics", "toys"]}},
        {"pack": "retail", "record": "review", "slot": "rating", "within": {"rating": ["1", "5"]}, "group_key": "17"},
    ],
    "pack.document": [{"pack": "retail", "record": "product", "slot": "product_attributes"}],
    "logic.boolean": [{}, {"true_permille": 0}],
    "turns": [{"values": ["red", "green", "blue"]}, {"values": [1]}],
    "choice": [
        {"values": ["new", "paid", "sent"]},
        {"values": ["a", "b", "c"], "weights": [0, 1, 99]},
        {"values": [3, 5, 8]},
        {"values": [f"label {n}" for n in range(3000)]},
    ],
    "constant": [{"value": "only"}, {"value": 7}, {"value": True}],
    "geo.circle": [{}, {"apart": 500}],
    "time.timestamp": [
        _YEARS,
        {**_YEARS, "step_us": 86_400_000_000, "jitter_us": 86_400_000_000},
        {**_YEARS, "shape": "business"},
        {**_YEARS, "step_us": 1},
    ],
    "time.date": [
        {"low": "1990-01-01", "high": "2026-05-04"},
        {"low": "1990-01-01", "high": "2026-05-04", "step_days": 31},
    ],
    "time.time": [{}, {"low": "09:00:00", "high": "17:00:00", "step_us": 60_000_000}],
    "time.timetz": [{}],
    "time.interval": [
        {},
        {"low": -5000, "high": 500_000, "step_s": 60},
        {"low": 1, "high": 9000, "unit": "month"},
    ],
    "text.words": [{}, {"low_words": 6, "high_words": 9}],
    "text.sentence": [{}],
    "text.paragraph": [{}, {"low_sentences": 1, "high_sentences": 1}],
    "text.label": [{}, {"prefix": "Warehouse"}, {"prefix": ""}],
    "text.ordinal": [
        {},
        {"length": 12},
        {"length": 40},
        {"alphabet": "01", "length": 20},
        {"alphabet": "äöü", "length": 9},
    ],
    "text.token": [{}, {"alphabet": "base62", "length": 24}, {"alphabet": "digits", "length": 80}],
    "text.pattern": [{"automaton": _PHONE.to_json()}],
    "text.conforming": [
        {**_CONFORMING, "kind": "person.phone", "params": {}},
        {**_CONFORMING, "kind": "text.pattern", "params": {"automaton": _PHONE.to_json()}},
    ],
    "text.distinct": [
        {"kind": "text.words", "params": {}},
        {"kind": "text.sentence", "params": {}, "style": "code"},
        {"kind": "choice", "params": {"values": ["red", "Red", "blue"]}},
        {"kind": "text.words", "params": {}, "separator": "."},
    ],
    "uuid": [{}, {"version": 7}],
    "bytes": [{}, {"octets": 3}, {"octets": 20}, {"octets": 0}, {"low": 0, "high": 300}],
    "bit": [{}, {"length": 1}, {"length": 100}, {"length": 33, "varying": True}],
    "json.object": [{}, {"shape": "settings"}, {"shape": "payload"}, {"shape": "empty"}],
    "net.inet": [{}, {"version": 6}],
    "json.document": [
        {"members": [{"name": "a", **_WORDS}, {"name": "n", **_INTEGER, "raw": True}]},
        {"base": {"kind": "json.object", "params": {}}, "members": [{"name": 'a "b"', **_WORDS}]},
        {
            "members": [
                {"name": "low", **_INTEGER, "raw": True},
                {"name": "own", "kind": "relative.equal", "params": {"column": "n"}, "raw": True},
                {
                    "name": "high",
                    "kind": "relative.between",
                    "params": {"above": [{"column": ".low", "strict": True}]},
                    "raw": True,
                },
            ]
        },
    ],
    "json.scalar": [_WORDS, {**_INTEGER, "raw": True}],
    "hstore.entries": [{"members": [{"name": "colour", **_WORDS}]}],
    "array": [
        {"element": _WORDS, "low": 2, "high": 4, "includes": ["first", 'a "b"']},
        {"element": _WORDS, "low": 1, "high": 1, "includes": ["alone"]},
        {"element": _WORDS, "low": 0, "high": 3, "json": True},
        {"element": _INTEGER, "count": {"column": "n"}},
        {"element": _INTEGER, "count_key": "7"},
        {"element": {"kind": "choice", "params": {"values": ["a", "b", "c"]}}, "high": 3, "distinct": True},
        {"element": _INTEGER, "low": 2, "high": 3, "includes": [{"column": "n"}, "7"]},
        {"element": _WORDS},
        {"element": _INTEGER, "low": 0, "high": 5},
        {"element": _INTEGER, "low": 2, "high": 2, "dimensions": 2},
        {"element": {"kind": "choice", "params": {"values": ['a "b"', "c\\d", "NULL", ""]}}, "low": 0, "high": 9},
        {"element": {"kind": "time.timestamp", "params": _YEARS}},
        {"element": {"kind": "logic.boolean"}, "low": 0, "high": 0},
        {"element": {"kind": "text.paragraph", "params": {"max_length": 30}}},
    ],
    "composite": [
        {"fields": [{"name": "a", **_WORDS, "null_permille": 300}, {"name": "b", **_INTEGER}]},
        {"fields": [{"name": "a", **_INTEGER}, {"name": "b", **_INTEGER}, {"name": "c", "kind": "logic.boolean"}]},
        {"fields": [{"name": "a", "kind": "array", "params": {"element": _WORDS}}]},
        {"fields": []},
    ],
    "range": [
        {"of": "integer"},
        {"of": "integer", "low": 0, "high": 3000, "slots": 3000},
        {"of": "decimal", "low": "-5", "high": "100000", "scale": 3},
        {"of": "date", "low": "2020-01-01", "high": "2200-01-01"},
        {"of": "timestamp", **_YEARS, "slots": 5000},
        {"of": "time"},
    ],
    "range.placed": [
        {"of": "integer", "low": 1, "high": 500, "start_high": 40, "form": "[]"},
        {"of": "integer", "low": 1, "high": 500, "start_by": [{"column": "n", "how": "at"}]},
        {"of": "integer", "low": 0, "high": 90, "end_by": [{"column": "n", "how": "before"}], "open": ["low"]},
        {"of": "decimal", "low": "0", "high": "9", "start_by": [{"column": "n", "how": "after", "strict": True}]},
        {"of": "date", "low": "2024-01-01", "high": "2030-01-01", "width_low": 2, "width_high": 3},
        {"of": "timestamp", "low": "2024-01-01T00:00:00", "high": "2030-01-01T00:00:00", "open": ["high"]},
        {"of": "time"},
    ],
    "multirange": [
        {"of": "integer"},
        {"of": "timestamp", **_YEARS},
        {"of": "integer", "high": 20_000, "slots": 20_000},
    ],
    "range.single": [{"element": _WORDS}],
    "multirange.single": [{"element": {"kind": "net.inet"}}],
    "relative.between": [
        {"above": [{"column": "n", "strict": True}], "low": 0, "high": 2000, "unit": "integer"},
        {"below": [{"column": "n", "strict": False}], "low": -5000, "high": 900, "unit": "integer"},
        {"below": [{"sum": {"n": "-1/3"}, "plus": 40}], "low": -5000, "high": 900, "unit": "integer", "parts": 2},
        {"above": [{"column": "n"}], "low": 0, "high": 90, "unit": "integer", "residues": 40, "apart": 1},
    ],
    "relative.different": [{"column": "n", **_INTEGER}],
    "number.opposite": [_INTEGER],
    "number.residue": [
        {"low": -20, "high": 500, "modulus": "7", "residues": ["0"]},
        {"low": "0", "high": "90", "modulus": "0.25", "residues": ["0", "0.05"], "scale": 2},
    ],
    "time.calendar": [
        {"low": "2024-01-01", "high": "2026-12-31", "fields": {"isodow": [1, 2], "quarter": [2]}},
        {"low": "2024-01-01T05:00:00", "high": "2026-12-31T07:00:00", "unit": "timestamp", "fields": {"minute": [0]}},
        {"low": "08:00:00", "high": "17:00:00", "unit": "time", "fields": {"minute": [0, 30], "second": [0]}},
    ],
    "computed": [{"tree": {"call": "||", "of": [{"value": "A-"}, {"column": "n"}]}}],
    "relative.equal": [{"column": "n"}],
    "logic.outside": [
        {"value": {"column": "n"}, "low": {"column": "n"}, "high": {"column": "n"}},
        {"value": {"column": "n"}, "high": {"column": "n"}, "outside": False},
    ],
    "present.with": [{"column": "n", "kind": "text.words", "params": {}}],
    "text.made_of": [
        {"of": ["n", "n"], "form": "email"},
        {"of": ["n"], "form": "name", "max_length": 1},
        {"of": ["n"], "form": "office"},
    ],
    "time.part": [{"column": "n", "part": part} for part in ("year", "month_name", "weekend")],
    "figure.first": [{"column": "n"}],
    "figure.rising": [
        {"column": "n"},
        {"column": "n", "least": 5, "step": 10, "low": 100, "by": [{"column": "n"}], "above": [{"column": "n"}]},
        {"column": "n", "unit": "decimal", "scale": 2, "step": "1.5"},
    ],
    "figure": [
        {"terms": [{"of": [{"column": "n"}, {"column": "n"}], "factor": "1/3"}], "unit": "decimal", "scale": 2},
        {
            "terms": [{"of": [{"column": "n"}], "factor": "-1", "optional": True}],
            "rates": ["0", "0.5"],
            "weights": [1, 2],
        },
        {"terms": [{"of": [{"column": "n"}]}], "unit": "float", "ceiling": 40.0},
    ],
    "relative.text_after": [{"column": "n", "strict": True, "kind": "text.words", "params": {}}],
    "geo.spatial": [{}]
    + [
        {"form": form, "dimensions": more, "srid": 0}
        for form in ("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTIPOLYGON", "GEOMETRYCOLLECTION")
        for more in ("", "Z", "M", "ZM")
    ],
    "cube": [{}, {"dimensions": 1}],
    "vector": [{"dimensions": 12}],
    "vector.sparse": [{"dimensions": 5}],
}
"""Kinds that aren't named here need no parameters."""
