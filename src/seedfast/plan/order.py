"""The order in which tables are planned and loaded, and how rings of foreign keys are opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from seedfast.diagnostics import Finding, Severity
from seedfast.model.mentions import mentions
from seedfast.model.table import ForeignKey
from seedfast.names import QualifiedName
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.references import leads_back
from seedfast.plan.spec import LoadStep, Method, Postponed, Status

BLOCK = 1000
"""Rows of each table that one statement of several INSERTs takes."""

Edges = Mapping[QualifiedName, tuple[QualifiedName, ...]]


def strong_components(edges: Edges) -> list[tuple[QualifiedName, ...]]:
    """Return the strongly connected components, each before those that point at it (Tarjan 1972, without recursion).

    Nodes are taken by name, so the order depends on nothing else.
    """
    index: dict[QualifiedName, int] = {}
    low: dict[QualifiedName, int] = {}
    stack: list[QualifiedName] = []
    on_stack: set[QualifiedName] = set()
    components: list[tuple[QualifiedName, ...]] = []
    for root in sorted(edges):
        if root in index:
            continue
        work = [(root, iter(sorted(edges[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(sorted(edges[target]))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    components.append(tuple(sorted(stack[at:])))
                    on_stack.difference_update(stack[at:])
                    del stack[at:]
    return components


def planning_order(drafts: Drafts) -> list[QualifiedName]:
    """Return all tables, parents before children as far as rings allow."""
    edges = {
        name: tuple({key.parent for key in _declared(draft) if key.parent in drafts and key.parent != name})
        for name, draft in drafts.items()
    }
    ordered: list[QualifiedName] = []
    for component in strong_components(_wished(edges, drafts)):
        ordered += _opened(component, drafts)
    return ordered


def _opened(component: tuple[QualifiedName, ...], drafts: Drafts) -> list[QualifiedName]:
    """Return a ring's tables so that keys which must be followed point backwards where possible."""
    if len(component) == 1:
        return list(component)
    inside = set(component)
    edges = {
        name: tuple(
            {
                key.parent
                for key in _declared(drafts[name])
                if key.parent in inside
                and key.parent != name
                and not drafts[name].optional(key)
                # Whoever points at a row of its own is there before it.
                and not any(leads_back(key, back, name) for back in drafts[key.parent].table.foreign_keys)
            }
        )
        for name in component
    }
    return [name for part in strong_components(edges) for name in part]


def load_steps(
    drafts: Drafts, behind: Collection[QualifiedName] = ()
) -> tuple[tuple[LoadStep, ...], tuple[Finding, ...]]:
    """Return the steps that load all tables to be filled, and a finding for each ring that can't be opened.

    Tables in ``behind`` come after those whose triggers write to them.
    """
    filled = {name: draft for name, draft in drafts.items() if draft.status is Status.FILL and draft.rows}
    edges = {
        name: tuple({key.parent for key in _live(draft) if key.parent in filled and key.parent != name})
        for name, draft in filled.items()
    }
    told = mentions(draft.table for draft in drafts.values())
    for name, draft in filled.items():
        # Rows that triggers make are there once the tables that make them are loaded.
        made = [
            key.parent for key in _live(draft) if key.parent in drafts and drafts[key.parent].status is Status.TRIGGER
        ]
        makers = {maker for maker in told.keys() & filled.keys() if told[maker] & set(made)}
        edges[name] = tuple(sorted({*edges[name], *(makers - {name})}))
    edges = dict(_wished(_around_triggers(edges, told, behind), filled))
    steps: list[LoadStep] = []
    findings: list[Finding] = []
    for component in strong_components(edges):
        if len(component) == 1:
            steps.append(LoadStep(_method(filled[component[0]]), component))
        else:
            steps += _ring(component, filled, findings)
    return tuple(steps), tuple(findings)


def _around_triggers(
    edges: Edges, told: Mapping[QualifiedName, frozenset[QualifiedName]], behind: Collection[QualifiedName]
) -> Edges:
    """Let tables whose triggers write to others come after those, or before them, where foreign keys leave that open.

    After them a trigger finds the sequences moved on; before them the rows that it makes are known to be there.
    Tables that triggers read come first too, unless their rows were seen to be in the way.
    """
    ordered = {name: set(targets) for name, targets in edges.items()}
    for name in sorted(told.keys() & edges.keys()):
        for other in sorted(told[name] & edges.keys()):
            first, second = (name, other) if other in behind else (other, name)
            if not _leads(ordered, first, second):
                ordered[second].add(first)
            elif first == other:
                # It can't be there before; what its rows, made by a trigger, would refer to can.
                for parent in edges[other]:
                    if not _leads(ordered, parent, name):
                        ordered[name].add(parent)
    return {name: tuple(sorted(targets)) for name, targets in ordered.items()}


