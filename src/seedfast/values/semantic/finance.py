"""Money: amounts, accounts, cards."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.semantic.amounts import NUMBERS, AmountGenerator
from seedfast.values.semantic.codes import CodeGenerator
from seedfast.values.semantic.declare import GROUP, code_kind, pool_kind, text_kind
from seedfast.values.semantic.pools import pool
from seedfast.values.semantic.text import Words, bounds, group_of

_CARD = 16


class CardNumber(CodeGenerator):
    """Numbers that payment services publish for tests; distinct ones are of a network that there isn't."""

    def __init__(self, lengths: tuple[int, int | None], group: int | None) -> None:
        super().__init__("'0000'999999999999", lengths, group=group)
        self._stem = Words(pool("product/card.number"), flat=True, group=group, purpose="card")

    def values(self, draw: Draw) -> pa.Array:
        """Return a card's number per row."""
        return self._stem.drawn(draw)


def _card(given: Mapping[str, Json]) -> Generator:
    low, high = bounds(given)
    if low > _CARD or (high is not None and high < _CARD):
        return CodeGenerator("'0000'999999999999", (low, high), group=group_of(given))
    return CardNumber((low, high), group_of(given))


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
        text_kind("finance.card_number", "numbers of cards that payment services keep for tests", _card),
        pool_kind("finance.card_brand", "brands of cards", "product/card"),
        code_kind("finance.account_number", "account numbers of no bank", "1999999999"),
        code_kind("finance.invoice_number", "numbers of invoices", "'INV-'999999"),
    )
