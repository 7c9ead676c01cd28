"""Which runs are let through."""

from __future__ import annotations

import re

from seedfast import db
from seedfast.diagnostics import Severity
from seedfast.errors import ConnectionFailedError, DeclinedError
from seedfast.pipeline.request import Prepared
from seedfast.plan.quotas import OUTCOME
from seedfast.plan.spec import Status

_GUARDED_ROWS = 10_000
"""More foreign rows than this, in most of the tables, look like somebody's data."""

_PRODUCTION = re.compile(r"(?:^|[^a-z])(?:prod|production|live)(?:[^a-z]|$)", re.IGNORECASE)


def hold_to_wishes(prepared: Prepared) -> None:
    """Refuse a plan in which an outcome isn't exact, and with ``strict`` one that misses any wish."""
    missed = [
        finding
        for finding in prepared.plan.findings
        if finding.code.startswith("SF-SCOPE-") and finding.severity is not Severity.INFO
    ]
    for finding in missed:
        about = f"{finding.where}: {finding.message}" if finding.where else finding.message
        if finding.code == OUTCOME:
            raise DeclinedError(OUTCOME, f"{about} Nothing was written.", finding.hint)
        if prepared.request.strict:
            message = f"{about} [{finding.code}] --strict allows no wish to be missed; nothing was written."
            raise DeclinedError("SF-STRICT", message, finding.hint)


def guard(prepared: Prepared) -> None:
    """Refuse what can't or mustn't be done.

    That is: a role that can fill nothing; an outcome that won't be exact; with ``strict``, a wish that isn't honoured
    in full; and a database that looks like production, unless the request allows it.
    """
    tables = prepared.plan.tables
    hold_to_wishes(prepared)
    if not any(table.status in (Status.FILL, Status.PARENT) for table in tables):
        for finding in prepared.plan.findings:
            if finding.code == "SF-TABLE-NO-INSERT":
                message = (
                    f"The role may not INSERT into {finding.where}, nor into any other table that is to be filled."
                )
                raise ConnectionFailedError("SF-CONNECT-PRIVILEGE", message, finding.hint)
    if prepared.request.allow_existing or prepared.request.reads_only:
        return
    where = db.describe(prepared.request.dsn)
    hint = "If this is meant, repeat the command with --allow-existing."
    if prepared.request.to is not None:
        hint = "Rows are tried there and taken back: give --no-probe to have it read alone, or --allow-existing."
    if _PRODUCTION.search(where.partition("@")[2]):
        raise DeclinedError("SF-GUARD-NAME", f"{where} is named like a production database.", hint)
    if prepared.foreign_rows > _GUARDED_ROWS:
        message = (
            f"{where} looks like a database in use: most of its tables hold rows that seedfast did not make, "
            f"{prepared.foreign_rows:,} in all."
        )
        raise DeclinedError("SF-GUARD-ROWS", message, hint)
