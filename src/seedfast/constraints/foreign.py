"""What foreign keys say of a table's rows: that parents exist, and that these satisfy their own constraints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from seedfast.constraints.branches import columns_read, renamed
from seedfast.constraints.domain import Branch, Domain, Nullness, Relation
from seedfast.constraints.predicate import Op
from seedfast.constraints.rules import Rule, components
from seedfast.model.table import ForeignKey, Table
from seedfast.model.types import SqlType
from seedfast.names import QualifiedName

RulesOf = Callable[[Table], Sequence[Rule]]

_DEEPEST = 3
"""So many keys are followed one after another, from child to parent to its parent."""


def without_parent(key: ForeignKey) -> tuple[Branch, ...]:
    """Return the branches in which a row needs no parent."""
    source = f"FOREIGN KEY {key.name}"
    absent = {name: Domain(nullness=Nullness.ALWAYS, sources=(source,)) for name in key.columns}
    if key.match_full:
        return (Branch(absent),)
    return tuple(Branch({name: domain}) for name, domain in absent.items())


def needless(table: Table, key: ForeignKey) -> Rule:
    """Return the key as the rule that it is where its parent holds nothing: rows do without."""
    return _rule(table, key, without_parent(key))


def _rule(table: Table, key: ForeignKey, branches: tuple[Branch, ...]) -> Rule:
    return Rule(f"FOREIGN KEY {key.name}", branches, key.name, table=table.name)


def foreign_rules(
    table: Table, own: Sequence[Rule], tables: Mapping[QualifiedName, Table], rules_of: RulesOf
) -> tuple[list[Rule], dict[str, SqlType]]:
    """Return the keys that more than their own columns' presence depends on, as rules with those of the parents.

    A parent's columns come under names of their own; the second result has their types.
    """
    walk = _Walk(tables, rules_of)
    walk.follow(table, own, _Place())
    return walk.made, walk.kinds


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on the way from child to parent one is: the ``prefix`` of the columns, how rows may do without what comes
    from here on (``escapes``), and the columns that a child ``asked`` for."""

    prefix: str = ""
    escapes: tuple[Branch, ...] = ()
    asked: frozenset[str] = frozenset()
    depth: int = 1


@dataclass(slots=True)
class _Walk:
    tables: Mapping[QualifiedName, Table]
    rules_of: RulesOf
    made: list[Rule] = field(default_factory=list)
    kinds: dict[str, SqlType] = field(default_factory=dict)

    def follow(self, table: Table, own: Sequence[Rule], at: _Place) -> None:
        told = {column for rule in own if not rule.plain for column in columns_read(rule.branches)}
        told |= at.asked | _shared(table)
        for key in table.foreign_keys:
            pairs = zip(key.columns, key.parent_columns, strict=True)
            asked = frozenset(other for one, other in pairs if one in told)
            parent = self.tables.get(key.parent)
            if not asked or parent is None or key.parent == table.name:
                continue
            escapes = (*at.escapes, *(_prefixed(branch, table, at.prefix) for branch in without_parent(key)))
            there = _Place(f"{at.prefix}{key.name}.", escapes, asked, at.depth + 1)
            self.kinds |= {there.prefix + column.name: column.type for column in parent.columns}
            self.made.append(_rule(table, key, (*escapes, _match(key, at.prefix, there.prefix))))
            theirs = _connected(self.rules_of(parent), set(key.parent_columns))
            for rule in theirs:
                branches = (*escapes, *(_prefixed(branch, parent, there.prefix) for branch in rule.branches))
                typed = None if rule.typed is None else there.prefix + rule.typed
                self.made.append(replace(rule, branches=branches, typed=typed))
            if at.depth < _DEEPEST:
                self.follow(parent, theirs, there)


def _shared(table: Table) -> set[str]:
    """Return the columns that several keys have in common."""
    counts = Counter(name for key in table.foreign_keys for name in set(key.columns))
    return {name for name, count in counts.items() if count > 1}


def _match(key: ForeignKey, prefix: str, place: str) -> Branch:
    source = f"FOREIGN KEY {key.name}"
    pairs = [(prefix + one, place + other) for one, other in zip(key.columns, key.parent_columns, strict=True)]
    present = {name: Domain(nullness=Nullness.NEVER, sources=(source,)) for pair in pairs for name in pair}
    return Branch(present, tuple(Relation(one, Op.EQ, other, source) for one, other in pairs))


def _connected(rules: Sequence[Rule], columns: set[str]) -> list[Rule]:
    """Return the rules that have to do with the columns, by way of others too."""
    groups = components(rules)
    told = [group for group in groups if columns & columns_read(b for rule in group for b in rule.branches)]
    return [rule for group in told for rule in group]


def _prefixed(branch: Branch, table: Table, prefix: str) -> Branch:
    own = {column.name for column in table.columns}
    for name in columns_read((branch,)) & own if prefix else ():
        branch = renamed(branch, name, prefix + name)
    return branch


def descents(table: Table) -> Iterable[list[Rule]]:
    """Yield, for each key of a table to itself, what some row of it must satisfy: the rule list is empty at first.

    Of all rows one has the least key, so that its parent's key can't be less; and one has the greatest.
    """
    yield []
    for key in table.foreign_keys:
        if key.parent != table.name or len(key.columns) != 1:
            continue
        [own], [other], source = key.columns, key.parent_columns, f"FOREIGN KEY {key.name}"
        present = {name: Domain(nullness=Nullness.NEVER, sources=(source,)) for name in (own, other)}
        for op in (Op.GE, Op.LE):
            last = Branch(present, (Relation(own, op, other, source),))
            yield [_rule(table, key, (*without_parent(key), last))]
