"""Results as JSON objects: the form that docs/json-output.md promises."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from seedfast.diagnostics import Finding
from seedfast.report.view import TableLine
from seedfast.verify.results import Verification

VERSION = 1
"""The version of the objects' form: it grows when something that was there changes or goes."""


def run(
    *,
    command: str,
    seed: int,
    now: str,
    fingerprint: str,
    tables: Iterable[TableLine],
    findings: Iterable[Finding],
    seconds: float,
    dry_run: bool,
    committed: bool,
    to: str | None = None,
) -> dict[str, Any]:
    """Return what a run did."""
    document = {
        "version": VERSION,
        "command": command,
        "seed": seed,
        "now": now,
        "fingerprint": fingerprint,
        "tables": [_table(line) for line in tables],
        "findings": [finding(found) for found in dict.fromkeys(findings)],
        "seconds": round(seconds, 3),
        "dry_run": dry_run,
        "committed": committed,
    }
    return document if to is None else {**document, "to": to}


def verification(checked: Verification) -> dict[str, Any]:
    """Return what checking a database found."""
    return {
        "version": VERSION,
        "command": "verify",
        "ok": checked.ok,
        "checks": [
            {
                "promise": check.promise.value,
                "schema": check.table.schema,
                "table": check.table.name,
                "name": check.name,
                "breaches": check.breaches,
                "validated": check.validated,
                "kept": check.kept,
            }
            for check in checked.checks
        ],
        "findings": [finding(found) for found in dict.fromkeys(checked.findings)],
    }


def failure(*, code: str, message: str, hint: str, exit_status: int) -> dict[str, Any]:
    """Return what stopped a command."""
    return {"version": VERSION, "error": {"code": code, "message": message, "hint": hint}, "exit": exit_status}


def finding(found: Finding) -> dict[str, Any]:
    """Return one finding; it has constraints where a set of them is the reason."""
    told: dict[str, Any] = {
        "code": found.code,
        "severity": found.severity.value,
        "where": found.where,
        "message": found.message,
        "hint": found.hint,
    }
    return {**told, "constraints": list(found.constraints)} if found.constraints else told


def dumps(document: dict[str, Any]) -> str:
    """Return the text of an object, readable by people too."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def _table(line: TableLine) -> dict[str, Any]:
    return {
        "schema": line.name.schema,
        "table": line.name.name,
        "existing": line.existing,
        "planned": line.planned,
        "inserted": line.inserted or 0,
        "status": line.status,
        "reason": line.reason,
    }
