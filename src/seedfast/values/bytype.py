"""The default kind for every SQL type that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from seedfast.model.types import SqlType, TypeForm
from seedfast.values.kind import Json

_Made = Callable[[SqlType, datetime], "Chosen | None"]

_PAST = timedelta(days=3 * 365)
_SOON = timedelta(days=180)
_LONGEST_CODE = 5
_PLAUSIBLE = 1000


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kind of value and its parameters."""

    kind: str
    params: Mapping[str, Json] = field(default_factory=dict)

    def written(self) -> dict[str, Json]:
        """Return the choice as a parameter of another kind."""
        return {"kind": self.kind, "params": dict(self.params)}


def generator_for_type(sql_type: SqlType, *, now: datetime) -> Chosen | None:
    """Return the default kind for a type, None for a type that isn't known.

    Times end at ``now``. Domains count as their storage: what their constraints forbid is not looked at.
    """
    storage = sql_type.storage
    if storage.form is TypeForm.ENUM:
        return Chosen("choice", {"values": list(storage.labels)}) if storage.labels else None
    if storage.form is TypeForm.ARRAY:
        return _array(storage, now)
    if storage.form is TypeForm.COMPOSITE:
        return _composite(storage, now)
    if storage.form is TypeForm.RANGE:
        return _range(storage, now, "range")
    if storage.form is TypeForm.MULTIRANGE:
        subject = storage.element.storage if storage.element is not None else None
        return None if subject is None else _range(subject, now, "multirange")
    if storage.form is TypeForm.BASE:
        return _base(storage, now)
    return None


def _array(storage: SqlType, now: datetime) -> Chosen | None:
    if storage.element is None:
        return None
    # These two are arrays to the catalogue and have a notation of their own.
    if storage.schema == "pg_catalog" and storage.name in ("int2vector", "oidvector"):
        return Chosen(f"sys.{storage.name}")
    element = generator_for_type(storage.element, now=now)
    if element is None:
        return None
    params: dict[str, Json] = {"element": element.written(), "low": 1, "high": 3}
    if storage.element.storage.name == "box":
        params["delimiter"] = ";"
    return Chosen("array", params)


def _composite(storage: SqlType, now: datetime) -> Chosen | None:
    fields: list[Json] = []
    for attribute in storage.attributes:
        chosen = generator_for_type(attribute.type, now=now)
        if chosen is None and any(domain.not_null for domain in attribute.type.domains()):
            return None
        # A field of an unknown type is left empty.
        made = chosen or Chosen("constant", {"value": ""})
        fields.append({"name": attribute.name, **made.written(), "null_permille": 0 if chosen else 1000})
    return Chosen("composite", {"fields": fields})


def _range(storage: SqlType, now: datetime, kind: str) -> Chosen | None:
    if storage.element is None:
        return None
    subtype = storage.element.storage
    past, usual = now - _PAST, now + _SOON
    of: dict[str, dict[str, Json]] = {
        "int2": {"of": "integer", "low": 0, "high": 32_000, "usual": 10_000},
        "int4": {"of": "integer", "low": 0, "high": 2_000_000_000, "usual": 10_000},
        "int8": {"of": "integer", "low": 0, "high": 1_000_000_000_000, "usual": 10_000},
        "numeric": {"of": "decimal", "low": "0", "high": "1000000000", "scale": 2, "usual": "10000"},
        "float8": {"of": "decimal", "low": "0", "high": "1000000000", "scale": 2, "usual": "10000"},
        "date": {"of": "date", "low": past.date().isoformat(), "high": "2999-12-31", "usual": _iso(usual)[:10]},
        "timestamp": {"of": "timestamp", "low": _iso(past), "high": "2999-12-31T00:00:00", "usual": _iso(usual)},
        "timestamptz": {"of": "timestamp", "low": _iso(past), "high": "2999-12-31T00:00:00", "usual": _iso(usual)},
        "time": {"of": "time"},
    }
    if subtype.schema == "pg_catalog" and subtype.name in of:
        return Chosen(kind, of[subtype.name])
    element = generator_for_type(storage.element, now=now)
    return None if element is None else Chosen(f"{kind}.single", {"element": element.written()})


