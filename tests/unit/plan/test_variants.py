"""What names a variant is there in rows of that variant alone, CHECK or no CHECK."""

from __future__ import annotations

import pytest

from seedfast.model.table import Table
from tests.unit.plan.written import drawn, table


@pytest.mark.parametrize(
    ("made", "choosing", "variant", "columns"),
    [
        (
            table(
                *("payments", "id int!", "method text! = cash|credit_card|bank_transfer", "card_last4 text"),
                *("card_brand text", "bank_reference text", "amount numeric(8,2)!"),
            ),
            "method",
            "credit_card",
            ("card_last4", "card_brand"),
        ),
        (
            table("deliveries", "id int!", "channel enum EMAIL|SMS|PUSH!", "email_subject text", "sms_sender text"),
            "channel",
            "EMAIL",
            ("email_subject",),
        ),
        (
            table("copies", "id int!", "copy_type text! = git|plain", "git_commit_hash text", "path text"),
            "copy_type",
            "git",
            ("git_commit_hash",),
        ),
        (
            table("customers", "id int!", "kind text! = private|business", "company_name text", "vat_id text"),
            "kind",
            "business",
            ("company_name", "vat_id"),
        ),
    ],
)
def test_what_names_a_variant_goes_with_it(made: Table, choosing: str, variant: str, columns: tuple[str, ...]) -> None:
    rows = drawn(made, rows=300)[made.name.name]
    for name in columns:
        assert any(row[name] is not None for row in rows if row[choosing] == variant)
        assert all(row[name] is None for row in rows if row[choosing] != variant)
    assert len({row[choosing] for row in rows}) > 1


def test_what_all_variants_have_is_left_alone() -> None:
    made = table("accounts", "id int!", "account_type text! = savings|current", "account_name text", "open_note text")
    rows = drawn(made, rows=300)["accounts"]
    assert all(any(row["account_name"] for row in rows if row["account_type"] == one) for one in ("savings", "current"))
