"""Every pack that is shipped: whole, readable, and nobody's real address in it."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from seedfast.packs.library import library
from seedfast.packs.pack import Options, Record
from seedfast.packs.template import Number
from seedfast.rng import Stream
from seedfast.values.default import default_registry
from seedfast.values.kind import Draw

FOLDER = Path(str(files("seedfast.packs")))
PACKS = [declaration.name for declaration in library().declarations]
ROWS = np.concatenate([np.arange(700), np.array([10**12, 7, 7, 3])]).astype(np.int64)
REGISTRY = default_registry().freeze()

E_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
URL = re.compile(r"(?:https?://|www\.)([\w.-]+)")
PHONE = re.compile(r"(?:\+\d|\(\d{3}\))[\d ()./-]{6,}")
RESERVED = re.compile(r"(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|org|net))$")
UNTIDY = re.compile(r"[{}]|  | [,.;]( |$)|[^.]\.\.$")
WHEEL_BYTES = 20_000_000


def records() -> list[tuple[str, str]]:
    return [(name, record) for name in PACKS for record in library().pack(name).records]


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in texts(one)]


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_has_the_name_of_its_folder(name: str) -> None:
    assert (FOLDER / name / "pack.toml").is_file()


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_file_says_reaches_nobody_and_is_proper_text(path: Path) -> None:
    for text in texts(tomllib.loads(path.read_text("utf-8"))):
        assert all(RESERVED.search(domain) for domain in [*E_MAIL.findall(text), *URL.findall(text)]), text
        assert not [found for found in PHONE.findall(text) if "555-01" not in found], text
        assert "\ufffd" not in text and not re.search("[\u0080-\u009f]|Ã.|â€", text), text
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", text), text


@pytest.mark.parametrize(("name", "record"), records())
def test_no_two_leaves_of_a_record_are_the_same(name: str, record: str) -> None:
    leaves = library().pack(name).records[record].leaves
    held = [tuple(sorted((slot, repr(value)) for slot, value in leaf.slots.items())) for leaf in leaves]
    assert len(set(held)) == len(held)


@pytest.mark.parametrize(("name", "record"), records())
def test_every_slot_that_columns_ask_for_says_something(name: str, record: str) -> None:
    pack = library().pack(name)
    asked = {slot for claim in pack.declaration.claims if claim.record == record for slot in claim.columns}
    for slot in sorted(asked):
        values = drawn(pack.records[record], name, record, slot)
        assert values.null_count == 0
        spoken = values.cast(pa.string()).to_pylist()
        assert all(text.strip() == text and text for text in spoken), slot
        documents = slot in {one for claim in pack.declaration.claims for one in claim.documents}
        assert documents or not [text for text in spoken if UNTIDY.search(text)], slot


def drawn(record: Record, pack: str, name: str, slot: str) -> pa.Array:
    number = isinstance(next(leaf.slots[slot] for leaf in record.leaves if slot in leaf.slots), Number)
    made = REGISTRY.build(
        "pack.number" if number else "pack.text", {"pack": pack, "record": name, "slot": slot, "group_key": "5"}
    )
    values = made.values(Draw(ROWS, Stream(1)))
    parts = [made.values(Draw(part, Stream(1))) for part in (ROWS[:1], ROWS[1:300], ROWS[300:])]
    assert [v for part in parts for v in part.to_pylist()] == values.to_pylist()
    return values


@pytest.mark.parametrize("name", PACKS)
def test_every_template_of_every_leaf_can_be_drawn(name: str) -> None:
    for record in library().pack(name).records.values():
        for leaf in record.leaves:
            for slot, options in leaf.slots.items():
                if isinstance(options, Options):
                    assert options.templates, (record.name, leaf.path, slot)
                    named = {ref.name for template in options.templates for ref in template.refs if ref.name}
                    assert named <= set(leaf.slots), (record.name, leaf.path, slot)


def test_the_packs_leave_room_in_the_wheel() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.toml")) < WHEEL_BYTES
