"""What constraints leave to a column, and which ones they are, in a line for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seedfast.constraints.branches import intersect
from seedfast.constraints.domain import Bound, Branch, Canonical, Domain, Nullness, Pattern, Relation
from seedfast.constraints.predicate import ColumnRef, Match, Value
from seedfast.constraints.render import constant_sql, sql
from seedfast.constraints.typed import type_domain, type_name
from seedfast.model.types import SqlType
from seedfast.names import shown

_MOST_LISTED = 6
_MOST_BRANCHES = 3
_FORMS = {Canonical.LOWER: "in lower case", Canonical.UPPER: "in upper case", Canonical.TRIMMED: "without outer blanks"}


def describe(column: str, kind: SqlType, branches: Sequence[Branch]) -> str:
    """Return what the branches leave to a column with the constraints behind it, empty where they leave everything.

    ``price in (0, 9999.99]: CHECK products_price_check, numeric(6,2)``
    """
    found = dict.fromkeys(_in_branch(column, kind, branch) for branch in branches)
    ways = [text or f"any {shown(column)}" for text in found]
    if not any(found):
        return ""
    more = len(ways) - _MOST_BRANCHES
    return "; or ".join([*ways[:_MOST_BRANCHES], *([f"{more} other ways"] if more > 0 else [])])


def _in_branch(column: str, kind: SqlType, branch: Branch) -> str:
    domain = branch.domain(column)
    limits = _limits(domain, kind)
    parts = list(_parts(domain, limits))
    sources = [source for source in domain.sources if source != "NOT NULL"]
    if limits is not None:
        sources.append(type_name(kind))
    own = [f"{shown(column)} {', '.join(parts)}: {', '.join(dict.fromkeys(sources))}"] if parts else []
    return "; ".join([*own, *(_related(relation) for relation in branch.relations if column in _both(relation))])


def _both(relation: Relation) -> tuple[str, str]:
    return relation.left, relation.right


def _related(relation: Relation) -> str:
    return f"{shown(relation.left)} {relation.op} {shown(relation.right)}: {relation.source}"


def _limits(domain: Domain, kind: SqlType) -> Domain | None:
    """Return the domain within what the type's modifiers allow, None where these add nothing to what it says."""
    storage = kind.storage
    modified = storage.precision is not None or storage.name in {"varchar", "bpchar"}
    limits = type_domain(kind, "") if modified and domain.nullness is not Nullness.ALWAYS else None
    both = intersect(domain, limits) if limits is not None else None
    if both is None or domain.allowed is not None or not any(_parts(domain, None)):
        return None
    same = (both.low, both.high, both.max_length) == (domain.low, domain.high, domain.max_length)
    return None if same else both


def _parts(domain: Domain, limits: Domain | None) -> Iterator[str]:
    if domain.nullness is Nullness.ALWAYS:
        yield "IS NULL"
        return
    within = domain if limits is None else limits
    if domain.allowed is not None:
        yield f"= {constant_sql(domain.allowed[0])}" if len(domain.allowed) == 1 else f"in ({_listed(domain.allowed)})"
    if within.low is not None or within.high is not None:
        yield _interval(within.low, within.high)
    if domain.excluded:
        yield f"not in ({_listed(domain.excluded)})"
    yield from _sizes(within.min_length, within.max_length, "characters")
    yield from _sizes(*within.octets, "bytes")
    if domain.not_blank and not within.min_length:
        yield "not blank"
    yield from (_pattern(pattern) for pattern in domain.patterns)
    yield from (_FORMS[form] for form in sorted(domain.canonical))


def _interval(low: Bound | None, high: Bound | None) -> str:
    if low is not None and high is not None:
        ends = "[" if low.inclusive else "(", "]" if high.inclusive else ")"
        return f"in {ends[0]}{_plain(low.value)}, {_plain(high.value)}{ends[1]}"
    if low is not None:
        return f"{'>=' if low.inclusive else '>'} {_plain(low.value)}"
    assert high is not None
    return f"{'<=' if high.inclusive else '<'} {_plain(high.value)}"


def _plain(value: Value) -> str:
    return constant_sql(value).partition("::")[0].strip("'") if not isinstance(value, str) else constant_sql(value)


def _listed(values: Sequence[Value]) -> str:
    listed = [constant_sql(value) for value in values[:_MOST_LISTED]]
    return ", ".join([*listed, *(["..."] if len(values) > _MOST_LISTED else [])])


def _sizes(low: int | None, high: int | None, unit: str) -> Iterator[str]:
    if low is not None and high is not None:
        yield f"of {low} {unit}" if low == high else f"of {low} to {high} {unit}"
    elif low is not None:
        yield f"of at least {low} {unit}"
    elif high is not None:
        yield f"of at most {high} {unit}"


def _pattern(pattern: Pattern) -> str:
    written = sql(Match(ColumnRef("x"), pattern.form, pattern.pattern, pattern.folded))
    return ("not " if pattern.negated else "") + written.removeprefix("x ")
