"""What is asked of every schema that holds a table which nothing can fill, and the comments that say why."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DIRECTIVE = re.compile(r"^-- (unsatisfiable|gap|fills): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Refusal:
    """A schema, and what its comments expect of it.

    ``-- unsatisfiable: t = a, b``: no row of t can satisfy a and b together, and either alone some row could;
    ``-- gap: t = c``: PostgreSQL takes no row of t, and a finding names c, its trigger or constraint;
    ``-- fills: u``: u is filled all the same.
    """

    ddl: str
    unsatisfiable: Mapping[str, frozenset[str]]
    gap: Mapping[str, str]
    fills: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Refusal:
        """Return what a file says."""
        ddl = path.read_text("utf-8")
        assert ddl.startswith("-- "), f"{path.name} doesn't begin with what it is about"
        told: dict[str, list[str]] = {"unsatisfiable": [], "gap": [], "fills": []}
        for kind, text in _DIRECTIVE.findall(ddl):
            told[kind].append(text)
        sets = {}
        for text in told["unsatisfiable"]:
            table, _, names = text.partition(" =")
            sets[_qualified(table)] = frozenset(filter(None, names.strip().split(", ")))
        gaps = {_qualified(table): name for table, _, name in (text.partition(" = ") for text in told["gap"])}
        filled = frozenset(_qualified(table) for text in told["fills"] for table in text.split(", "))
        return cls(ddl, sets, gaps, filled)

    def judge(self, status: int, said: str) -> None:
        """Hold what `seedfast seed --output json` said against what is expected."""
        run = json.loads(said)
        assert "error" not in run, run
        assert status == (3 if self.gap else 0), run["findings"]
        tables = {f"{table['schema']}.{table['table']}": table for table in run["tables"]}
        found = {name for name, table in tables.items() if table["status"] == "unfillable"}
        assert found == set(self.unsatisfiable), run["findings"]
        assert {name for name, table in tables.items() if table["status"] == "gap"} == set(self.gap), run["findings"]
        for name, conflict in self.unsatisfiable.items():
            self._expect_set(name, conflict, run["findings"])
            assert tables[name]["inserted"] == 0
        for name, culprit in self.gap.items():
            about = [f for f in run["findings"] if f["where"] == name and f["severity"] == "error"]
            assert any(culprit in finding["message"] for finding in about), about
        for name in self.fills:
            assert tables[name]["inserted"] == tables[name]["planned"] > 0, tables[name]
        assert {name for name, table in tables.items() if table["status"] == "fill"} >= self.fills

    @staticmethod
    def _expect_set(name: str, conflict: frozenset[str], findings: list[dict[str, Any]]) -> None:
        about = [finding for finding in findings if finding["where"] == name]
        assert all(finding["severity"] == "info" for finding in about), about
        assert any(set(finding.get("constraints", ())) == conflict for finding in about), about
        for constraint in conflict:
            assert any(constraint in finding["message"] for finding in about), (constraint, about)
        assert all(finding["hint"] for finding in about)


def _qualified(written: str) -> str:
    return written if "." in written else f"public.{written}"
