"""What a refusal of rows means, by its SQLSTATE and the names in its message, which may be in any language."""

from __future__ import annotations

import re
from collections.abc import Collection

from seedfast.model.database import Database
from seedfast.model.table import Table
from seedfast.names import QualifiedName
from seedfast.plan.options import Rejection

_PRIVILEGE, _UNDEFINED = "42501", "42704"
_SETTING = re.compile(r'"([^"\s]+\.[^"\s]+)"')


def rejection(
    database: Database, table: QualifiedName, *, sqlstate: str, words: str, hint: str, settings: Collection[str] = ()
) -> Rejection:
    """Return why a table gets no rows; ``words`` and ``hint`` are PostgreSQL's own.

    ``settings`` are those that functions read which the rows run, and that nobody gave.
    """
    reason = f"PostgreSQL refused its rows: {words}"
    if sqlstate == _PRIVILEGE:
        guarded = _guarded(database, table, words)
        if guarded is not None:
            return Rejection(f"{reason}; {_policies(guarded)}", _POLICY_HINT, "SF-POLICY-REFUSED")
        hint = hint or "Grant the role what is missing, or connect as the owner of the tables."
    return Rejection(reason, _setting_hint(sqlstate, words) or hint or _settings_hint(settings))


def unreadable(database: Database, table: QualifiedName, sqlstate: str, words: str) -> Rejection:
    """Return why a table whose policies fail when it is read gets no rows."""
    policies = _policies(database.by_name[table])
    return Rejection(
        f"its policies can't be evaluated: {words}; {policies}",
        _setting_hint(sqlstate, words) or "Grant the role what is missing, or connect as the owner of the table.",
        "SF-POLICY-REFUSED",
    )


def _setting_hint(sqlstate: str, words: str) -> str:
    setting = _SETTING.search(words)
    if sqlstate != _UNDEFINED or setting is None:
        return ""
    return f"Give the session the setting that it lacks: --set {setting[1]}=VALUE."


def _settings_hint(settings: Collection[str]) -> str:
    if not settings:
        return ""
    given = " ".join(f"--set {name}=VALUE" for name in settings)
    return f"What its rows run reads settings of the session that it lacks: give them with {given}."


_POLICY_HINT = "Connect as a role that the policy lets through, or give the settings that it reads with --set."


def _guarded(database: Database, table: QualifiedName, words: str) -> Table | None:
    """Return the table whose policies refused: the one itself, or one that its trigger or rule writes to."""
    named = [
        other
        for other in database.tables
        if other.row_security and re.search(rf"(?<![\w$]){re.escape(other.name.name)}(?![\w$])", words)
    ]
    return next((other for other in named if other.name == table), named[0] if named else None)


def _policies(table: Table) -> str:
    shown = "; ".join(f"policy {policy.name}: {' '.join(policy.expression.split())}" for policy in table.policies)
    return shown or f"no policy lets the role insert into {table.name}"
