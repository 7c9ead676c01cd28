"""``python -m tests.corpus.run``: seed every schema of the corpus, print the judge's table, and write it down."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from json import loads
from pathlib import Path
from typing import Any

import psycopg

from seedfast import api
from seedfast.embedded import EPHEMERAL, EmbeddedServer
from tests.conftest import corpus_folder, system_binaries
from tests.corpus.judge import judge_command, unavailable

_HOLLOW_FROM = 10
"""Rows of a table from which on the judge looks at its foreign keys."""

PAGE = """# Real schemas

`make corpus` seeds {count} real schemas, each twice into a fresh database, with {rows} rows a table, on PostgreSQL
{version}, and asks the server what happened: tables filled, orphans of foreign keys, breaches of CHECKs, drift of the
schema, rows lost, sequences behind, and whether both runs are alike. This page is what it printed.

```
{table}
```

## Thin and hollow

A table is thin where it holds fewer than half the rows asked for, a foreign key hollow where it is NULL in every row.
This is what the plans say of each.

{reasons}
"""


def main() -> int:
    """Return the judge's exit status; 0 with a message where it can't run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schemas", nargs="*", help="names of schemas (default: all)")
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--timeout", type=int, default=300, help="seconds for one seeding run")
    parser.add_argument("--write", type=Path, help="write the page here")
    options = parser.parse_args()
    folder, binaries = corpus_folder(), system_binaries()
    reason = unavailable(binaries) or ("" if folder.is_dir() else f"there is no corpus of schemas in {folder}")
    if reason:
        sys.stdout.write(f"Skipped: {reason}.\n")
        return 0
    schemas = [folder / f"{name}.sql" for name in options.schemas] or sorted(folder.glob("*.sql"))
    lines = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        EmbeddedServer.start(binaries=binaries, settings=EPHEMERAL) as server,
    ):
        with psycopg.connect(server.dsn()) as connection:
            version = connection.info.parameter_status("server_version") or ""
        command, environment = judge_command(
            server, schemas, rows=options.rows, json=Path(scratch) / "outcomes.json", timeout=options.timeout
        )
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as judging:
            for line in judging.stdout or ():
                sys.stdout.write(line)
                sys.stdout.flush()
                lines.append(line)
        outcomes = loads((Path(scratch) / "outcomes.json").read_text("utf-8"))
        reasons = [
            reason
            for outcome in outcomes
            if outcome["thin"] or outcome["hollow"]
            for reason in _reasons(server, folder / f"{outcome['schema']}.sql", outcome, options.rows)
        ]
    if options.write:
        table = "".join(line for line in lines if not line.lstrip().startswith(("{", "}"))).rstrip()
        page = PAGE.format(
            count=len(schemas),
            rows=options.rows,
            version=version.split()[0],
            table=table,
            reasons="\n".join(reasons) or "There are none.",
        )
        options.write.write_text(page, encoding="utf-8")
    return judging.returncode


def _reasons(server: EmbeddedServer, schema: Path, outcome: Mapping[str, Any], rows: int) -> Iterator[str]:
    """Yield a line for each thin table and hollow key of a schema, with what its plan says."""
    database = f"explained_{schema.stem}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{database}" TEMPLATE template0'.encode())
    dsn = server.dsn(database)
    psql = [str(server.binaries / "psql"), "-q", "-d", dsn, "-f", str(schema)]
    subprocess.run(psql, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    plan = api.plan(dsn, now=datetime.now(UTC), rows=rows)  # noqa: TID251  the corpus is seeded as of today, too
    tables = {str(table.name): table for table in plan.tables}
    for thin in outcome["thin"]:
        name, _, held = thin.rpartition(" ")
        table = tables[name]
        yield f"- {schema.stem}: {name} holds {held} rows: {table.reason or 'PostgreSQL refused the others'}."
    planned = [
        f"- {schema.stem}: {table.name}.{column.name} is NULL in every row: {column.reason}."
        for table in plan.tables
        for column in table.columns
        if table.rows >= _HOLLOW_FROM and column.reason.startswith("NULL: ") and " points at" in column.reason
    ]
    if outcome["hollow"]:
        brought = f"- {schema.stem}: the plan leaves no key out; what is hollow are rows that the schema itself brings."
        yield from planned or [brought]


if __name__ == "__main__":
    sys.exit(main())
