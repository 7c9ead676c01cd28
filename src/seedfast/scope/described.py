"""A scope in lines that people read, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seedfast.scope.spec import Aggregate, Count, Outcome, Period, ScopeSpec, Shares


def lines(spec: ScopeSpec) -> tuple[str, ...]:
    """Return what a scope asks for, a wish a line."""
    return tuple(_lines(spec))


def differences(before: ScopeSpec, after: ScopeSpec) -> tuple[str, ...]:
    """Return the wishes that are gone, with a minus in front, and the new ones with a plus."""
    old, new = lines(before), lines(after)
    return (*(f"- {line}" for line in old if line not in new), *(f"+ {line}" for line in new if line not in old))


def _lines(spec: ScopeSpec) -> Iterator[str]:
    for what, named in (("only", spec.only), ("without", spec.skip), ("about", spec.topics)):
        yield from (f"{what} {each}" for each in named)
    yield from (f"{table}: {_rows(count)}" for table, count in spec.rows.items())
    if spec.every is not None:
        yield f"every other table: {_rows(spec.every)}"
    if spec.total is not None:
        yield f"all tables together: {_rows(Count(spec.total, spec.total))}"
    for one in spec.per_parent:
        yield f"{one.child}: {_rows(one.count)} for each of {one.parent}"
    if spec.countries:
        yield f"countries: {_countries(spec.countries)}"
    yield from (f"{table}: of {_countries(shares)}" for table, shares in spec.homes.items())
    for table, natures in spec.natures.items():
        yield f"{table}: each row is a {', '.join(natures)}"
    yield from map(_shares, spec.shares)
    yield from (f"{', '.join(one.tables) or 'everything'}: {_span(one)}" for one in spec.periods)
    for skew in spec.skews:
        yield f"{skew.child}: {_percent(skew.hold)} belong to {_percent(skew.heaviest)} of {skew.parent}"
    yield from map(_outcome, spec.outcomes)
    for table, rows in spec.given.items():
        yield f"{table}: {len(rows):,} of your own"


def _rows(count: Count) -> str:
    if count.high is None:
        return f"at least {count.low:,} rows"
    if count.low == count.high:
        return f"{count.low:,} row{'' if count.low == 1 else 's'}"
    return f"{count.low:,} to {count.high:,} rows"


def _countries(shares: Mapping[str, int]) -> str:
    return ", ".join(f"{_percent(share)} {code}" for code, share in shares.items())


def _percent(permille: int) -> str:
    return f"{permille / 10:g} %"


def _shares(one: Shares) -> str:
    parts = [f"{_percent(share)} {value}" if share else f"no {value}" for value, share in one.values.items()]
    if one.others:
        parts.append(f"{_percent(one.others)} anything else")
    if one.nulls is not None:
        parts.append(f"{_percent(one.nulls)} NULL" if one.nulls else "no NULL")
    return f"{one.table}.{one.column}: {', '.join(parts)}"


def _span(period: Period) -> str:
    more = "more" if period.growth > 0 else "fewer"
    grows = f", {_percent(abs(period.growth))} {more} each {period.pace}" if period.growth else ""
    return f"from {period.start} to {period.end}{grows}"


def _outcome(one: Outcome) -> str:
    what = (
        f"rows of {one.table}"
        if one.aggregate is Aggregate.COUNT
        else f"the {one.aggregate} of {one.table}.{one.column}"
    )
    where = "".join(f", {column} {value}" for column, value in one.where.items())
    period = "" if one.period is None else f", {_span(one.period)}"
    each = "" if one.per is None else f" for each of {one.per}"
    return f"{what}{where}{period}: {one.value} exactly{each}"
