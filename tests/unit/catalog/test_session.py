"""What the session decides in an expression is found by grammar, and put in its place."""

from __future__ import annotations

import pytest

from seedfast.catalog.session import session_parts, settings_read, settled


@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        ("(owner = CURRENT_USER)", ["current_user"]),
        (
            "(tenant = (current_setting('app.tenant'::text))::uuid)",
            ["current_setting('app.tenant'::text)::uuid"],
        ),
        ("(a = ( SELECT auth.uid() AS uid))", ["(SELECT auth.uid() AS uid)"]),
        (
            "(EXISTS ( SELECT 1 FROM public.p WHERE ((p.id = t.id) AND (p.owner = SESSION_USER))))",
            ["session_user"],
        ),
        (
            "(t = ANY ((string_to_array(current_setting('app.t'::text), ','::text))::integer[]))",
            ["string_to_array(current_setting('app.t'::text), ','::text)::int[]"],
        ),
        ("app.visible(id)", []),
        ("app.visible(t.*)", []),
        ("(at < now())", []),
        ("(id IN ( SELECT id FROM public.p))", []),
        ("(kind = 'current_user'::text)", []),
        ("this is not SQL (", []),
    ],
)
def test_session_parts(expression, parts):
    assert list(session_parts(expression)) == parts


def test_answers_take_the_place_of_what_was_asked():
    asked = "((owner = CURRENT_USER) AND (tenant = (current_setting('app.tenant'::text))::integer))"
    answers = {"current_user": "'ann'::name"}
    assert settled(asked, answers) == "owner = 'ann'::name AND tenant = current_setting('app.tenant'::text)::int"
    answers["current_setting('app.tenant'::text)::int"] = "'7'::integer"
    assert settled(asked, answers) == "owner = 'ann'::name AND tenant = '7'::int"
    assert settled("(a > 0)", answers) == "(a > 0)"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("current_setting('app.tenant')", {"app.tenant": False}),
        ("CURRENT_SETTING( 'app.tenant', true )", {"app.tenant": True}),
        ("current_setting('app.a', true) || current_setting('app.a')", {"app.a": False}),
        ("current_setting('app.a'::text, 't'::boolean)", {"app.a": True}),
        ("current_setting('TimeZone')", {}),
        ("NEW.tenant := app.tenant_id();", {"app.tenant": False}),
        ("PERFORM whoever();", {"app.tenant": False, "app.user": True}),
        ("NEW.my_tenant_id := 5;", {}),
    ],
)
def test_settings_that_are_read_also_through_functions(source, found):
    readers = {
        "tenant_id": "SELECT current_setting('app.tenant')::int",
        "whoever": "SELECT current_setting('app.user', true) || tenant_id() || whoever()",
    }
    assert settings_read([source], readers) == found
