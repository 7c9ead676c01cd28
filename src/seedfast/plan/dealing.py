"""So many children for each parent: the rows of a table follow from those of another, and are dealt out to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import ForeignKey
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options, PerParent
from seedfast.plan.spec import Digit, KeyPlan, Pick, ReferencePlan, Status

_CODE = "SF-SCOPE-PER-PARENT"


def multiply(drafts: Drafts, options: Options) -> None:
    """Give tables as many rows as their parents need, in as many rounds as there are tables in a line."""
    for _ in range(len(options.per_parent) + 1):
        for name in options.per_parent:
            if name in drafts and drafts[name].status is Status.FILL:
                drafts[name].rows = rows_of(drafts[name], drafts, options)


def rows_of(draft: Draft, drafts: Drafts, options: Options) -> int:
    """Return the rows of a table of which each parent has its number: as many as are named, if they fit in."""
    wish = options.per_parent.get(draft.name)
    if wish is None or wish.parent not in drafts or drafts[wish.parent].status not in (Status.FILL, Status.PARENT):
        return draft.rows
    parents = _parents(drafts[wish.parent])
    least, most = wish.low * parents, None if wish.high is None else wish.high * parents
    named = options.table_rows.get(draft.name)
    if most is None:
        rows = max(least, options.rows if named is None else named)
    elif named is None:
        rows = (least + most + 1) // 2
    else:
        rows = min(max(named, least), most)
    rows = max(rows, len(options.given.get(draft.name, ())))
    return min(rows, options.limits.get(draft.name, rows))


def _parents(parent: Draft) -> int:
    """Return how many parents get children: the new ones, or all that are stored where there are no new ones."""
    return parent.rows or parent.existing


def deal(draft: Draft, drafts: Drafts, options: Options) -> None:
    """Let the reference to the parents that the wish names deal the rows out; what stands in the way is a finding."""
    wish = options.per_parent.get(draft.name)
    if wish is None:
        return
    named = options.table_rows.get(draft.name)
    if named is not None and draft.rows != named and named not in (0, draft.rows):
        _miss(draft, wish, f"{named:,} rows were asked for, too, and the parents take {draft.rows:,}")
    why = _obstacle(draft, drafts, wish)
    if why:
        _miss(draft, wish, why)
        return
    key = next(iter(_keys(draft, wish)))
    reference = draft.references[key.name]
    parents = max(1, _parents(drafts[wish.parent]))
    high = _most(draft, wish, parents)
    if draft.rows < wish.low * parents:
        _miss(draft, wish, f"a unique key leaves room for {draft.rows:,} rows")
        return
    if reference.digit is not None:
        draft.keys[:] = [_roomy(draft, one, reference.digit, high) for one in draft.keys]
    told = f"{wish.low} for each parent" if high == wish.low else f"{wish.low} to {high} for each parent"
    pick = reference.pick if reference.digit is not None else Pick.COVER
    draft.references[key.name] = replace(
        reference, pick=pick, per_parent=(wish.low, high), null_permille=_forced(reference), agreeing={}, reason=told
    )
    for name in key.columns:
        if name in draft.reasons:
            draft.reasons[name] = f"FOREIGN KEY {key.name} to {key.parent}: {told}"


def _forced(reference: ReferencePlan) -> tuple[int, ...]:
    """Return how often a reference is left out where constraints ask for it, and never for variety's sake."""
    return tuple(rate if rate >= 1000 else 0 for rate in reference.null_permille)


def crowd(draft: Draft, options: Options) -> None:
    """Let rows crowd at some of their parents as the wish says; what stands in the way is a finding."""
    wish = options.skews.get(draft.name)
    if wish is None:
        return
    found = [reference for reference in draft.references.values() if reference.parent == wish.parent]
    told = f"{wish.hold / 10:g} % of the rows for {wish.heaviest / 10:g} % of {wish.parent}"
    if not found or draft.name == wish.parent:
        why = f"no foreign key leads to {wish.parent}"
    elif found[0].pick is not Pick.SKEWED or _bound(found[0]):
        why = f"{found[0].name} is bound otherwise: {found[0].reason}"
    else:
        draft.references[found[0].name] = replace(
            found[0],
            crowded=(wish.heaviest, wish.hold),
            null_permille=_forced(found[0]),
            agreeing={},
            reason=told,
        )
        return
    hint = f"`seedfast explain {draft.name}` shows how its parents are picked."
    message = f"{told} can't be had: {why}."
    draft.findings.append(Finding("SF-SCOPE-SKEW", Severity.WARNING, str(draft.name), message, hint))


