"""Conditions that can't be read, grouped by the columns that they tie together."""

from __future__ import annotations

import re
from datetime import datetime

from seedfast.constraints.analyse import analyse_table
from seedfast.constraints.partitions import hashed_demand
from seedfast.constraints.policies import policy_conditions
from seedfast.model.table import Table
from seedfast.names import quote

_VALUE = re.compile(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|\bVALUE\b")
"""A domain's value in its CHECK, beside constants and quoted names, which are kept."""


def opaque_groups(table: Table, *, now: datetime) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return groups of columns, in the table's order, each with every CHECK, policy and partition bound that reads
    none but them.

    Only those that hold a condition which isn't understood found a group; the others that read the group's columns
    alone are in it so that what satisfies the one does not break the other.
    """
    unread = {
        column
        for branch in analyse_table(table, now=now).branches
        for condition in branch.opaque
        for column in condition.columns
    }
    conditions = _conditions(table, now)
    groups: list[set[str]] = []
    for columns, _ in conditions:
        if not unread & columns:
            continue
        merged = set(columns)
        for group in [group for group in groups if group & merged]:
            groups.remove(group)
            merged |= group
        groups.append(merged)
    ordered = (tuple(column.name for column in table.columns if column.name in group) for group in groups)
    return tuple(
        sorted(
            (names, tuple(sql for columns, sql in conditions if columns and columns <= set(names)))
            for names in ordered
            if names
        )
    )


def _conditions(table: Table, now: datetime) -> list[tuple[frozenset[str], str]]:
    """Return what no row may make false, each with the columns that it reads."""
    domains = [
        (frozenset({column.name}), _of_column(column.name, check.expression))
        for column in table.columns
        for domain in column.type.domains()
        for check in domain.checks
    ]
    checks = [(frozenset(check.columns), check.expression) for check in table.checks]
    demands = [(frozenset(demand.columns), f"({demand.sql}) IS TRUE") for demand in policy_conditions(table)]
    hashed = hashed_demand(table, now)
    return [*domains, *checks, *demands, *([] if hashed is None else [hashed])]


def _of_column(name: str, expression: str) -> str:
    """Return a domain's CHECK as one of a column."""
    return _VALUE.sub(lambda found: found[1] or quote(name), expression)
