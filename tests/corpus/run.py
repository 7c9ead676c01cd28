"""``python -m tests.corpus.run``: seed every schema of the corpus, print the judge's table, and write it down."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from seedfast.embedded import EPHEMERAL, EmbeddedServer
from tests.conftest import corpus_folder, system_binaries
from tests.corpus.judge import judge_command, unavailable

PAGE = """# Real schemas

`make corpus` seeds {count} real schemas, each twice into a fresh database, with {rows} rows a table, on PostgreSQL
{version}, and asks the server what happened: tables filled, orphans of foreign keys, breaches of CHECKs, drift of the
schema, rows lost, sequences behind, and whether both runs are alike. This page is what it printed.

```
{table}
```
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
    if options.write:
        table = "".join(lines).rstrip()
        page = PAGE.format(count=len(schemas), rows=options.rows, version=version.split()[0], table=table)
        options.write.write_text(page, encoding="utf-8")
    return judging.returncode


if __name__ == "__main__":
    sys.exit(main())
