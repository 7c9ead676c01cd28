"""Quotas: which values a column takes in how many of 1,000 rows, as branches that rows are dealt to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import gcd

from seedfast.constraints.branches import holds, intersect
from seedfast.constraints.describe import describe
from seedfast.constraints.domain import Bound, Branch, Domain, Nullness
from seedfast.constraints.predicate import Value
from seedfast.constraints.typed import type_domain, type_name
from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import Column
from seedfast.model.types import SqlType
from seedfast.names import shown
from seedfast.plan import measures
from seedfast.plan.draft import Draft, Group
from seedfast.plan.options import Quota

_WHOLE = 1000
_SCALE = 10**12
_FINE = 10**9
_ROUNDS = 40
_MOST = 256
OUTCOME = "SF-SCOPE-OUTCOME"
"""The code of findings on what must come out exactly and doesn't."""

_NEAR = 10
"""Rows of 1,000 by which a share may miss what was asked before that is worth a finding."""

_TRUE, _FALSE = frozenset({"true", "t", "yes", "y", "on", "1"}), frozenset({"false", "f", "no", "n", "off", "0"})


def divide(draft: Draft, branches: Sequence[Branch], quotas: Mapping[str, Quota]) -> tuple[Branch, ...]:
    """Split a table's branches so that each lies in one group of every quota; what can't be is a finding."""
    found = tuple(branches)
    for name, quota in quotas.items():
        column = draft.table.column(name)
        if column.generated is not None or not column.insertable:
            _refuse(draft, name, quota, "the server computes it")
            continue
        groups = list(_groups(draft, column, quota, found))
        split = [each for branch in found for each in _split(branch, name, groups)]
        if not groups or len(split) > _MOST:
            why = "the table's other constraints already leave too many cases"
            if groups:
                _refuse(draft, name, quota, why)
            continue
        # Rows are dealt out in this order, so that those of one group lie next to each other.
        order = {id(group): number for number, group in enumerate(groups)}
        split.sort(key=lambda pair: order[id(pair[1])])
        found = tuple(branch for branch, _ in split)
        draft.quotas = {**draft.quotas, name: tuple(groups)}
    return found


def _split(branch: Branch, name: str, groups: Sequence[Group]) -> Iterator[tuple[Branch, Group]]:
    for group in groups:
        both = intersect(branch.domain(name), group.domain)
        absent = both is not None and both.nullness is Nullness.ALWAYS
        if both is not None and (not absent or group.domain.nullness is not Nullness.NEVER):
            yield replace(branch, domains={**branch.domains, name: both}), group


def _groups(draft: Draft, column: Column, quota: Quota, branches: Sequence[Branch]) -> Iterator[Group]:
    """Yield the groups of rows that constraints leave room for; the shares of the others fall to these."""
    written = f"as asked: {quota.written}"
    listed: list[tuple[str, Value, int]] = []
    for text, share in quota.values.items():
        value = typed(column.type, text)
        if value is None or not _fits(column.type, value):
            _refuse(draft, column.name, quota, f"it can't be {text!r}: it is {column.type.display}")
        else:
            listed.append((text, value, share))
    wanted = [
        Group(Domain(nullness=Nullness.NEVER, allowed=(value,), sources=(written,)), share, text)
        for text, value, share in listed
        if share
    ]
    unit = measures.unit_of(column.type) or ""
    if quota.spans and unit not in ("date", "timestamp"):
        _refuse(draft, column.name, quota, f"it is {column.type.display}")
    for window, share in quota.spans if unit in ("date", "timestamp") else ():
        start, end = (measures.read(unit, moment) for moment in (window.start, window.end))
        within = Domain(Nullness.NEVER, low=Bound(start, True), high=Bound(end, False), sources=(written,))
        wanted.append(Group(within, share, f"from {window.start} to {window.end}"))
    nullness = Nullness.NEVER if quota.nulls is not None or not column.nullable else Nullness.MAYBE
    without = tuple(value for _, value, _ in listed)
    if quota.others:
        wanted.append(Group(Domain(nullness=nullness, excluded=without, sources=(written,)), quota.others, "others"))
    if quota.nulls:
        wanted.append(Group(Domain(nullness=Nullness.ALWAYS, sources=(written,)), quota.nulls, "NULL"))
    for group in (replace(each, exact=quota.exact) for each in wanted):
        if any(True for branch in branches for _ in _split(branch, column.name, [group])):
            yield group
        elif group.label == "NULL" and not column.nullable:
            _refuse(draft, column.name, quota, "it is NOT NULL")
        else:
            behind = describe(column.name, column.type, branches) or column.type.display
            what = "anything else" if group.label == "others" else repr(group.label)
            _refuse(draft, column.name, quota, f"it can't be {what}: {behind}")