def _bound(reference: ReferencePlan) -> bool:
    """Tell whether something decides on a reference's picks beside the popularity of the parents."""
    return bool(reference.matching or reference.beyond or reference.per_parent or reference.by_branch)


def _most(draft: Draft, wish: PerParent, parents: int) -> int:
    """Return the most rows that a parent gets; where the wish says none, twice what is left beside the least."""
    if wish.high is not None:
        return wish.high
    return wish.low + 2 * -(-max(0, draft.rows - wish.low * parents) // parents)


def _roomy(draft: Draft, key: KeyPlan, digit: Digit, most: int) -> KeyPlan:
    """Return a key in which each parent has room for so many rows, where a column beside it has as many values."""
    if key.name != digit.key:
        return key
    radices = list(key.radices)
    others = [n for n in range(len(radices)) if n != digit.position]
    for position in others:
        if prod(radices[n] for n in others) < most and _values(draft, Digit(key.name, position)) >= most:
            radices[position] = most
    return replace(key, radices=tuple(radices), capacity=prod(radices), permuted=False, uneven=False)


def _values(draft: Draft, digit: Digit) -> int:
    """Return how many values there are of a column that counts, 0 where that isn't known."""
    for label, one in draft.digits.items():
        if one == digit and label.startswith("column "):
            generators = draft.generators[label.removeprefix("column ")]
            counts = [_count(generator.params) for generator in generators if generator.kind != "null"]
            return min(counts, default=0)
    return 0


def _count(params: Mapping[str, Any]) -> int:
    if "limit" in params and "start" in params:
        return (int(params["limit"]) - int(params["start"])) // max(1, int(params.get("step", 1))) + 1
    if params.get("unit", "integer") == "integer" and {"low", "high"} <= params.keys():
        low, high = (str(params[end]) for end in ("low", "high"))
        if low.lstrip("-").isdigit() and high.lstrip("-").isdigit():
            return int(high) - int(low) + 1
    return 0


def _keys(draft: Draft, wish: PerParent) -> Iterator[ForeignKey]:
    for key in draft.table.foreign_keys:
        if key.parent == wish.parent and key.name in draft.references:
            yield key


def _obstacle(draft: Draft, drafts: Drafts, wish: PerParent) -> str:
    """Return why rows can't be dealt out to their parents, "" where they can."""
    keys = list(_keys(draft, wish))
    if not keys:
        return f"no foreign key leads to {wish.parent}"
    reference = draft.references[keys[0].name]
    parent = drafts[wish.parent]
    if draft.existing and not parent.rows:
        return f"{draft.name} holds rows already, and {wish.parent} gets no new ones"
    if reference.pick in (Pick.EARLIER, Pick.PREVIOUS, Pick.HOME) or wish.parent == draft.name:
        return f"{reference.name} makes a tree or a ring"
    if reference.pick is Pick.COVER and not wish.low and reference.digit is None:
        return f"each row of {wish.parent} needs one that refers to it"
    if reference.matching or reference.beyond is not None or reference.differs_from is not None:
        return f"{reference.name} must agree with other columns of its row"
    if reference.allowed or reference.excluded or reference.having or reference.by_branch or reference.apart:
        return f"constraints confine the parents of {reference.name}"
    if max(reference.null_permille) >= 1000:
        return f"constraints leave {reference.name} out of some rows"
    if reference.digit is not None:
        counting = next(one for one in draft.keys if one.name == reference.digit.key)
        most = _most(draft, wish, max(1, _parents(parent)))
        roomy = _roomy(draft, counting, reference.digit, most).radices
        others = [radix for n, radix in enumerate(roomy) if n != reference.digit.position]
        if counting.shares or counting.branch is not None or 0 in counting.radices:
            return f"the unique key {counting.name} is counted in parts"
        if prod(others) < most:
            return f"the unique key {counting.name} leaves room for {prod(others)} for each parent"
    return ""


def _miss(draft: Draft, wish: PerParent, why: str) -> None:
    if not wish.asked:
        return
    told = f"{wish.low}" if wish.low == wish.high else f"{wish.low} to {'any' if wish.high is None else wish.high}"
    message = f"{told} rows for each of {wish.parent} can't be had: {why}."
    hint = f"`seedfast explain {draft.name}` shows how its parents are picked."
    draft.findings.append(Finding(_CODE, Severity.WARNING, str(draft.name), message, hint))
