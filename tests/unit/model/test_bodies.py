"""Whether a trigger may refuse rows, from its function's source."""

import pytest

from seedfast.model.bodies import may_refuse
from seedfast.model.table import Trigger
from seedfast.names import QualifiedName

HARMLESS = {
    "a moment": "BEGIN NEW.updated_at = now(); RETURN NEW; END",
    "a moment, when something changed": """
        begin
            if new is distinct from old then new.updated_at := current_timestamp; end if;
            return new;
        end;""",
    "a slug": "BEGIN NEW.slug := lower(regexp_replace(NEW.title, '[^a-z]+ select (', '-', 'g')); RETURN NEW; END;",
    "words to search": """
        -- raise the weight of the title
        BEGIN NEW.search := setweight(to_tsvector('english', coalesce(NEW.title, '')), 'A'); RETURN NEW; END""",
}
REFUSING = {
    "an exception": "BEGIN IF NEW.pages > 120 THEN RAISE EXCEPTION 'too thick'; END IF; RETURN NEW; END",
    "a row that is dropped": "BEGIN IF NEW.hidden THEN RETURN NULL; END IF; RETURN NEW; END",
    "a log": "BEGIN INSERT INTO log VALUES (NEW.id); RETURN NEW; END",
    "a function of the database's own": "BEGIN NEW.code := next_code(NEW.kind); RETURN NEW; END",
    "one in a schema": "BEGIN NEW.code := app.lower(NEW.kind); RETURN NEW; END",
    "what a query holds": "BEGIN NEW.total := (SELECT sum(x) FROM lines); RETURN NEW; END",
    "something that isn't read": "return None",
    "nothing that is there": "",
}


def _trigger(source: str, function: QualifiedName) -> Trigger:
    return Trigger("t", "before", "row", function, source=source)


@pytest.mark.parametrize("what", HARMLESS)
def test_a_function_that_only_sets_columns_refuses_nothing(what: str) -> None:
    assert not may_refuse(_trigger(HARMLESS[what], QualifiedName("public", "f")))


@pytest.mark.parametrize("what", REFUSING)
def test_any_other_may(what: str) -> None:
    assert may_refuse(_trigger(REFUSING[what], QualifiedName("public", "f")))


def test_of_the_servers_own_those_that_index_text_refuse_nothing() -> None:
    words = QualifiedName("pg_catalog", "tsvector_update_trigger")
    assert not may_refuse(_trigger("tsvector_update_trigger_byid", words))
    assert may_refuse(_trigger("suppress_redundant_updates_trigger", QualifiedName("pg_catalog", "suppress")))
