"""A user's own pack: what can be written, and what is said of mistakes."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from seedfast.errors import UsageError
from seedfast.packs.library import Library, library
from seedfast.packs.template import Number, read_number, read_template
from seedfast.packs.told import told

PACK = """
name = "bakery"
title = "Bakery"
summary = "Bread and cake"
[records.loaf]
tables = "loaf, bread"
[records.loaf.columns]
name = "name"
price = "price"
"""
LOAF = """
[loaf]
price = "2.40..6.90 ending .90 .50"
[loaf.rye]
share = 30
name = "{grain} Rye"
grain = ["Dark", "Light"]
[loaf.wheat]
table = '''
name | price
Baguette | 1.20..1.80
Farmhouse / Farmhouse {500..1000 by 250} g |
'''
"""


def pack(folder: Path, declaration: str = PACK, **contents: str) -> str:
    home = folder / "bakery"
    home.mkdir()
    (home / "pack.toml").write_text(declaration, "utf-8")
    for name, content in (contents or {"loaf": LOAF}).items():
        (home / f"{name}.toml").write_text(content, "utf-8")
    return str(home)


def test_a_record_is_a_tree_whose_leaves_inherit(tmp_path: Path) -> None:
    leaves = library((pack(tmp_path),)).pack("bakery").records["loaf"].leaves
    assert [leaf.path for leaf in leaves] == [("loaf", "rye"), ("loaf", "wheat", "1"), ("loaf", "wheat", "2")]
    price = leaves[0].slots["price"]
    assert price == Number(Decimal("2.40"), Decimal("6.90"), ends=(Decimal("0.90"), Decimal("0.50")))
    assert leaves[1].slots["price"] == Number(Decimal("1.20"), Decimal("1.80"))
    assert leaves[2].slots["price"] == price
    assert leaves[0].share > leaves[1].share + leaves[2].share


@pytest.mark.parametrize("beside", ["[]", "no JSON", '{"of": "0123456789abcdef0123456789abcdef", "holds": {}}'])
def test_what_is_written_counts_whatever_else_lies_beside_it(tmp_path: Path, beside: str) -> None:
    given = pack(tmp_path)
    for name in ("pack", "loaf"):
        (Path(given) / f"{name}.json").write_text(beside, "utf-8")
    assert [leaf.path[1] for leaf in library((given,)).pack("bakery").records["loaf"].leaves] == [
        "rye",
        "wheat",
        "wheat",
    ]


def test_a_folder_of_packs_may_be_given(tmp_path: Path) -> None:
    pack(tmp_path)
    assert "bakery" in [declaration.name for declaration in library((str(tmp_path),)).declarations]


def test_contents_count_in_the_fingerprint(tmp_path: Path) -> None:
    first = library((pack(tmp_path),)).fingerprint
    (tmp_path / "bakery" / "loaf.toml").write_text(LOAF.replace("Dark", "Black"), "utf-8")
    library.cache_clear()
    assert library((str(tmp_path / "bakery"),)).fingerprint != first


MISTAKES = [
    ({"loaf": LOAF.replace("{grain}", "{corn}")}, PACK, "bakery/loaf.toml, loaf.rye.name", "no slot named 'corn'"),
    ({"loaf": LOAF.replace("{grain} Rye", "{grain")}, PACK, "bakery/loaf.toml, loaf.rye.name", "brace"),
    ({"loaf": LOAF.replace('["Dark", "Light"]', "[]")}, PACK, "bakery/loaf.toml, loaf.rye.grain", "empty"),
    ({"loaf": LOAF.replace('"Light"', '"Dark"')}, PACK, "bakery/loaf.toml, loaf.rye.grain", "twice"),
    ({"loaf": LOAF.replace('"Light"', '"{name}"')}, PACK, "bakery/loaf.toml, loaf.rye", "refers to itself"),
    ({"loaf": LOAF.replace("2.40..6.90", "6.90..2.40")}, PACK, "bakery/loaf.toml, loaf.price", "below its beginning"),
    ({"loaf": LOAF.replace("share = 30", "share = 0")}, PACK, "bakery/loaf.toml, loaf.rye.share", "from 1 up"),
    ({"loaf": LOAF.replace("| 1.20..1.80", "")}, PACK, "bakery/loaf.toml, loaf.wheat.table.1", "1 cells"),
    ({"loaf": LOAF.replace("1.20..1.80", "cheap")}, PACK, "bakery/loaf.toml, loaf.wheat.1.price", "a number in some"),
    ({"loaf": LOAF + "\n[cake]\nname='x'"}, PACK, "bakery/loaf.toml, cake", "declares no record"),
    ({"loaf": LOAF, "more": "[loaf]\nprice = 3"}, PACK, "bakery/more.toml, loaf.price", "another file"),
    ({"loaf": "x ="}, PACK, "bakery/loaf.toml", "can't be read"),
    ({"loaf": LOAF}, PACK + "crumb = 'crumb'", "bakery/pack.toml, records.loaf.columns.crumb", "no slot"),
    ({"loaf": LOAF}, PACK.replace("tables =", "table ="), "bakery/pack.toml, records.loaf.table", "unknown"),
    ({"loaf": LOAF}, PACK.replace('title = "Bakery"', ""), "bakery/pack.toml, title", "missing"),
]


@pytest.mark.parametrize(("contents", "declaration", "where", "what"), MISTAKES)
def test_a_mistake_is_named_with_its_file_and_key(
    tmp_path: Path, contents: dict[str, str], declaration: str, where: str, what: str
) -> None:
    with pytest.raises(UsageError) as caught:
        library((pack(tmp_path, declaration, **contents),)).pack("bakery")
    assert caught.value.code == "SF-PACK-INVALID"
    assert where in caught.value.message and what in caught.value.message


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"neither a data pack"):
        library((str(tmp_path),))


def test_an_unknown_pack_is_refused() -> None:
    for name, way in (("nowhere", "--pack"), ("seedfast.lock:public.hulls", "[assist]")):
        with pytest.raises(UsageError, match="no data pack named") as refused:
            library().pack(name)
        assert way in refused.value.hint


@pytest.mark.parametrize("ends", ["open", {"open": 1}, 3])
def test_states_that_end_in_no_list_are_refused(ends: object) -> None:
    declared = {
        "words": {},
        "states": {"state": {"tables": "bug", "columns": "state", "states": ["open"], "ends": ends}},
    }
    told_of = told("ours", {"pack": declared, "contents": {}}, {})
    with pytest.raises(UsageError, match="ends are a list of states"):
        Library((), None, (told_of,)).pack("ours")


@pytest.mark.parametrize(
    "written", ["{}", "{=ÄÖ-9}", "{Name}", "{a|shout}", "{=}", "{30% of price}", "a } b", "{9..3}"]
)
def test_templates_that_say_nothing_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_template(written)


def test_numbers_are_told_from_texts() -> None:
    assert read_number("19..349 ending .99 .00") is not None
    assert read_number("40%..60% of price") == Number(Decimal(40), Decimal(60), of="price")
    assert read_number("5..100 by 5 low") == Number(Decimal(5), Decimal(100), step=Decimal(5), few=True)
    assert read_number("4 rooms") is None and read_number("30%..40%") is None


def test_the_worked_example_of_the_documents_is_a_pack(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "packs.md").read_text("utf-8")
    declaration, loaf = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    found = library((pack(tmp_path, declaration, loaf=loaf),)).pack("bakery")
    assert {leaf.path for leaf in found.records["loaf"].leaves} >= {("loaf", "dark"), ("loaf", "filled", "2")}
    assert found.states["order_status"].ends == {"collected", "left"}
    assert "nutrition" in found.records["loaf"].leaves[0].slots
