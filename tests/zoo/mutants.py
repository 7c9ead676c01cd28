"""Schemas with one operator of one CHECK turned round: each can be filled too, or is refused for a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CHECK = re.compile(r"\bCHECK\s*\(", re.IGNORECASE)
_TOKEN = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|\$\$.*?\$\$|--[^\n]*|"
    r"\bIS\s+NOT\s+NULL\b|\bIS\s+NULL\b|\bNOT\s+IN\b|\bIN\b|\bAND\b|\bOR\b|\bBETWEEN\b|"
    r"<=|>=|<>|!=|(?<![-<>@&|~!=])[<>](?![-<>@&|~=])|(?<![-<>@&|~!=])=(?![>=])|(?<![\w.'])\d+(?![\w.])",
    re.IGNORECASE | re.DOTALL,
)
_TURNED = {
    "<": ">",
    ">": "<",
    "<=": "<",
    ">=": ">",
    "=": "<>",
    "<>": "=",
    "!=": "=",
    "AND": "OR",
    "OR": "AND",
    "IN": "NOT IN",
    "NOT IN": "IN",
    "IS NULL": "IS NOT NULL",
    "IS NOT NULL": "IS NULL",
}
_DEMANDING = re.compile(r"^-- (?:role|extension|needs|server|parent|gap): ", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """A schema that differs from the specimen ``origin`` in one place; ``change`` says in which."""

    origin: str
    change: str
    ddl: str

    @property
    def label(self) -> str:
        """A name that is the same wherever the mutant is made."""
        return f"{self.origin}: {self.change}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield the mutants of a specimen that every server and role can hold."""
    ddl = path.read_text("utf-8")
    if _DEMANDING.search(ddl):
        return
    for start, stop in _checks(ddl):
        between = False
        for found in _TOKEN.finditer(ddl, start, stop):
            word = re.sub(r"\s+", " ", found[0].upper())
            # The AND of a BETWEEN joins no conditions.
            inside, between = between and word == "AND", word == "BETWEEN" or (between and word != "AND")
            turned = str(int(word) + 1) if word.isdigit() else _TURNED.get(word)
            if turned is not None and not inside:
                line = ddl.count("\n", 0, found.start()) + 1
                place = found.start() - (ddl.rfind("\n", 0, found.start()) + 1)
                change = f"line {line}, place {place}: {word} to {turned}"
                yield Mutant(path.stem, change, ddl[: found.start()] + turned + ddl[found.end() :])


def _checks(ddl: str) -> Iterator[tuple[int, int]]:
    """Yield where the conditions of CHECKs start and stop."""
    for found in _CHECK.finditer(ddl):
        depth, at = 1, found.end()
        for mark in re.finditer(r"'(?:[^']|'')*'|[()]", ddl[found.end() :]):
            depth += {"(": 1, ")": -1}.get(mark[0], 0)
            if not depth:
                at = found.end() + mark.start()
                break
        yield found.end(), at


def judge(status: int, said: str) -> str:
    """Return how a run with a mutant ended; an AssertionError where it ended in no way that a user can live with."""
    run = json.loads(said)
    assert "error" not in run, run["error"]
    assert status in (0, 3), status
    empty = [t for t in run["tables"] if t["status"] in ("gap", "unfillable")]
    for table in empty:
        where = f"{table['schema']}.{table['table']}"
        about = [f for f in run["findings"] if f["where"].replace('"', "").startswith(where)]
        assert about, f"nothing is said about {where}"
    explained = {f["where"].replace('"', "") for f in run["findings"]}
    for table in run["tables"]:
        if table["status"] == "fill" and table["inserted"] != table["planned"]:
            assert f"{table['schema']}.{table['table']}" in explained, table
    if any(table["status"] == "gap" for table in empty):
        return "gap"
    if empty:
        return "unfillable"
    short = any(t["status"] == "fill" and t["inserted"] < t["planned"] for t in run["tables"])
    return "partly filled" if short else "filled"
