"""A model writes data packs for a trade that no pack covers; what it writes is read as anybody's pack, and bounded."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfast.assist import vetting
from seedfast.assist.settings import Assist
from seedfast.assist.strange import reaches
from seedfast.assist.uncovered import uncovered
from seedfast.diagnostics import Finding
from seedfast.errors import UsageError
from seedfast.generate.engine import Engine
from seedfast.model.database import Database, Existing
from seedfast.names import QualifiedName
from seedfast.packs.library import library
from seedfast.pipeline import vocabulary
from seedfast.pipeline.request import Request
from seedfast.plan.build import build
from seedfast.plan.options import Options
from seedfast.semantics.domains import Domains
from tests.unit.assist import provider as fake
from tests.unit.assist.provider import Provider
from tests.unit.plan.written import NOW, table

KEY = "key-that-nobody-may-see-4711"
FERRIES = Database(
    "ferries",
    150000,
    (
        table("crossings", "id int!", "label text!", "tariff numeric(8,2)!", "minutes int!", "berth text!"),
        table("customers", "id int!", "first_name text!", "email text!"),
        table("hulls", "id int!", "name text!", "hull_class text!", "knots numeric(4,1)!", "spec jsonb", unique="name"),
    ),
)
CROSSINGS, HULLS = QualifiedName("public", "crossings"), QualifiedName("public", "hulls")
ASKED = {
    CROSSINGS: ("label", "tariff", "minutes", "berth"),
    HULLS: ("name", "hull_class", "knots", "spec"),
}

SHIPS: dict[str, Any] = {
    "pack": {
        "records": {
            "hull": {"tables": "hulls", "columns": {"name": "name", "sort": "hull_class", "knots": "knots"}},
            "crossing": {
                "tables": "crossings",
                "columns": {"label": "label", "tariff": "tariff", "minutes": "minutes"},
            },
        },
        "words": {"berth": {"tables": "crossings", "columns": "berth", "values": ["Quay {1..6}", "North Pier *3"]}},
        "documents": {"spec": {"record": "hull", "columns": "spec", "shape": {"knots": "{knots}", "sort": "{sort}"}}},
    },
    "contents": {
        "shared": {"sea": ["Kettle Sound", "Marrow Strait", "Ash Bay"]},
        "hull": {
            "name": ["{first} of {sea}", "{first}"],
            "first": ["Pride", "Spirit", "Lady", "Star"],
            "fast": {"share": 30, "sort": "Catamaran", "knots": "32.0..40.0"},
            "slow": {"share": 70, "sort": "Day ferry", "knots": "16.0..21.0"},
        },
        "crossing": {
            "label": ["{sea} {turn}"],
            "turn": ["Express", "Night Boat"],
            "tariff": "12.50..48.50 ending .50 .00",
            "minutes": "35..240 by 5",
        },
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the pack of ferries with another value at a place."""
    pack: dict[str, Any] = json.loads(json.dumps(SHIPS))
    *steps, last = path.split(".")
    node = pack
    for step in steps:
        node = node.setdefault(step, {})
    node[last] = value
    return pack


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("SEEDFAST_ASSIST_KEY", KEY)
    with fake.provider() as one:
        yield one


def model(served: Provider, folder: Path, **other: Any) -> Assist:
    given = {"provider": "openai", "model": "m", "timeout": 5, "base_url": served.url + "/v1", **other}
    return Assist(lock=folder / "seedfast.lock", **given)


def advised(assist: Assist, database: Database = FERRIES) -> tuple[Request, tuple[Finding, ...]]:
    return vocabulary.vocabulary(Request(dsn="", now=NOW, assist=assist), database)


def rows(request: Request, database: Database = FERRIES) -> dict[str, list[dict[str, Any]]]:
    registry = request.registry
    plan = build(database, Existing({}), Options(NOW, 1, 300), registry)
    engine = Engine(plan, pickle.loads(pickle.dumps(registry)), {})
    return {one.name.name: engine.batch(one.name, 0, one.rows).to_pylist() for one in plan.tables}


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {one.code for one in findings}


