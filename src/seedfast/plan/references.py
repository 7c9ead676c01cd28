"""Foreign keys to picks: which parent each row refers to, and which key fills a column that several share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seedfast.constraints.domain import Branch, Domain, Nullness
from seedfast.constraints.predicate import Op
from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import ForeignKey, Table
from seedfast.names import QualifiedName
from seedfast.plan.demands import agreeing
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Lesson
from seedfast.plan.roots import rooted
from seedfast.plan.spec import GeneratorPlan, Having, Pick, ReferencePlan, Roots, Status
from seedfast.plan.states import was_done
from seedfast.plan.tenants import inherited
from seedfast.plan.units import whatever_branch
from seedfast.semantics.deeds import deeds

OPTIONAL_PERMILLE = 150
"""How many rows of 1,000 leave a nullable reference out."""

_ROOT_SHARE = 10
"""One row in so many of a tree is a root."""

NULL_GENERATOR = GeneratorPlan("null", {}, 0)


def plan_references(draft: Draft, drafts: Drafts) -> None:
    """Decide how each foreign key of a table picks its parents, and which columns it fills."""
    homes = home_keys(draft.table, drafts)
    shared = {key.name: homes.get(key.name) for key in draft.table.foreign_keys}
    tenants = inherited(draft, drafts)

    def rank(key: ForeignKey) -> tuple[bool, tuple[bool, bool, bool, int, str]]:
        return key.name not in tenants, _rank(draft, key, shared[key.name] is not None)

    for key in sorted(draft.table.foreign_keys, key=rank):
        if draft.status is not Status.FILL:
            return
        _plan_key(draft, key, drafts, homes.get(key.name))
        if key.name in draft.references:
            for name, theirs in tenants.get(key.name, {}).items():
                draft.owners[name] = (key.name, theirs)
                draft.reasons[name] = f"the same as that of {key.parent}, which {key.name} points at"
    said = Lesson(agreements=agreeing(draft, drafts))
    draft.lesson = draft.lesson.with_also(said)


def _rank(draft: Draft, key: ForeignKey, home: bool) -> tuple[bool, bool, bool, int, str]:
    """Order the keys so that those which fix shared columns for others come first."""
    return (key.parent == draft.name, home, draft.optional(key), -len(key.columns), key.name)


def home_keys(table: Table, drafts: Drafts) -> Mapping[str, str]:
    """Return, by foreign key, the parent's key that points back: a user's address must be one of the user's own.

    Only keys to a table that is filled in the same run as this one, and that must itself follow its key here.
    """
    homes: dict[str, str] = {}
    here = drafts[table.name]
    if here.existing or here.status is not Status.FILL:
        return homes
    for key in table.foreign_keys:
        parent = drafts.get(key.parent)
        if parent is None or key.parent == table.name or parent.status is not Status.FILL or parent.existing:
            continue
        if not here.optional(key):
            continue
        back = [k for k in parent.table.foreign_keys if k.parent == table.name and not parent.optional(k)]
        if back:
            homes[key.name] = min(back, key=lambda k: (len(k.columns), k.name)).name
    return homes


def covering_keys(draft: Draft, drafts: Drafts) -> set[str]:
    """Return the keys of a table whose picks must be reversible, because a parent's key points home through them."""
    found = set()
    for parent in {key.parent for key in draft.table.foreign_keys if key.parent in drafts and key.parent != draft.name}:
        for home in home_keys(drafts[parent].table, drafts).values():
            if any(key.name == home and key.parent == parent for key in draft.table.foreign_keys):
                found.add(home)
    return found