def _base(storage: SqlType, now: datetime) -> Chosen | None:
    made: _Made | None
    if storage.schema == "pg_catalog":
        if storage.name in _PLAIN:
            return _PLAIN[storage.name]
        made = _MODIFIED.get(storage.name)
    else:
        made = _EXTENSIONS.get((storage.extension or "", storage.name))
    return None if made is None else made(storage, now)


def _iso(moment: datetime) -> str:
    naive = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return naive.replace(microsecond=0).isoformat()


def _text(storage: SqlType, now: datetime) -> Chosen:
    if storage.length is None:
        # char without a length is char(1) and always carries one; bpchar without is any text.
        return Chosen("text.words", {})
    code = storage.length <= (16 if storage.name == "bpchar" else _LONGEST_CODE)
    if code:
        return Chosen("text.ordinal", {"length": storage.length, "max_length": storage.length})
    return Chosen("text.words", {"max_length": storage.length})


def _numeric(storage: SqlType, now: datetime) -> Chosen:
    if storage.precision is None:
        return Chosen("number.decimal", {"low": "0", "high": str(_PLAUSIBLE), "scale": 2})
    scale = storage.scale or 0
    limit = Decimal(10) ** (storage.precision - scale) - Decimal(1).scaleb(-scale)
    high = min(limit, Decimal(_PLAUSIBLE)) if scale >= 0 else limit
    # 38 digits are as many as a column of decimals holds.
    params: dict[str, Json] = {"low": "0", "high": format(high, "f"), "scale": min(scale, 35)}
    if storage.precision <= 38:
        params["precision"] = storage.precision
    return Chosen("number.decimal", params)


def _timestamp(storage: SqlType, now: datetime) -> Chosen:
    return Chosen("time.timestamp", {"low": _iso(now - _PAST), "high": _iso(now)})


def _date(storage: SqlType, now: datetime) -> Chosen:
    return Chosen("time.date", {"low": _iso(now - _PAST)[:10], "high": _iso(now)[:10]})


_INTERVAL_STEPS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


def _interval(storage: SqlType, now: datetime) -> Chosen:
    fields = re.findall(r"year|month|day|hour|minute|second", storage.display)
    least = fields[-1] if fields else "second"
    if least == "year":
        return Chosen("time.interval", {"low": 0, "high": 240, "step_s": 12, "unit": "month"})
    if least == "month":
        return Chosen("time.interval", {"low": 1, "high": 60, "unit": "month"})
    step = _INTERVAL_STEPS[least]
    return Chosen("time.interval", {"low": 0, "high": max(7 * 86_400, 100 * step), "step_s": step})


def _bits(storage: SqlType, now: datetime) -> Chosen:
    varying = storage.name == "varbit"
    # bit without a length is bit(1).
    length = storage.length if storage.length is not None else (16 if varying else 1)
    return Chosen("bit", {"length": min(length, 256) if varying else length, "varying": varying})


_SPATIAL = re.compile(r"\(\s*([A-Za-z]+?)(ZM|Z|M)?\s*(?:,\s*(\d+))?\s*\)", re.IGNORECASE)
_FORMS = {"POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"}


def _spatial(storage: SqlType, now: datetime) -> Chosen | None:
    found = _SPATIAL.search(storage.display)
    geography = storage.name == "geography"
    if found is None:
        return Chosen("geo.spatial", {"srid": 4326, "form": "POINT"})
    form = found[1].upper()
    if form in ("GEOMETRY", "GEOGRAPHY"):
        form = "POINT"
    if form not in _FORMS:
        return None
    srid = int(found[3]) if found[3] else (4326 if geography else 0)
    return Chosen("geo.spatial", {"srid": srid, "form": form, "dimensions": (found[2] or "").upper()})


def _dimensions(kind: str) -> _Made:
    def made(storage: SqlType, now: datetime) -> Chosen:
        found = re.search(r"\((\d+)\)", storage.display)
        return Chosen(kind, {"dimensions": int(found[1])} if found else {})

    return made