def test_a_trade_that_no_pack_covers_is_asked_for_once_and_its_rows_agree(served: Provider, tmp_path: Path) -> None:
    served.answers(SHIPS)
    assist = model(served, tmp_path)
    request, findings = advised(assist)
    assert codes(findings) == {"SF-ASSIST-HEARD"}
    assert "120 tokens in, 30 out (about" in findings[0].message
    asked = json.loads(json.loads(served.heard[0])["messages"][1]["content"])
    assert set(asked["tables"]) == {"public.crossings", "public.hulls"}
    assert asked["other_tables"] == ["public.customers"]

    made = rows(request)
    hulls = made["hulls"]
    assert {row["hull_class"] for row in hulls} == {"Catamaran", "Day ferry"}
    assert len({row["name"] for row in hulls}) == len(hulls)
    for row in hulls:
        assert (row["knots"] >= 32) == (row["hull_class"] == "Catamaran")
        if row["spec"] is not None:
            assert json.loads(row["spec"]) == {"knots": float(row["knots"]), "sort": row["hull_class"]}
    seas = SHIPS["contents"]["shared"]["sea"]
    for row in made["crossings"]:
        assert any(row["label"].startswith(sea) for sea in seas)
        assert row["minutes"] % 5 == 0 and 35 <= row["minutes"] <= 240
        assert row["berth"] == "North Pier" or row["berth"].startswith("Quay ")

    again, told = advised(replace(assist, base_url="http://127.0.0.1:1", frozen=True))
    assert (again.told, told, len(served.heard)) == (request.told, (), 1)
    assert KEY not in assist.lock.read_text()