def _plan_key(draft: Draft, key: ForeignKey, drafts: Drafts, home: str | None) -> None:
    parent = drafts.get(key.parent)
    own = key.parent == draft.name
    total = draft.existing + draft.rows if own else (parent.total if parent is not None else 0)
    if total == 0 and key.name in draft.undeclared:
        return
    if total == 0:
        _leave_out(draft, key, parent)
        return
    if (
        parent is not None
        and parent.status is Status.FILL
        and any(name in parent.server and name not in parent.computed for name in key.parent_columns)
    ):
        _unreachable(draft, key)
        return
    if any(name in draft.server for name in key.columns):
        draft.findings.append(
            Finding(
                "SF-REFERENCE-SERVER",
                Severity.WARNING,
                f"{draft.name}: {key.name}",
                "The server computes a column of this foreign key, so its rows can't be made to fit beforehand.",
                "PostgreSQL checks the key when the rows are loaded.",
            )
        )
    pairs = dict(zip(key.columns, key.parent_columns, strict=True))
    free = [
        name
        for name in key.columns
        if name not in draft.owners
        and name not in draft.server
        and not _circular(draft, name, key.parent, pairs[name], drafts)
    ]
    own_columns = _own(draft, key, drafts)
    free = [name for name in free if name not in own_columns]
    matching = tuple(name for name in key.columns if name in draft.owners or name in own_columns)
    if not free and (not matching or _implied(draft, key, drafts)):
        return
    reference = ReferencePlan(
        key.name,
        key.columns,
        key.parent,
        key.parent_columns,
        Pick.SKEWED,
        _null_rates(draft, key, free),
        matching=matching,
        allowed=_allowed(draft, pairs),
        excluded=_excluded(draft, pairs),
        by_branch=_by_branch(draft, pairs),
        having=draft.lesson.having.get(key.name, ()),
    )
    if own:
        reference = _tree(draft, key, reference)
    elif home is not None:
        reference = replace(reference, pick=Pick.HOME, home=home, matching=())
    elif not (matching or reference.by_branch) and (
        key.name in covering_keys(draft, drafts) or _awaited(draft, key, drafts)
    ):
        reference = replace(reference, pick=Pick.COVER)
        if drafts[key.parent].followed:
            reference = replace(reference, null_permille=(0,))
    evidence = draft.undeclared.get(key.name)
    behind = f"FOREIGN KEY {key.name} to {key.parent}" if evidence is None else f"no constraint; {evidence}"
    if reference.pick is not Pick.SKEWED or matching:
        reference = whatever_branch(reference)
    draft.references[key.name] = replace(reference, declared=evidence is None, reason=_reason(reference))
    for name in free:
        draft.owners[name] = (key.name, pairs[name])
        draft.reasons[name] = f"{behind}: {_reason(reference)}"


def _unreachable(draft: Draft, key: ForeignKey) -> None:
    """Plan a key that points at what the server will only compute: NULL where that is allowed, else a gap."""
    hint = f"Seed {key.parent} first, and then this table in a run of its own."
    where = f"{draft.name}: {key.name}"
    message = f"The server computes what this foreign key points at in {key.parent}, so it can't be known beforehand."
    if draft.optional(key):
        for name in key.columns:
            if name not in draft.owners and name not in draft.server and draft.table.column(name).nullable:
                draft.generators[name] = (NULL_GENERATOR,) * len(draft.branches)
                draft.reasons[name] = f"NULL: the server computes what {key.name} points at"
        draft.findings.append(Finding("SF-REFERENCE-SERVER", Severity.WARNING, where, message, hint))
    else:
        draft.end(Status.GAP, f"the server computes what {key.name} points at")
        draft.findings.append(Finding("SF-REFERENCE-SERVER", Severity.ERROR, where, message, hint))


def _own(draft: Draft, key: ForeignKey, drafts: Drafts) -> frozenset[str]:
    """Return the columns of a wide key that are the row's own, since the parent has them from this very table.

    A default address is one of the customer's own: (id, address) points at (customer, id), and customer points at id.
    """
    parent = drafts.get(key.parent)
    if parent is None or key.parent == draft.name or len(key.columns) == 1:
        return frozenset()
    pairs = dict(zip(key.columns, key.parent_columns, strict=True))
    back = [k for k in parent.table.foreign_keys if k.parent == draft.name and not parent.optional(k)]
    return frozenset(
        name
        for name, theirs in pairs.items()
        if name not in draft.owners
        and not _held_as_own(parent, draft, theirs)
        and any((theirs, name) in zip(k.columns, k.parent_columns, strict=True) for k in back)
    )


def _held_as_own(parent: Draft, draft: Draft, column: str) -> bool:
    """Tell whether a parent that was planned before has a column from elsewhere, and looks for rows here that agree."""
    matched = any(
        reference.parent == draft.name and column in reference.matching for reference in parent.references.values()
    )
    owner = parent.owners.get(column)
    return matched and (owner is None or parent.references[owner[0]].parent != draft.name)


