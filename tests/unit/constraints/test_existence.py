"""Which rows triggers look for before they let a new one in."""

from __future__ import annotations

import pytest

from seedfast.constraints.existence import required
from seedfast.model.table import Column, ForeignKey, Table, TableForm, Trigger
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName

LESSONS, ROOMS, SKILLS = (QualifiedName("public", name) for name in ("lessons", "rooms", "skills"))
COLUMNS = {
    LESSONS: frozenset({"id", "teacher", "subject", "room"}),
    ROOMS: frozenset({"id", "subject"}),
    SKILLS: frozenset({"teacher_id", "subject", "since"}),
}
BOTH = {("skills", (("subject", "subject"), ("teacher", "teacher_id")), ())}
SHARED = {("skills", (("teacher", "teacher_id"),), (("in_room", "subject", "subject"),))}


def _read(body: str) -> set[tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]]:
    columns = tuple(
        Column(name, SqlType("pg_catalog", "int4", TypeForm.BASE, "int4"), nullable=True) for name in COLUMNS[LESSONS]
    )
    trigger = Trigger("t", "before", "row", QualifiedName("public", "f"), source=body)
    key = ForeignKey("in_room", ("room",), ROOMS, ("id",))
    table = Table(LESSONS, TableForm.TABLE, columns, foreign_keys=(key,), triggers=(trigger,))
    return {
        (one.parent.name, tuple(sorted(zip(one.columns, one.parent_columns, strict=True))), one.shared)
        for one in required(table, COLUMNS)
    }


WHERE = "FROM skills s WHERE s.teacher_id = NEW.teacher AND NEW.subject = s.subject"
JOINED = "FROM rooms r JOIN skills s ON s.subject = r.subject WHERE r.id = NEW.room AND s.teacher_id = NEW.teacher"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"BEGIN IF NOT EXISTS (SELECT 1 {WHERE}) THEN RAISE EXCEPTION 'x'; END IF; END", BOTH),
        (f"BEGIN IF NEW.id > 0 AND NOT EXISTS (SELECT {WHERE} AND since < now()) THEN RAISE 'x'; END IF; END", BOTH),
        (f"BEGIN PERFORM 1 {WHERE}; IF NOT FOUND THEN RAISE EXCEPTION 'x'; END IF; END", BOTH),
        (f"BEGIN SELECT s.since INTO d {WHERE}; IF d IS NULL THEN RAISE EXCEPTION 'x'; END IF; END", BOTH),
        (f"BEGIN SELECT count(*) INTO n {WHERE}; IF n = 0 OR n > 5 THEN RAISE EXCEPTION 'x'; END IF; END", BOTH),
        (f"BEGIN IF (SELECT count(*) {WHERE}) < 1 THEN RAISE EXCEPTION 'x'; END IF; END", BOTH),
        (f"BEGIN ok := EXISTS (SELECT 1 {WHERE}); IF NOT ok THEN RAISE EXCEPTION 'x'; END IF; END", BOTH),
        (f"BEGIN SELECT EXISTS (SELECT 1 {WHERE}) INTO ok; IF NOT ok THEN RAISE EXCEPTION 'x'; END IF; END", BOTH),
        (
            (
                "DECLARE who int := NEW.teacher; BEGIN PERFORM FROM public.skills WHERE teacher_id = who"
                " AND subject = NEW.subject; IF NOT FOUND THEN RAISE EXCEPTION 'x'; END IF; END"
            ),
            BOTH,
        ),
        (f"BEGIN IF NOT EXISTS (SELECT 1 {JOINED}) THEN RAISE EXCEPTION 'x'; END IF; END", SHARED),
        (
            (
                "BEGIN IF NOT EXISTS (SELECT FROM rooms, skills WHERE rooms.id = NEW.room AND"
                " rooms.subject = skills.subject AND NEW.teacher = teacher_id) THEN RAISE EXCEPTION 'x'; END IF; END"
            ),
            SHARED,
        ),
        # What must not be there is no row to look for, nor is one that nobody misses.
        (f"BEGIN IF EXISTS (SELECT 1 {WHERE}) THEN RAISE EXCEPTION 'x'; END IF; END", set()),
        (f"BEGIN IF NOT EXISTS (SELECT 1 {WHERE}) THEN RAISE NOTICE 'x'; END IF; END", set()),
        (f"BEGIN SELECT count(*) INTO n {WHERE}; IF n > 5 THEN RAISE EXCEPTION 'x'; END IF; END", set()),
        ("BEGIN IF NOT EXISTS (SELECT FROM rooms WHERE id = NEW.room) THEN RAISE EXCEPTION 'x'; END IF; END", set()),
        ("BEGIN IF NOT EXISTS (SELECT FROM lessons l WHERE l.id = NEW.id) THEN RAISE 'x'; END IF; END", set()),
        ("BEGIN IF NOT EXISTS (SELECT FROM nowhere n WHERE n.id = NEW.id) THEN RAISE 'x'; END IF; END", set()),
        ("BEGIN IF NOT EXISTS (SELECT ((FROM) THEN RAISE 'x'; END IF; END", set()),
    ],
)
def test_what_a_trigger_looks_for_is_read(body: str, expected: set[object]) -> None:
    assert _read(body) == expected
