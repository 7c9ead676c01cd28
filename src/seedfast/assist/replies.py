"""The JSON schemas of the replies that a model may give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seedfast.scope.spec import PACES, Aggregate


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}


def _by_name(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": dict(value)}


_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_COUNT = {"type": ["integer", "string"]}
_PERIOD = _object(
    ("start", "end"),
    start=_TEXT,
    end=_TEXT,
    tables=_list(_TEXT),
    growth=_NUMBER,
    pace={"type": "string", "enum": list(PACES)},
)

WISHES: Mapping[str, Any] = {
    "only": _list(_TEXT),
    "skip": _list(_TEXT),
    "rows": _by_name(_COUNT),
    "every": _COUNT,
    "total": _NUMBER,
    "per_parent": _list(_object(("child", "parent", "count"), child=_TEXT, parent=_TEXT, count=_COUNT)),
    "topics": _list(_TEXT),
    "countries": _by_name(_NUMBER),
    "natures": _by_name(_list(_TEXT)),
    "shares": _list(
        _object(
            ("table", "column", "values"),
            table=_TEXT,
            column=_TEXT,
            values=_by_name(_NUMBER),
            nulls=_NUMBER,
            others=_NUMBER,
        )
    ),
    "periods": _list(_PERIOD),
    "skews": _list(
        _object(("child", "parent", "heaviest", "hold"), child=_TEXT, parent=_TEXT, heaviest=_NUMBER, hold=_NUMBER)
    ),
    "outcomes": _list(
        _object(
            ("table", "aggregate", "value"),
            table=_TEXT,
            aggregate={"type": "string", "enum": [one.value for one in Aggregate]},
            value=_TEXT,
            column=_TEXT,
            where=_by_name(_TEXT),
            per=_TEXT,
            period=_PERIOD,
        )
    ),
}
"""The wishes of a scope that a model may make, each in its written form."""

SCOPE: Mapping[str, Any] = _object(("scope", "unclear"), scope=_object(**WISHES), unclear=_list(_TEXT))

COLUMNS: Mapping[str, Any] = _object(
    ("columns",),
    columns=_list(_object(("table", "column"), table=_TEXT, column=_TEXT, kind=_TEXT, values=_list(_TEXT))),
)

_SLOTS = _by_name(_TEXT)
_TREE: Mapping[str, Any] = {"type": "object"}

PACK: Mapping[str, Any] = _object(
    ("pack", "contents"),
    pack=_object(
        records=_by_name(
            _object(
                ("tables", "columns"),
                about=_TEXT,
                tables=_TEXT,
                columns=_SLOTS,
                parents=_SLOTS,
                listed={"type": "boolean"},
                codes=_TEXT,
            )
        ),
        words=_by_name(_object(("columns", "values"), tables=_TEXT, columns=_TEXT, values=_list(_TEXT))),
        states=_by_name(
            _object(
                ("columns", "states"),
                tables=_TEXT,
                columns=_TEXT,
                states=_list(_TEXT),
                ends=_list(_TEXT),
                moves=_by_name(_list(_TEXT)),
            )
        ),
        documents=_by_name(_object(("record", "columns", "shape"), record=_TEXT, columns=_TEXT, shape=_TREE)),
    ),
    contents=_by_name(_TREE),
)
"""A data pack as docs/packs.md has it: ``pack`` is what pack.toml declares, ``contents`` what the other files hold."""