def fit(draft: Draft, branches: Sequence[Branch], weights: Sequence[int]) -> list[int]:
    """Return weights that are as near to those given as the shares of all quotas let them be."""
    fitted = [max(1, weight) * _SCALE for weight in weights]
    margins = [
        ([_group(branch, name, groups) for branch in branches], [group.share for group in groups])
        for name, groups in draft.quotas.items()
    ]
    for _ in range(_ROUNDS if len(margins) > 1 else 1):
        for places, shares in margins:
            sums = [0] * len(shares)
            for place, weight in zip(places, fitted, strict=True):
                if place is not None:
                    sums[place] += weight
            known = sum(share for share, total in zip(shares, sums, strict=True) if total)
            for number, place in enumerate(places):
                if place is not None and known:
                    fitted[number] = _SCALE * _SCALE * shares[place] * fitted[number] // (known * sums[place])
    total = sum(fitted) or 1
    whole = [(2 * _FINE * weight + total) // (2 * total) for weight in fitted]
    common = gcd(*whole) or 1
    return [weight // common for weight in whole]


def _group(branch: Branch, name: str, groups: Sequence[Group]) -> int | None:
    """Return the number of the group that a branch lies in."""
    domain = branch.domain(name)
    for number, group in enumerate(groups):
        both = intersect(domain, group.domain)
        if both is not None and (both.nullness is Nullness.ALWAYS) == (group.domain.nullness is Nullness.ALWAYS):
            return number
    return None


def judge(draft: Draft) -> None:
    """Name the shares that the finished plan of a table misses: keys and other quotas may stand in the way."""
    for name, groups in draft.quotas.items():
        if any(group.exact for group in groups):
            _count(draft, name, groups)
            continue
        if name in draft.owners and any(group.domain.allowed is not None for group in groups) and len(groups) > 1:
            reference, _ = draft.owners[name]
            _say(draft, name, f"its values come from {draft.references[reference].parent}, by {reference}")
            continue
        rows = dict.fromkeys(range(len(groups)), 0)
        first = max((plan.first or 0 for plan in draft.branch_plans), default=0)
        new = max(1, draft.rows)
        weights = sum(plan.weight for plan in draft.branch_plans if plan.first is None) or 1
        for branch, plan in zip(draft.branches, draft.branch_plans, strict=True):
            place = _group(branch, name, groups)
            if place is not None:
                head = max(0, min(new, first - draft.existing))
                rows[place] += head * _WHOLE // new if plan.first is not None else 0
                rows[place] += (new - head) * _WHOLE * plan.weight // (weights * new) if plan.first is None else 0
        asked = sum(group.share for group in groups) or 1
        for number, group in enumerate(groups):
            if abs(rows[number] - group.share * _WHOLE // asked) > _NEAR:
                _say(
                    draft,
                    name,
                    f"{group.label} will be {rows[number] / 10:g} % of the rows, not "
                    f"{group.share * _WHOLE // asked / 10:g} %: "
                    "a unique key or another wish leaves no room for more",
                )


def _count(draft: Draft, name: str, groups: Sequence[Group]) -> None:
    """Name the exact numbers of rows that a table won't have, with the numbers that show why."""
    asked, owner = sum(group.share for group in groups), draft.owners.get(name)
    if owner is not None and any(group.domain.allowed is not None for group in groups):
        _miss(draft, name, f"its values come from {draft.references[owner[0]].parent}, by {owner[0]}")
    elif draft.rows != asked:
        parts = " + ".join(f"{group.share:,} {group.label}" for group in groups)
        _miss(draft, name, f"{parts} come to {asked:,} rows, and the table has room for {draft.rows:,}")
    elif any(plan.reserved for plan in draft.branch_plans) or any(key.shares for key in draft.keys):
        _miss(draft, name, "a unique key decides which rows hold which values")
    else:
        rows, whole, done = dict.fromkeys(range(len(groups)), 0), sum(p.weight for p in draft.branch_plans) or 1, 0
        seen = 0
        for branch, plan in zip(draft.branches, draft.branch_plans, strict=True):
            seen += plan.weight
            end = (2 * draft.rows * seen + whole) // (2 * whole)
            place = _group(branch, name, groups)
            if place is not None:
                rows[place] += end - done
            done = end
        for number, group in enumerate(groups):
            if rows[number] != group.share:
                _miss(draft, name, f"{group.label} comes to {rows[number]:,} rows, since another wish moves them")


def hold_given(draft: Draft, places: Sequence[int]) -> None:
    """Name exact numbers of rows that rows of the user's own, of the branches at these places, go beyond."""
    for name, groups in draft.quotas.items():
        had = [_group(draft.branches[place], name, groups) for place in places]
        for number, group in enumerate(groups):
            if group.exact and had.count(number) > group.share:
                many = "row is" if had.count(number) == 1 else "rows are"
                asked = f"{group.share:,} {'was' if group.share == 1 else 'were'} asked for"
                _miss(draft, name, f"{had.count(number):,} of your own {many} {group.label}, and {asked}")


def _miss(draft: Draft, name: str, why: str) -> None:
    where = f"{draft.name}.{shown(name)}"
    message = f"The number of rows that was asked for can't be had exactly: {why}."
    hint = f"`seedfast explain {where}` shows what the column may hold."
    draft.findings.append(Finding(OUTCOME, Severity.ERROR, where, message, hint))


def typed(kind: SqlType, text: str) -> Value | None:
    """Return a text as the value that a column of a type reads it as, None where it can't be one."""
    unit = measures.unit_of(kind)
    if kind.storage.name == "bool":
        folded = text.strip().lower()
        return True if folded in _TRUE else False if folded in _FALSE else None
    if unit is None:
        return text
    try:
        read = measures.read(unit, text)
    except (ValueError, ArithmeticError, TypeError):
        return None
    read = Decimal(text) if isinstance(read, float) else read
    return read if isinstance(read, (int, Decimal, date, datetime, time, timedelta)) else None


def _fits(kind: SqlType, value: Value) -> bool:
    limits = type_domain(kind, type_name(kind))
    return limits is None or holds(limits, value) is not False


def _refuse(draft: Draft, name: str, quota: Quota, why: str) -> None:
    if quota.exact:
        _miss(draft, name, why)
        return
    draft.findings.append(_finding(draft, name, f"{quota.written} can't be followed: {why}."))


def _say(draft: Draft, name: str, why: str) -> None:
    draft.findings.append(_finding(draft, name, f"The shares that were asked for can't be kept: {why}."))


def _finding(draft: Draft, name: str, message: str) -> Finding:
    hint = f"`seedfast explain {draft.name}.{shown(name)}` shows what the column may hold."
    return Finding("SF-SCOPE-SHARE", Severity.WARNING, f"{draft.name}.{shown(name)}", message, hint)