def _always(chosen: Chosen) -> _Made:
    return lambda storage, now: chosen


_AMOUNT = Chosen("number.decimal", {"low": "0", "high": str(_PLAUSIBLE), "scale": 2, "precision": 18})

_PLAIN: Mapping[str, Chosen] = {
    "int2": Chosen("number.integer", {"low": 0, "high": _PLAUSIBLE}),
    "int4": Chosen("number.integer", {"low": 0, "high": _PLAUSIBLE}),
    "int8": Chosen("number.integer", {"low": 0, "high": _PLAUSIBLE}),
    "float4": Chosen("number.float", {"low": 0.0, "high": float(_PLAUSIBLE), "digits": 3, "single": True}),
    "float8": Chosen("number.float", {"low": 0.0, "high": float(_PLAUSIBLE)}),
    "money": _AMOUNT,
    "bool": Chosen("logic.boolean"),
    "name": Chosen("text.words", {"max_length": 63}),
    "refcursor": Chosen("text.words", {"max_length": 63}),
    "char": Chosen("sys.char"),
    "bytea": Chosen("bytes", {"low": 8, "high": 24}),
    "time": Chosen("time.time", {"low": "00:00:00", "high": "23:59:59"}),
    "timetz": Chosen("time.timetz", {"low": "00:00:00", "high": "23:59:59"}),
    "uuid": Chosen("uuid"),
    "json": Chosen("json.object"),
    "jsonb": Chosen("json.object"),
    "jsonpath": Chosen("jsonpath"),
    "xml": Chosen("xml"),
    "inet": Chosen("net.inet"),
    "cidr": Chosen("net.cidr"),
    "macaddr": Chosen("net.macaddr"),
    "macaddr8": Chosen("net.macaddr8"),
    "tsvector": Chosen("search.tsvector"),
    "tsquery": Chosen("search.tsquery"),
    "pg_lsn": Chosen("sys.lsn"),
    "txid_snapshot": Chosen("sys.snapshot"),
    "pg_snapshot": Chosen("sys.snapshot"),
    "int2vector": Chosen("sys.int2vector"),
    "oidvector": Chosen("sys.oidvector"),
    **{name: Chosen(f"geo.{name}") for name in ("point", "line", "lseg", "box", "path", "polygon", "circle")},
    **{name: Chosen(f"sys.{name}") for name in ("oid", "xid", "xid8", "cid", "tid", "aclitem")},
    **{
        f"reg{name}": Chosen(f"sys.reg{name}")
        for name in (
            "class", "type", "proc", "procedure", "oper", "operator", "role", "namespace", "config", "dictionary",
            "collation",
        )
    },
}  # fmt: skip

_MODIFIED: Mapping[str, _Made] = {
    "text": _text,
    "varchar": _text,
    "bpchar": _text,
    "numeric": _numeric,
    "date": _date,
    "timestamp": _timestamp,
    "timestamptz": _timestamp,
    "interval": _interval,
    "bit": _bits,
    "varbit": _bits,
}

_EXTENSIONS: Mapping[tuple[str, str], _Made] = {
    ("citext", "citext"): _text,
    ("hstore", "hstore"): _always(Chosen("hstore")),
    ("ltree", "ltree"): _always(Chosen("ltree")),
    ("ltree", "lquery"): _always(Chosen("lquery")),
    ("ltree", "ltxtquery"): _always(Chosen("ltxtquery")),
    ("cube", "cube"): _always(Chosen("cube")),
    ("seg", "seg"): _always(Chosen("seg")),
    ("intarray", "query_int"): _always(Chosen("search.integers")),
    ("vector", "vector"): _dimensions("vector"),
    ("vector", "halfvec"): _dimensions("vector"),
    ("vector", "sparsevec"): _dimensions("vector.sparse"),
    ("postgis", "geometry"): _spatial,
    ("postgis", "geography"): _spatial,
    **{
        ("isn", name): _always(Chosen(f"isn.{name}"))
        for name in ("ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc")
    },
}
