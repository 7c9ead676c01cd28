"""Claims on where rows point: at parents that agree with each other, at rows that are there, in no circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from seedfast.names import literal, quote
from seedfast.plan.spec import ColumnPlan, GenerationPlan, Grown, Pick, ReferencePlan, Roots, Source, TablePlan
from seedfast.verify.claim import Claim, Rows, Tables, any_of, distinct, read, rows_of, same


def of_references(plan: GenerationPlan, planned: TablePlan, tables: Tables) -> Iterator[Claim]:
    """Yield the claims on what the rows of a table refer to, beside what foreign keys promise."""
    for reference in planned.references:
        if reference.parent not in tables:
            continue
        if reference.differs_from is not None:
            yield _apart(planned, tables, reference, planned.reference(reference.differs_from))
        elif reference.agreeing and not reference.apart and not _judged(planned, tables, reference):
            yield from _agreeing(plan, planned, tables, reference)
        if reference.through:
            yield _through(planned, tables, reference)
        if reference.home is not None:
            yield _home(planned, tables, reference, plan.table(reference.parent).reference(reference.home))
        if reference.pick is Pick.EARLIER and reference.roots_point is not Roots.RING:
            yield _tree(planned, tables, reference)
    for column in planned.columns:
        if column.source is Source.REFERENCE and column.reference is not None:
            yield from _inherited(planned, tables, column, planned.reference(column.reference))
        else:
            yield from _of_several(planned, tables, column)


def _apart(planned: TablePlan, tables: Tables, reference: ReferencePlan, other: ReferencePlan) -> Claim:
    pairs = zip(reference.columns, other.columns, strict=True)
    wrong = " AND ".join(f"r.{quote(one)} = r.{quote(two)}" for one, two in pairs)
    said = f"another than {', '.join(other.columns)}"
    return Claim(planned.name, reference.columns[-1], Rows(planned, tables).counted(wrong), said)


def _through(planned: TablePlan, tables: Tables, reference: ReferencePlan) -> Claim:
    """Return the claim that a row's parent is of what the row is of."""
    rows = Rows(planned, tables)
    parent = rows.parent(reference)
    pairs = [(rows.column(mine), theirs) for mine, theirs in reference.through.items()]
    wrong = any_of(f"{parent}.{quote(theirs)} <> {mine}" for mine, theirs in pairs if mine is not None)
    said = f"one of the same {' and '.join(reference.through.values())}"
    return Claim(planned.name, reference.columns[-1], rows.counted(f"({wrong})"), said)


def _home(planned: TablePlan, tables: Tables, reference: ReferencePlan, back: ReferencePlan) -> Claim:
    """Return the claim that what a row calls its own belongs to it."""
    rows = Rows(planned, tables)
    parent = rows.parent(reference)
    pairs = zip(back.columns, back.parent_columns, strict=True)
    wrong = any_of(f"{parent}.{quote(one)} <> r.{quote(other)}" for one, other in pairs)
    return Claim(planned.name, reference.columns[-1], rows.counted(wrong), f"one of its own {reference.parent}")


def _agreeing(plan: GenerationPlan, planned: TablePlan, tables: Tables, reference: ReferencePlan) -> Iterator[Claim]:
    """Yield the claims that a row's parent agrees with it in as much as any parent does, the dearest first."""
    there_is = [f"a.{quote(name)} IS NOT NULL" for name in reference.parent_columns]
    pickable = "".join(f" AND {condition}" for condition in (*there_is, *_pickable(reference)))
    columns = list(reference.agreeing.values())
    for count in range(1, len(columns) + 1):
        rows = Rows(planned, tables)
        picked = rows.parent(reference)
        pairs = [
            (
                read(plan, tables, planned, "r", mine),
                partial(read, plan, tables, plan.table(reference.parent), name=theirs),
            )
            for mine, theirs in list(reference.agreeing.items())[:count]
        ]
        wrong = any_of(distinct(theirs(alias=picked), mine) for mine, theirs in pairs)
        agrees = " AND ".join(f"{theirs(alias='a')} = {mine}" for mine, theirs in pairs)
        exists = f"EXISTS (SELECT FROM {rows_of(tables[reference.parent])} AS a WHERE {agrees}{pickable})"
        said = f"one of the same {' and '.join(columns[:count])}"
        yield Claim(planned.name, reference.columns[-1], rows.counted(f"({wrong}) AND {exists}"), said)


def _judged(planned: TablePlan, tables: Tables, reference: ReferencePlan) -> bool:
    """Tell whether others have a say in what is picked: a constraint, or a reference that must agree with this one."""
    own = set(reference.columns)
    bound = any(
        own & set(other.matching) or (other.beyond is not None and other.beyond.reference == reference.name)
        for other in planned.references
    )
    return bound or any(own & set(check.columns) for check in tables[planned.name].checks)