def leads_back(key: ForeignKey, back: ForeignKey, table: QualifiedName) -> bool:
    """Tell whether a table's key can only point at rows that point at the very row that holds it, by ``back``."""
    pairs = set(zip(key.columns, key.parent_columns, strict=True))
    return back.parent == table and set(zip(back.parent_columns, back.columns, strict=True)) <= pairs


def _awaited(draft: Draft, key: ForeignKey, drafts: Drafts) -> bool:
    """Tell whether every row of a parent must find a row here that points back at it by this key."""
    parent = drafts[key.parent]
    return parent.followed or any(
        other.parent == draft.name and not parent.optional(other) and leads_back(other, key, parent.name)
        for other in parent.table.foreign_keys
    )


def _leave_out(draft: Draft, key: ForeignKey, parent: Draft | None) -> None:
    """Plan a key whose parent holds nothing: its nullable columns stay NULL."""
    for name in key.columns:
        if name not in draft.owners and name not in draft.server and draft.table.column(name).nullable:
            draft.generators[name] = (NULL_GENERATOR,) * len(draft.branches)
            draft.reasons[name] = f"NULL: {key.parent}, which {key.name} points at, holds no rows"
    why = parent.reason if parent is not None else "it is out of the role's sight"
    draft.findings.append(
        Finding(
            "SF-REFERENCE-EMPTY",
            Severity.WARNING,
            f"{draft.name}: {key.name}",
            f"Left NULL: {key.parent} holds no rows ({why or 'none are planned'}).",
            "Let the parent be filled too, and these rows get parents.",
        )
    )


def _null_rates(draft: Draft, key: ForeignKey, free: list[str]) -> tuple[int, ...]:
    """Return how many rows of 1,000 have no parent, branch by branch."""
    rates = []
    told = [by for name, by in deeds(draft.table).items() if name in key.columns]
    for branch in draft.branches:
        domains = [branch.domain(name) for name in free or key.columns]
        if any(domain.nullness is Nullness.ALWAYS for domain in domains):
            rates.append(1000)
        elif any(was_done(branch, each) for each in told):
            rates.append(0)
        elif free and draft.optional(key) and (done := _done(draft, branch, key)) is not None:
            rates.append(0 if done else 1000)
        elif draft.optional(key) and free:
            may = [d.nullness is not Nullness.NEVER for d in domains]
            rates.append(OPTIONAL_PERMILLE if (all(may) if key.match_full else any(may)) else 0)
        else:
            can = free and any(
                draft.table.column(n).nullable and branch.domain(n).nullness is Nullness.MAYBE for n in free
            )
            rates.append(OPTIONAL_PERMILLE if can and len(draft.branches) > 1 and not key.match_full else 0)
    return tuple(rates) if len(set(rates)) > 1 else (rates[0],)


def _done(draft: Draft, branch: Branch, key: ForeignKey) -> bool | None:
    """Tell whether what a key tells the doer of was done in all rows of a branch, or in none; None for some."""
    guide, told = draft.actors.get(key.columns[0], ("", {})) if len(key.columns) == 1 else ("", {})
    verdicts = {told.get(value) for value in branch.domain(guide).allowed or ("",)}
    return verdicts.pop() if len(verdicts) == 1 else None