@pytest.mark.parametrize(
    ("columns", "asked"),
    [
        (("id int!", "description text"), ("description",)),
        (("id int!", "zibble text"), ()),
        (("id int!", "status text = open|closed", "created_at timestamptz"), ()),
        (("id int!", "zibble text", "wobble int"), ("zibble", "wobble")),
        (("id int!", "wobble int", "started_at timestamptz"), ()),
        (("id int!", "hull_id int! -> hulls", "email text", "phone text", "street text", "city text"), ()),
        (("id int!", "name text!", "sku text!", "price numeric!", "category text!"), ()),
    ],
)
def test_what_is_asked_are_words_and_measures_of_things_that_no_pack_recognises(
    columns: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    name = "products" if "sku text!" in columns else "grommets"
    tables = (table(name, *columns), FERRIES.tables[2])
    domains = Domains(Database("some", 150000, tables), library(), 1)
    found = uncovered(tables[:1], domains, now=NOW)
    assert found.get(tables[0].name, ()) == asked


def test_a_changed_table_is_asked_for_alone_and_a_plan_finds_what_it_was_made_with(
    served: Provider, tmp_path: Path
) -> None:
    served.answers(SHIPS)
    assist = model(served, tmp_path)
    first, _ = advised(assist)
    wider = table("crossings", "id int!", "label text!", "tariff numeric(8,2)!", "season text!")
    grown = replace(FERRIES, tables=(wider, *FERRIES.tables[1:]))
    with pytest.raises(UsageError) as refused:
        advised(replace(assist, frozen=True), grown)
    assert refused.value.code == "SF-ASSIST-LOCK"
    second, _ = advised(assist, grown)
    assert list(json.loads(json.loads(served.heard[1])["messages"][1]["content"])["tables"]) == ["public.crossings"]
    assert second.told[1:] == first.told[1:]
    plan = build(grown, Existing({}), Options(NOW, 1, 10), second.registry)
    of_plan, _ = vocabulary.vocabulary(Request(dsn="", now=NOW, assist=assist, plan=plan), grown)
    assert of_plan.registry.fingerprint == plan.kinds
    assert len(served.heard) == 2


def test_a_pack_speaks_of_nothing_but_the_columns_that_were_asked_for(served: Provider, tmp_path: Path) -> None:
    greedy = changed("pack.records.hull", {"tables": "hulls, customers, product", "columns": {"first": "email, name"}})
    greedy["pack"]["name"] = "retail"
    served.answers(greedy)
    request, _ = advised(model(served, tmp_path))
    made = rows(request)
    assert all(row["email"].count("@") == 1 for row in made["customers"])
    assert {row["name"].split()[0] for row in made["hulls"]} <= {"Pride", "Spirit", "Lady", "Star"}
    assert request.registry.packs.pack("retail") == library().pack("retail")


@pytest.mark.parametrize(
    "answer",
    [
        changed("contents.hull.first", [f"Hull {n}" for n in range(1_000)]),
        changed("contents.hull.first", ["x" * 5_000]),
        changed("contents.hull.first", ["{name}"]),
        changed("contents.hull.first", ["{nowhere}"]),
        changed("contents.hull.first", ["Pride\x1b[2J"]),
        changed("contents.hull.first", ["Pride\u202eediR"]),
        changed("contents.hull.first", [None, True]),
        changed("contents.hull.first", ["{=\u00c4\u00d6-99}"]),
        changed("contents.hull.knots", "1..10000000000000000000000"),
        changed("contents.hull.fast.knots", "fast"),
        changed("contents.hull.fast.share", -4),
        changed("contents.hull.fast.share", 10**40),
        changed("contents.hull.first", ["sk-live-4eC39HqLyjWDarjtT1zdp7dc"]),
        changed("contents.hull.first", ["write to captain@northferry.com"]),
        changed("contents.hull.first", ["12 Harbour Street"]),
        changed("contents.hull.first", ["call +44 20 7946 0958"]),
        changed("contents.hull.first", ["call {=+49 30 9999 9999}"]),
        changed("contents.shared.sea", ["{=999-99-9999}"]),
        changed("pack.records.hull.columns", {"email": "email"}),
        changed("pack.records.hull.columns", ["name"]),
        changed("pack.records.hull.tables", "pg_authid"),
        changed("pack.records.hull", "DROP TABLE hulls"),
        changed("contents.hull", [SHIPS]),
    ],
)
def test_a_part_that_no_person_may_write_is_left_out_and_takes_no_other_with_it(
    served: Provider, tmp_path: Path, answer: Any
) -> None:
    served.answers(answer)
    request, findings = advised(model(served, tmp_path))
    assert codes(findings) == {"SF-ASSIST-HEARD", "SF-ASSIST-REFUSED"}
    assert {one.name for one in request.told} <= {"seedfast.lock:public.crossings"}
    if "sea" not in json.dumps(answer["contents"]["shared"]["sea"][0]) and "=999" not in json.dumps(answer):
        assert request.told
    rows(request)


def doubling() -> dict[str, Any]:
    """Return a pack of a few lines whose texts are of more letters than there are atoms."""
    pack = changed("contents.hull.first", ["{a0}"])
    for n in range(40):
        pack["contents"]["hull"][f"a{n}"] = [f"{{a{n + 1}}}" * 8]
    pack["contents"]["hull"]["a40"] = ["x"]
    return pack


def deep() -> dict[str, Any]:
    """Return a pack whose tree is of more levels than a stack has."""
    pack = changed("contents.hull.first", ["x"])
    node = pack["contents"]["hull"]
    for _ in range(400):
        node["a"] = {}
        node = node["a"]
    return pack


def wide() -> dict[str, Any]:
    """Return a pack of as many leaves and texts as there is room for, each of which fits by itself."""
    pack = changed("contents.hull.first", [f"{{sea}} {n}" for n in range(200)])
    for n in range(50):
        pack["contents"]["hull"]["fast"][f"a{n}"] = {f"b{m}": {"sort": "x"} for m in range(50)}
    return pack


@pytest.mark.parametrize("make", [doubling, deep, wide])
def test_a_pack_that_grows_is_refused_in_bounded_time(make: Any) -> None:
    begun = time.monotonic()
    stands = vetting.vetted(make(), ASKED, FERRIES)
    assert time.monotonic() - begun < 5
    assert set(stands.packs) == {CROSSINGS}
    assert stands.refused


_KEYS = """
pack contents records words states documents hull shared columns tables values parents listed codes ends moves record
shape share table name fast about near
"""
_TEXTS = """
hulls, name, {name}, {fast#2}, {=AA-9}, 1..9, 9..1, 40%..50% of share, a | b, {, a *0, {1..2|upper}, =hulls, open *3
"""
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(_TEXTS.strip().split(", "))
_ANYTHING = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS.split()), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=25)
@given(st.sampled_from(["pack.records.hull", "pack.words", "pack.states", "pack.documents", "contents"]), _ANYTHING)
def test_whatever_is_answered_is_used_or_left_out(place: str, answer: Any) -> None:
    stands = vetting.vetted(changed(place, answer), ASKED, FERRIES)
    told = tuple(vetting.advice(name, ASKED[name], said) for name, said in stands.packs.items())
    assert rows(Request(dsn="", now=NOW, told=told))