def _pickable(reference: ReferencePlan) -> Iterator[str]:
    """Yield the conditions on a parent ``a`` that a reference may pick."""
    theirs = dict(zip(reference.columns, reference.parent_columns, strict=True))
    for listed, how in ((reference.allowed, "IN"), (reference.excluded, "NOT IN")):
        for name, values in listed.items():
            texts = ", ".join(map(literal, values))
            yield f"a.{quote(theirs[name])}::text {how} ({texts})" if values else str(how != "IN")
    for having in reference.having:
        texts = ", ".join(literal(value) for value in having.values if value is not None)
        held = [f"a.{quote(having.column)}::text IN ({texts})"] if texts else []
        held += [f"a.{quote(having.column)} IS NULL"] if None in having.values else []
        yield f"(({any_of(held)}) IS {'' if having.inside else 'NOT '}TRUE)"


def of_tree(planned: TablePlan, name: str, spot: Grown, tables: Tables) -> Iterator[Claim]:
    """Yield the claim that a column tells of a row's place what its parent's column leaves to it."""
    rows = Rows(planned, tables)
    own, theirs = f"r.{quote(name)}", f"{rows.parent(planned.reference(spot.reference))}.{quote(name)}"
    wrong = {
        "depth": f"{own} <> {theirs} + 1",
        "left": f"{own} <= {theirs}",
        "right": f"{own} >= {theirs}",
        "number": f"{own} <> {theirs}",
    }.get(spot.spot, f"NOT pg_catalog.starts_with({own}::text, COALESCE({theirs}::text, ''))")
    reference = planned.reference(spot.reference)
    pairs = zip(reference.columns, reference.parent_columns, strict=True)
    apart = any_of(f"r.{quote(mine)} <> r.{quote(key)}" for mine, key in pairs)
    yield Claim(planned.name, name, rows.counted(f"{wrong} AND ({apart})"), f"its {spot.spot} below its parent")


def _tree(planned: TablePlan, tables: Tables, reference: ReferencePlan) -> Claim:
    """Return the claim that each row leads to a root, one that points at nothing or at itself."""
    table = rows_of(tables[planned.name])
    keys = ", ".join(f"r.{quote(name)}" for name in reference.parent_columns)
    alone = any_of(f"r.{quote(name)} IS NULL" for name in reference.columns)
    own = same(reference, "r")
    named = ", ".join(quote(name) for name in reference.parent_columns)
    met = " AND ".join(f"led.{quote(name)} = r.{quote(name)}" for name in reference.parent_columns)
    query = (
        f"WITH RECURSIVE led({named}) AS (SELECT {keys} FROM {table} AS r WHERE {alone} OR ({own})"
        f" UNION SELECT {keys} FROM led JOIN {table} AS r ON {same(reference, 'led')})"
        f" SELECT pg_catalog.count(*) FROM {table} AS r WHERE NOT ({alone})"
        f" AND NOT EXISTS (SELECT FROM led WHERE {met})"
    )
    return Claim(planned.name, reference.columns[-1], query, "a tree, not a circle")


def _inherited(planned: TablePlan, tables: Tables, column: ColumnPlan, reference: ReferencePlan) -> Iterator[Claim]:
    """Yield the claim that a column is the parent's where no key of both says so."""
    if column.name in reference.columns or column.parent_column is None or reference.parent not in tables:
        return
    rows = Rows(planned, tables)
    wrong = f"r.{quote(column.name)} <> {rows.parent(reference)}.{quote(column.parent_column)}"
    said = f"that of its {reference.parent} by {', '.join(reference.columns)}"
    yield Claim(planned.name, column.name, rows.counted(wrong), said)


def _of_several(planned: TablePlan, tables: Tables, column: ColumnPlan) -> Iterator[Claim]:
    """Yield the claims that a row points at one of the table which its type names."""
    for tree in {repr(one.params): one.params.get("tree") for one in column.generators}.values():
        case = _case(tree)
        if case is None:
            continue
        said, *cases = case
        for label, theirs in zip(cases[::2], cases[1::2], strict=True):
            lookup = planned.lookup(str(theirs.get("column", "")))
            if lookup is None or "value" not in label or "column" not in said:
                continue
            parent = planned.reference(lookup.reference).parent
            named = f"r.{quote(str(said['column']))}::text = {literal(str(label['value']))}"
            found = f"a.{quote(lookup.parent_column)}::text = r.{quote(column.name)}::text"
            lost = f"NOT EXISTS (SELECT FROM {rows_of(tables[parent])} AS a WHERE {found})"
            wrong = f"{named} AND r.{quote(column.name)} IS NOT NULL AND {lost}"
            told = f"one of {parent} where {said['column']} is {label['value']}"
            yield Claim(planned.name, column.name, Rows(planned, tables).counted(wrong), told)


def _case(tree: Any) -> list[Mapping[str, Any]] | None:
    """Return the parts of a computed value that depends on what another column names, None for any other."""
    while isinstance(tree, Mapping) and tree.get("call") == "integer":
        [tree] = tree["of"]
    return list(tree["of"]) if isinstance(tree, Mapping) and tree.get("call") == "case" else None
