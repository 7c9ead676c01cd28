"""What a user writes to set columns, read: which column is meant, and what it is to hold."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from seedfast.diagnostics import Finding, Severity
from seedfast.errors import UsageError
from seedfast.model.database import Database
from seedfast.names import QualifiedName, parse_qualified
from seedfast.pipeline.request import Request
from seedfast.plan.options import Override
from seedfast.plan.volumes import resolve_column
from seedfast.values.registry import Registry

_COLUMN = re.compile(r'(.+)\.("(?:[^"]|"")*"|[^."]+)\Z')
_CALL = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*(?:\((.*)\))?\Z", re.DOTALL)
_PARAMETER = re.compile(r"\s*([a-z_]+)\s*=\s*(.*)\Z", re.DOTALL)
_WEIGHED = re.compile(r"(.*?)\s*\*\s*([0-9]{1,9})\Z", re.DOTALL)
_NEAR = 0.8
_FORMS = 'Write a kind of value (person.job), a list (free|pro*3|team), a number, or a text in quotes ("Berlin").'
ColumnsSetTo = Mapping[QualifiedName, Mapping[str, Override]]

_KEYS = ("kind", "value", "values", "weights")


def addressed(request: Request, tables: Sequence[QualifiedName]) -> tuple[Request, tuple[Finding, ...]]:
    """Return the request with each ``--set`` as a column's or a setting's, and findings on names that are near one.

    A name whose part before the last dot is a table's is a column; any other is a setting, unless its value is a kind.
    """
    columns, session = dict(request.columns), dict(request.session)
    findings = []
    known = {str(table) for table in tables} | {table.name for table in tables}
    for name, value in request.assigned:
        parts = _COLUMN.match(name)
        if parts is not None and (_names_table(parts[1], tables) or _names_kind(value, request.registry)):
            columns[name] = value
            continue
        session[name] = value
        near = difflib.get_close_matches(parts[1], known, n=1, cutoff=_NEAR) if parts else []
        if near:
            findings.append(
                Finding(
                    "SF-SETTING-NEAR",
                    Severity.WARNING,
                    f"--set {name}",
                    f"It is taken for a setting of the session, since no table is named {parts[1] if parts else ''}.",
                    f"If a column was meant, the nearest table is {near[0]}.",
                )
            )
    return replace(request, assigned=(), columns=columns, session=session), tuple(findings)


def _names_table(written: str, tables: Sequence[QualifiedName]) -> bool:
    schema, name = parse_qualified(written)
    return any(table.name.casefold() == name.casefold() and schema in (None, table.schema) for table in tables)


def _names_kind(value: str, registry: Registry) -> bool:
    call = _CALL.match(value.strip())
    return call is not None and "." in call[1] and call[1] in registry


def overrides(
    columns: Mapping[str, Any],
    given: Collection[str],
    database: Database,
    registry: Registry,
    *,
    place: str = "[columns]",
) -> ColumnsSetTo:
    """Return what ``columns`` set, by table and column.

    ``given`` are those of them that the command line gave, ``place`` is where the others are written.
    """
    found: dict[QualifiedName, dict[str, Override]] = {}
    for name, value in columns.items():
        origin = f"--set {name}" if name in given else f"{name} in {place}"
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        table, column = resolve_column(database, name)
        written = f"--set {name}={shown}" if name in given else f"{name} = {shown} in {place}"
        found.setdefault(table, {})[column] = replace(_read(value, origin, registry), written=written)
    return found


def _read(value: Any, origin: str, registry: Registry) -> Override:
    if isinstance(value, str):
        return _read_text(value.strip(), origin, registry)
    if isinstance(value, list):
        return _listed(value, origin)
    if not isinstance(value, dict):
        return Override("", values=(_constant(value, origin),))
    if "kind" in value:
        params = {key: inner for key, inner in value.items() if key != "kind"}
        return _kind(str(value["kind"]), params, origin, registry)
    if value.keys() == {"value"}:
        return Override("", values=(_constant(value["value"], origin),))
    if "values" in value and value.keys() <= {"values", "weights"}:
        return _listed(value["values"], origin, value.get("weights"))
    raise _wrong(origin, f"it is none of {', '.join(_KEYS)}")


def _read_text(text: str, origin: str, registry: Registry) -> Override:
    if text[:1] in ('"', "[", "-") or text[:1].isdigit() or text in ("true", "false", "null"):
        try:
            return _read_json(json.loads(text), origin)
        except ValueError:
            pass
    call = _CALL.match(text)
    if call is not None and (call[1] in registry or "|" not in text):
        params = {} if call[2] is None else dict(_parameters(call[2], origin))
        return _kind(call[1], params, origin, registry)
    if "|" not in text:
        raise _wrong(origin, f"{text!r} is no kind of value")
    values, weights = [], []
    for part in text.split("|"):
        weighed = _WEIGHED.match(part.strip())
        values.append(weighed[1] if weighed else part.strip())
        weights.append(int(weighed[2]) if weighed else 1)
    return _listed(values, origin, weights if len(set(weights)) > 1 else None)


def _read_json(value: Any, origin: str) -> Override:
    return _listed(value, origin) if isinstance(value, list) else Override("", values=(_constant(value, origin),))


def _kind(name: str, params: Mapping[str, Any], origin: str, registry: Registry) -> Override:
    if name == "choice":
        return _listed(params.get("values"), origin, params.get("weights"))
    if name == "constant":
        return Override("", values=(_constant(params.get("value"), origin),))
    if name not in registry:
        names = [kind.name for kind in registry]
        last = {each.rpartition(".")[2]: each for each in reversed(names)}
        near = difflib.get_close_matches(name, names, n=1) or difflib.get_close_matches(name, last, n=1)
        nearest = f"The nearest name is {last.get(near[0], near[0])}. " if near else ""
        message = f"{origin}: there is no kind of value named {name!r}."
        raise UsageError("SF-KIND-UNKNOWN", message, nearest + _FORMS)
    unknown = sorted(params.keys() - registry.kind(name).params.keys())
    if unknown:
        takes = ", ".join(registry.kind(name).params) or "none"
        message = f"{origin}: {name} takes no parameter {unknown[0]!r}."
        raise UsageError("SF-KIND-PARAMETER", message, f"It takes: {takes}.")
    return Override("", name, params)


def _parameters(written: str, origin: str) -> Iterator[tuple[str, Any]]:
    """Yield the parameters within a kind's parentheses: ``low=5, high=90``."""
    for part in re.findall(r'(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^}]*\}|[^,"\[{])+', written):
        found = _PARAMETER.match(part)
        if found is None:
            raise _wrong(origin, f"{part.strip()!r} is no parameter such as low=5")
        try:
            yield found[1], json.loads(found[2])
        except ValueError:
            yield found[1], found[2].strip()


def _listed(values: Any, origin: str, weights: Any = None) -> Override:
    if not isinstance(values, list) or not values:
        raise _wrong(origin, "a list needs values")
    fits = weights is None or (
        isinstance(weights, list) and len(weights) == len(values) and all(type(w) is int and w > 0 for w in weights)
    )
    if not fits:
        raise _wrong(origin, "weights are whole numbers from 1 on, one for each value")
    return Override("", values=tuple(_constant(value, origin) for value in values), weights=tuple(weights or ()))


def _constant(value: Any, origin: str) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise _wrong(origin, f"{value!r} is no text, number, date or truth value")


def _wrong(origin: str, message: str) -> UsageError:
    return UsageError("SF-SET-FORM", f"{origin}: {message}.", _FORMS)