def _allowed(draft: Draft, pairs: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the values that a CHECK of the child leaves to each column of a key, where it gives a list."""
    allowed: dict[str, tuple[str, ...]] = {}
    for name in pairs:
        lists = [d.allowed for d in draft.domains(name) if d.nullness is not Nullness.ALWAYS]
        if lists and all(values is not None for values in lists):
            allowed[name] = tuple(sorted({_text(v) for values in lists for v in values or ()}))
        learnt = draft.lesson.parents.get(name)
        if learnt is not None:
            allowed[name] = tuple(value for value in learnt if value in allowed.get(name, learnt))
    return allowed


def _by_branch(draft: Draft, pairs: Mapping[str, str]) -> tuple[tuple[Having, ...], ...]:
    """Return what the parents of each branch's rows hold in a key's columns; () where all branches ask the same."""
    found: list[tuple[Having, ...]] = []
    for branch in draft.branches:
        asked: list[Having] = []
        for name, theirs in pairs.items():
            domain = branch.domain(name)
            if domain.nullness is Nullness.ALWAYS:
                continue
            if domain.allowed is not None:
                asked.append(Having(theirs, tuple(sorted(map(_text, domain.allowed)))))
            elif domain.excluded:
                asked.append(Having(theirs, tuple(sorted(map(_text, domain.excluded))), inside=False))
        found.append(tuple(asked))
    return tuple(found) if len(set(found)) > 1 else ()


def _excluded(draft: Draft, pairs: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the values that a CHECK of the child forbids to each column of a key in every branch."""
    excluded: dict[str, tuple[str, ...]] = {}
    for name in pairs:
        there = [domain for domain in draft.domains(name) if domain.nullness is not Nullness.ALWAYS]
        values = (
            set.intersection(*({_text(value) for value in domain.excluded} for domain in there)) if there else set()
        )
        if values:
            excluded[name] = tuple(sorted(values))
    return excluded


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _circular(draft: Draft, column: str, parent: QualifiedName, parent_column: str, drafts: Drafts) -> bool:
    """Tell whether a column that took its value from the parent would in the end take it from itself."""
    at: tuple[QualifiedName, str] = (parent, parent_column)
    seen = {(draft.name, column)}
    while at not in seen:
        seen.add(at)
        other = drafts.get(at[0])
        if other is None or at[1] not in other.owners:
            return False
        reference, up = other.owners[at[1]]
        at = (other.references[reference].parent, up)
    return True


def _implied(draft: Draft, key: ForeignKey, drafts: Drafts) -> bool:
    """Tell whether values taken from elsewhere satisfy a key anyway: each comes, in the end, from the key's parent."""
    if len(key.columns) > 1:
        return False
    at: tuple[QualifiedName, str] | None = (draft.name, key.columns[0])
    while at is not None:
        if at == (key.parent, key.parent_columns[0]):
            return True
        owner = drafts[at[0]].owners.get(at[1])
        at = None if owner is None else (drafts[at[0]].references[owner[0]].parent, owner[1])
    return False


def _tree(draft: Draft, key: ForeignKey, reference: ReferencePlan) -> ReferencePlan:
    """Plan a key to the same table: a tree with roots, whose other rows point at earlier ones."""
    if reference.matching:
        return reference
    rows = draft.existing + draft.rows
    if draft.optional(key):
        roots = 0 if draft.existing else max(1, rows // _ROOT_SHARE)
        return replace(reference, pick=Pick.EARLIER, roots=roots, null_permille=_forced(reference.null_permille))
    roots = 0 if draft.existing else max(1, rows // _ROOT_SHARE)
    by_branch = rooted(draft, replace(reference, pick=Pick.EARLIER), roots)
    if by_branch is not None:
        return by_branch
    apart = any(
        relation.op is Op.NE and {relation.left, relation.right} == {child, parent}
        for branch in draft.branches
        for relation in branch.relations
        for child, parent in zip(key.columns, key.parent_columns, strict=True)
    )
    if set(key.columns) == set(key.parent_columns):
        return replace(reference, pick=Pick.EARLIER, roots=rows, roots_point=Roots.SELF)
    if apart:
        return replace(reference, pick=Pick.EARLIER, roots=min(2, rows), roots_point=Roots.RING)
    return replace(reference, pick=Pick.EARLIER, roots=roots, roots_point=Roots.SELF)


def _forced(rates: tuple[int, ...]) -> tuple[int, ...]:
    """Return null rates without those that are mere variety: a tree has its roots for that."""
    return tuple(1000 if rate >= 1000 else 0 for rate in rates)


def _reason(reference: ReferencePlan) -> str:
    match reference.pick:
        case Pick.EARLIER:
            return "a tree: rows point at earlier rows, the first are roots"
        case Pick.HOME:
            return f"points home: one that refers back by {reference.home}"
        case Pick.COVER:
            return "every parent in turn, then popular ones more often"
        case _ if reference.matching:
            return f"a parent that agrees on {', '.join(reference.matching)}"
        case _:
            return "popular parents more often"


def describe_domain(domain: Domain) -> str:
    """Return the constraints behind a domain, for a column's reason."""
    return ", ".join(dict.fromkeys(domain.sources))
