"""``seedfast packs``: which data packs are there, and what one of them speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from seedfast.cli.options import pack_option, verbosity_options
from seedfast.cli.terminal import Terminal

if TYPE_CHECKING:
    from seedfast.packs.pack import Declaration, Pack


@click.command("packs", short_help="List the data packs, or show one.")
@click.argument("name", required=False)
@pack_option
@verbosity_options
@click.pass_obj
def packs(terminal: Terminal, /, *, name: str | None, packs: Sequence[str]) -> int:
    """List the data packs that values are drawn from, or show what the pack NAME speaks of and check its files.

    No database is needed.
    """
    from seedfast.packs.library import library
    from seedfast.report import text

    found = library(tuple(packs))
    if name is None:
        terminal.show(text.constraints([(one.name, f"{one.title}: {one.summary}") for one in found.declarations]))
        return 0
    pack = found.pack(name)
    terminal.show(f"{pack.declaration.name}: {pack.declaration.title}", pack.declaration.summary, "")
    terminal.show(text.constraints(_claims(pack.declaration, pack)))
    return 0


def _claims(declaration: Declaration, pack: Pack) -> list[tuple[str, str]]:
    lines = []
    for claim in declaration.claims:
        kinds = len(pack.records[claim.record].leaves)
        many = f" ({kinds:,} kinds)" if kinds > 1 else ""
        tables = claim.tables or "any table of the schema"
        lines.append((claim.about + many, f"{', '.join(claim.columns)}; tables: {tables}"))
    return lines
