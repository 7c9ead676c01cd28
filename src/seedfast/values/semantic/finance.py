"""Money: amounts, accounts, cards."""

from __future__ import annotations

from seedfast.values.kind import ValueKind
from seedfast.values.registry import Registry
from seedfast.values.semantic.amounts import NUMBERS, AmountGenerator
from seedfast.values.semantic.declare import GROUP, code_kind, pool_kind


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that money has."""
    return (
        ValueKind(
            "finance.amount",
            "amounts of money, small ones more often",
            lambda p: AmountGenerator(p, low="5", high="5000", digits=2),
            {**NUMBERS, **GROUP},
        ),
        ValueKind(
            "finance.price",
            "prices, most of them ending like prices do",
            lambda p: AmountGenerator(p, low="5", high="500", digits=2, priced=True),
            {**NUMBERS, **GROUP},
        ),
        ValueKind(
            "finance.rate",
            "rates, all alike often",
            lambda p: AmountGenerator(p, low="0", high="1", digits=4, even=True),
            {**NUMBERS, **GROUP},
        ),
        code_kind("finance.card_last4", "last digits of cards", "9999"),
        code_kind("finance.card_number", "numbers in the form of a card's, of no card", "'0000'999999999999"),
        pool_kind("finance.card_brand", "brands of cards", "product/card"),
        code_kind("finance.account_number", "account numbers of no bank", "1999999999"),
        code_kind("finance.invoice_number", "numbers of invoices", "'INV-'999999"),
    )


def register(registry: Registry) -> None:
    """Add the kinds that money has."""
    for kind in kinds():
        registry.register(kind)