def _leads(edges: Mapping[QualifiedName, set[QualifiedName]], start: QualifiedName, goal: QualifiedName) -> bool:
    """Tell whether one table depends on another, at whatever remove."""
    waiting, seen = [start], set()
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            waiting += edges[at]
    return False


def _wished(edges: Edges, drafts: Drafts) -> Edges:
    """Let tables come after those that they point at without a constraint, where that closes no ring."""
    ordered = {name: set(targets) for name, targets in edges.items()}
    for name in sorted(edges):
        for parent in [key.parent for key in drafts[name].table.foreign_keys if key.name in drafts[name].undeclared]:
            if parent in ordered and parent != name and not _leads(ordered, parent, name):
                ordered[name].add(parent)
    return {name: tuple(sorted(targets)) for name, targets in ordered.items()}


def _declared(draft: Draft) -> Iterable[ForeignKey]:
    return (key for key in draft.table.foreign_keys if key.name not in draft.undeclared)


def _live(draft: Draft) -> Iterable[ForeignKey]:
    """Yield the foreign keys that must hold when a statement ends, and that rows will follow."""
    for key in _declared(draft):
        plan = draft.references.get(key.name)
        if not key.deferrable and not (plan is not None and min(plan.null_permille) >= 1000):
            yield key


def _method(draft: Draft) -> Method:
    return Method.INSERT if draft.table.rules or draft.table.row_security else Method.COPY


def _ring(component: tuple[QualifiedName, ...], filled: Drafts, findings: list[Finding]) -> list[LoadStep]:
    """Open a ring: postpone keys that may be NULL until no ring is left; what stays is loaded in one statement."""
    inside = set(component)
    postponed: dict[QualifiedName, list[str]] = {}
    closed = {
        (name, key.name): key
        for name in component
        for key in _live(filled[name])
        if key.parent in inside and key.parent != name
    }
    parts = [component]
    for name, key_name in sorted(closed, key=lambda pair: _cost(filled[pair[0]], pair[1])):
        parts = strong_components(_edges(component, closed))
        if all(len(part) == 1 for part in parts):
            break
        draft = filled[name]
        key = closed[name, key_name]
        free = tuple(c for c in key.columns if _postponable(draft, c) and draft.owners.get(c, ("",))[0] == key_name)
        same_ring = any(name in part and key.parent in part for part in parts)
        if free and same_ring and _identity(draft, free) is not None:
            del closed[name, key_name]
            postponed.setdefault(name, []).extend(free)
    steps: list[LoadStep] = []
    for part in strong_components(_edges(component, closed)):
        method = _method(filled[part[0]]) if len(part) == 1 else Method.TOGETHER
        steps.append(LoadStep(method, part, block=BLOCK if method is Method.TOGETHER else 0))
        if method is Method.TOGETHER and any(filled[name].table.triggers for name in part):
            message = "These tables are filled by one statement; a BEFORE trigger sees no row of the others: "
            findings.append(
                Finding("SF-RING-TRIGGER", Severity.INFO, str(part[0]), message + ", ".join(map(str, part)) + ".")
            )
    updates = tuple(
        Postponed(name, tuple(dict.fromkeys(columns)), _identity(filled[name], tuple(columns)) or ())
        for name, columns in sorted(postponed.items())
    )
    if updates:
        last = steps[-1]
        steps[-1] = LoadStep(last.method, last.tables, updates, last.block)
    return steps


def _edges(component: Iterable[QualifiedName], closed: Mapping[tuple[QualifiedName, str], ForeignKey]) -> Edges:
    return {name: tuple({key.parent for (child, _), key in closed.items() if child == name}) for name in component}


def _cost(draft: Draft, key: str) -> tuple[bool, bool, QualifiedName, str]:
    """Rank the keys to postpone: those that point home first, then tables without triggers."""
    plan = draft.references.get(key)
    return (plan is None or plan.home is None, bool(draft.table.triggers), draft.name, key)


def _postponable(draft: Draft, column: str) -> bool:
    return draft.nullable(column) and draft.table.privileges.update


def _identity(draft: Draft, without: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the columns of a key that finds any new row while the given columns are still NULL."""
    for unique in sorted(draft.table.unique_keys, key=lambda u: (not u.primary, len(u.parts), u.name)):
        columns = unique.columns
        if columns and unique.predicate is None and not set(columns) & set(without):
            known = all(not draft.table.column(c).nullable and c not in draft.server for c in columns)
            if known:
                return columns
    return None
