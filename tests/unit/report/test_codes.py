import re
from pathlib import Path

import pytest

import seedfast
from seedfast.errors import UsageError
from seedfast.report import codes
from seedfast.verify.results import Promise

SOURCE = Path(seedfast.__file__).parent
DOCS = Path(__file__).resolve().parents[3] / "docs"
# verify.py composes its codes of the promises' names.
COMPOSED = {f"SF-VERIFY-{promise.name.replace('_', '-')}" for promise in Promise}


def used() -> set[str]:
    texts = (path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    return {code for text in texts for code in re.findall(r'"(SF-[A-Z][A-Z0-9-]*[A-Z0-9])"', text)} | COMPOSED


def test_every_code_has_a_page_and_every_page_a_code():
    assert sorted(used() - set(codes.pages())) == [], "codes without a page in report/codes.toml"
    assert sorted(set(codes.pages()) - used()) == [], "pages without a code in src"


def test_pages_are_sentences():
    for page in codes.pages().values():
        assert not page.title.endswith("."), page.code
        assert page.what.endswith(".") and page.do.endswith("."), page.code


def test_the_document_holds_the_same_pages():
    written = (DOCS / "codes.md").read_text("utf-8")
    how = "python -c 'from seedfast.report import codes; print(codes.markdown(), end=\"\")' > docs/codes.md"
    assert written == codes.markdown(), f"write it anew: {how}"


def test_an_unknown_code_offers_the_nearest():
    assert codes.page("sf-declined").code == "SF-DECLINED"
    with pytest.raises(UsageError) as caught:
        codes.page("SF-DECLIEND")
    assert "SF-DECLINED" in caught.value.hint
