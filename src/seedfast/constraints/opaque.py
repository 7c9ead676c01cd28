"""Conditions that can't be read, grouped by the columns that they tie together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from seedfast.constraints.analyse import analyse_table
from seedfast.model.table import Table


def opaque_groups(table: Table, *, now: datetime) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return groups of columns, in the table's order, each with every CHECK that reads none but them.

    Only CHECKs that hold a condition which isn't understood found a group; the others that read the group's columns
    alone are in it so that what satisfies the one does not break the other.
    """
    unread = {
        column
        for branch in analyse_table(table, now=now).branches
        for condition in branch.opaque
        for column in condition.columns
    }
    founding = [check for check in table.checks if unread & set(check.columns)]
    groups: list[set[str]] = []
    for check in founding:
        merged = set(check.columns)
        for group in [group for group in groups if group & merged]:
            groups.remove(group)
            merged |= group
        groups.append(merged)
    ordered = (tuple(column.name for column in table.columns if column.name in group) for group in groups)
    return tuple(sorted((names, tuple(_conditions(table, names))) for names in ordered if names))


def _conditions(table: Table, names: tuple[str, ...]) -> Iterable[str]:
    for check in table.checks:
        if check.columns and set(check.columns) <= set(names):
            yield check.expression
