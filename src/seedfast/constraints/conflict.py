"""Whether rules can hold together, and which of them are to blame where they can't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from seedfast.constraints.branches import merge
from seedfast.constraints.domain import Branch, Domain, Relation
from seedfast.constraints.linear import Linear
from seedfast.constraints.possible import possible
from seedfast.constraints.predicate import Opaque
from seedfast.constraints.rules import Rule, components
from seedfast.constraints.typed import Kinds
from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import Table
from seedfast.model.types import SqlType
from seedfast.names import QualifiedName

_LONGEST = 120
_MOST_STEPS = 20_000
_MOST_LEAVES = 2_000


class UndecidedError(Exception):
    """There are too many combinations of branches to go through."""


def witness(rules: Sequence[Rule], kinds: Kinds) -> Branch | None:
    """Return a branch in which every rule holds, None where there is none; an ``UndecidedError`` where that takes
    too long to tell."""
    domains: dict[str, Domain] = {}
    relations: tuple[Relation, ...] = ()
    opaque: tuple[Opaque, ...] = ()
    sums: tuple[Linear, ...] = ()
    for group in components(rules):
        found = _Descent(sorted(group, key=lambda rule: len(rule.branches)), kinds).find(Branch(), 0)
        if found is None:
            return None
        domains |= found.domains
        relations += found.relations
        opaque += found.opaque
        sums += found.sums
    return Branch(domains, relations, opaque, sums)


@dataclass(slots=True)
class _Descent:
    """Takes one branch of each rule after another, and turns back where they contradict each other."""

    rules: Sequence[Rule]
    kinds: Kinds
    steps: int = 0
    leaves: int = 0

    def find(self, so_far: Branch, place: int) -> Branch | None:
        """Return the first branch that holds together with what was taken before."""
        if place == len(self.rules):
            self.leaves += 1
            return so_far if possible(so_far, self.kinds) else None
        for branch in self.rules[place].branches:
            self.steps += 1
            if self.steps > _MOST_STEPS or self.leaves > _MOST_LEAVES:
                raise UndecidedError
            both = merge(so_far, branch)
            if both is not None and (found := self.find(both, place + 1)) is not None:
                return found
        return None


def irreducible(rules: Sequence[Rule], kinds: Kinds) -> tuple[Rule, ...]:
    """Return rules of these that can't hold together, none of which can be left out.

    ``rules`` can't hold together. Those that stand last are left out first.
    """
    kept = list(rules)
    for rule in reversed(rules):
        others = [other for other in kept if other is not rule]
        if not _may_hold(others, kinds):
            kept = others
    return tuple(kept)


def _may_hold(rules: Sequence[Rule], kinds: Kinds) -> bool:
    typed = {rule.typed for rule in rules}

    def seen(column: str) -> SqlType | None:
        kind = kinds(column)
        if kind is None or column in typed or kind.storage.precision is None:
            return kind
        return replace(kind.storage, precision=None, scale=None)

    try:
        return witness(rules, seen) is not None
    except UndecidedError:
        return True


def refusal(table: Table, conflict: Sequence[Rule]) -> Finding:
    """Say which constraints of a table can't hold together, and what to do about it."""
    names = tuple(dict.fromkeys(rule.named(table.name) for rule in conflict))
    return Finding(
        "SF-CHECK-UNSATISFIABLE",
        Severity.INFO,
        str(table.name),
        contradiction(names),
        f"{_remedies(conflict, table.name)}; until then the table stays empty.",
        names,
    )


def contradiction(names: Sequence[str]) -> str:
    """Return the sentence that names constraints which can't hold together."""
    return f"No row can satisfy {_listed(names, 'and')}{' together' if len(names) > 1 else ''}."


def _remedies(conflict: Sequence[Rule], at: QualifiedName) -> str:
    ways: list[str] = []
    said = {rule.named(at): f"{rule.named(at)} {_brief(rule.says)}" for rule in conflict if rule.says}
    if said:
        ways.append(f"change {_listed(tuple(said.values()), 'or')}")
    optional = [rule.name.removesuffix(" NOT NULL") for rule in conflict if rule.name.endswith(" NOT NULL")]
    if optional:
        ways.append(f"allow NULL in {_listed(tuple(dict.fromkeys(optional)), 'or')}")
    rest = [rule.named(at) for rule in conflict if rule.named(at) not in said and not rule.name.endswith(" NOT NULL")]
    if rest:
        ways.append(f"change {_listed(tuple(dict.fromkeys(rest)), 'or')}")
    text = ", or ".join(ways)
    return text[:1].upper() + text[1:]


def _listed(names: Sequence[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _brief(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 4] + " ..."