def test_an_answer_with_a_million_words_is_no_answer(served: Provider, tmp_path: Path) -> None:
    served.answers(changed("contents.hull.first", [f"Hull {n}" for n in range(1_000_000)]))
    request, findings = advised(model(served, tmp_path))
    assert request.told == ()
    assert codes(findings) == {"SF-ASSIST-UNHEARD"}
    assert not model(served, tmp_path).lock.exists()


@pytest.mark.parametrize("answer", [{}, {"pack": [], "contents": 3}, {"pack": {"records": {"hull": None}}}])
def test_an_answer_of_nothing_leaves_the_plan_as_it_is(served: Provider, tmp_path: Path, answer: Any) -> None:
    served.answers(answer)
    request, findings = advised(model(served, tmp_path))
    assert request.told == ()
    assert codes(findings) & {"SF-ASSIST-HEARD", "SF-ASSIST-UNHEARD"}
    assert rows(request) == rows(Request(dsn="", now=NOW))


def test_an_answer_that_may_not_be_kept_serves_once(served: Provider, tmp_path: Path) -> None:
    served.answers(SHIPS)
    assist = model(served, tmp_path, keeps=False)
    request, _ = advised(assist)
    assert [one.name for one in request.told] == ["seedfast.lock:public.crossings", "seedfast.lock:public.hulls"]
    assert not assist.lock.exists()


def test_a_lock_that_somebody_wrote_by_hand_is_read_like_an_answer(served: Provider, tmp_path: Path) -> None:
    served.answers(SHIPS)
    assist = model(served, tmp_path)
    request, _ = advised(assist)
    assist.lock.write_text(assist.lock.read_text().replace('"Pride"', '"captain@northferry.com"'))
    again, _ = advised(assist)
    assert [one.name for one in again.told] == [one.name for one in request.told if "hulls" not in one.name]


def test_many_tables_are_asked_for_a_few_at_a_time_within_the_budget(served: Provider, tmp_path: Path) -> None:
    served.answers({"pack": {}, "contents": {}})
    many = tuple(table(f"grommet_{'abcdefghijklmn'[n]}", "id int!", "zibble text!", "wobble text!") for n in range(14))
    _, findings = advised(model(served, tmp_path, budget=3_000), Database("many", 150000, many))
    assert 0 < len(served.heard) < 3
    assert "budget" in findings[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "Kettle Sound Express",
        "Pier 4, Berth 12",
        "IMO 4444444",
        "12.50 per vehicle, 3-5 berths, 20 x 40 ft",
        "open 09:00-17:30, every 2nd Sunday",
        "see https://ferries.example/timetable or mail desk@ferries.example",
        "call +1-415-555-0142",
        "A4 to B12, 2024-2026, route 66",
        "version 10.2.1",
    ],
)
def test_what_people_of_a_trade_write_reaches_nobody(text: str) -> None:
    assert not reaches(text)
