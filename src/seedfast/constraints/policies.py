"""Row-level security as conditions that every new row must satisfy: unlike a CHECK, by coming to true."""

from __future__ import annotations

from dataclasses import dataclass

from seedfast.model.table import Policy, Table


@dataclass(frozen=True, slots=True)
class PolicyCondition:
    """A condition over ``columns`` that must come to true, and the policies that it comes from."""

    source: str
    sql: str
    columns: tuple[str, ...]


def policy_conditions(table: Table) -> tuple[PolicyCondition, ...]:
    """Return what a table's policies demand of a row: one of the permissive ones, and each of the restrictive ones."""
    permissive = [policy for policy in table.policies if policy.permissive]
    demands = [[policy] for policy in table.policies if not policy.permissive]
    return tuple(_condition(policies) for policies in ([permissive] if permissive else []) + demands)


def _condition(policies: list[Policy]) -> PolicyCondition:
    names = ", ".join(policy.name for policy in policies)
    return PolicyCondition(
        f"{'policy' if len(policies) == 1 else 'one of the policies'} {names}",
        " OR ".join(f"({policy.condition})" for policy in policies),
        tuple(dict.fromkeys(column for policy in policies for column in policy.columns)),
    )
