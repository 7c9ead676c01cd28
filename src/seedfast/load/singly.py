"""Rows that go in one by one, in one round trip: what PostgreSQL refuses of them spoils no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from seedfast.db import Connection
from seedfast.load import failures, statements
from seedfast.load.encode import array_literal
from seedfast.load.statements import Target
from seedfast.names import literal

_TAKEN, _LEFT_OUT = "SF000", "SF001"
"""What is said of rows in the place of an SQLSTATE, of no class of PostgreSQL's."""

_SETTING = "seedfast.verdicts"
"""It brings verdicts out of the block, which has no result, and lasts no longer than the transaction."""

# Each row goes in within a subtransaction of the block's. Names are qualified by labels, since a column may have any.
_BLOCK = """
<<singly>>
DECLARE
    {variables}
    states text[] := '{{}}';
    state text;
    taken bigint;
BEGIN
    <<row>>
    FOR number IN 1..{rows} LOOP
        BEGIN
            {insert};
            GET DIAGNOSTICS taken = ROW_COUNT;
            singly.state := CASE singly.taken WHEN 1 THEN '{done}' ELSE '{left_out}' END;
            IF {undo} THEN
                RAISE EXCEPTION USING ERRCODE = singly.state;
            END IF;
        EXCEPTION WHEN OTHERS THEN
            IF SQLSTATE ~ '{fatal}' THEN
                RAISE;
            END IF;
            singly.state := SQLSTATE;
        END;
        singly.states := singly.states || singly.state;
    END LOOP;
    PERFORM pg_catalog.set_config('{setting}', pg_catalog.array_to_string(singly.states, ' '), true);
END
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What PostgreSQL made of a row: it was ``taken``, or refused with an error of the given SQLSTATE.

    A row that a trigger left out in silence is refused without an SQLSTATE.
    """

    taken: bool
    sqlstate: str = ""


_SAID = {_TAKEN: Verdict(True), _LEFT_OUT: Verdict(False)}


def insert(
    connection: Connection, target: Target, columns: Sequence[pa.Array], *, undo: bool = False
) -> tuple[Verdict, ...]:
    """Insert rows of at least one column of text, a statement each; return what became of them.

    With ``undo`` each row is taken back at once. What the server checks at the end of the transaction is not seen.
    An error that is not about rows is raised, and so is a role's lack of the right to use PL/pgSQL.
    """
    connection.execute(f"DO {literal(_block(target, columns, undo=undo))}".encode())
    said = connection.execute("SELECT pg_catalog.current_setting(%s)", [_SETTING]).fetchone()
    assert said is not None
    return tuple(_SAID.get(state) or Verdict(False, state) for state in str(said[0]).split())


def _block(target: Target, columns: Sequence[pa.Array], *, undo: bool) -> str:
    texts = [literal(array_literal(column)) for column in columns]
    return _BLOCK.format(
        variables="\n    ".join(f"c{n} text[] := {text};" for n, text in enumerate(texts)),
        rows=len(columns[0]),
        insert=statements.insert_one(target, [f"singly.c{n}[row.number]" for n in range(len(columns))]),
        done=_TAKEN,
        left_out=_LEFT_OUT,
        undo="true" if undo else "false",
        fatal=failures.NOT_ABOUT_ROWS,
        setting=_SETTING,
    )
