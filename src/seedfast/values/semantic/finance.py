"""Money: amounts, accounts, cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.semantic.amounts import NUMBERS, AmountGenerator
from seedfast.values.semantic.codes import CodeGenerator
from seedfast.values.semantic.declare import GROUP, code_kind, stem_kind, text_kind
from seedfast.values.semantic.pools import Pool, pool
from seedfast.values.semantic.text import Stem, TextGenerator, Words, bounds, group_of

_CARD = 16


class CardNumber(CodeGenerator):
    """Numbers that payment services publish for tests; distinct ones are of a network that there isn't."""

    def __init__(self, lengths: tuple[int, int | None], group: int | None) -> None:
        super().__init__("'0000'999999999999", lengths, group=group)
        self._stem = Words(pool("product/card.number"), flat=True, group=group, purpose="card")

    def values(self, draw: Draw) -> pa.Array:
        """Return a card's number per row."""
        return self._stem.drawn(draw)


_NETWORKS = {"4": "Visa", "5": "Mastercard", "2": "Mastercard", "6": "Discover", "3": "JCB"}
"""Which network's cards have numbers that begin with a digit, among those for tests."""


@dataclass(frozen=True)
class Network(Stem):
    """The network of a row's card; distinct ones come from all networks."""

    group: int | None = None
    closed = True

    @property
    def size(self) -> int:  # type: ignore[override]
        """All networks."""
        return pool("product/card").size

    @property
    def longest(self) -> int:  # type: ignore[override]
        """The longest name."""
        return pool("product/card").longest

    def drawn(self, draw: Draw) -> pa.Array:
        """Return the network that the number of each row's card is of."""
        numbers = pool("product/card.number").texts
        return Words(Pool(tuple(_NETWORKS[number[0]] for number in numbers)), True, self.group, "card").drawn(draw)

    def numbered(self, index: Rows, draw: Draw) -> pa.Array:
        """Return different networks."""
        return pool("product/card").take(index)


class CardEnd(CodeGenerator):
    """The last digits of a row's card; distinct ones are of no card."""

    def __init__(self, params: Mapping[str, Json]) -> None:
        super().__init__("9999", bounds(params), group=group_of(params))
        ends = Pool(tuple(number[-4:] for number in pool("product/card.number").texts))
        self._stem = TextGenerator(Words(ends, True, group_of(params), "card"), bounds(params), blank="")

    def values(self, draw: Draw) -> pa.Array:
        """Return the last digits per row."""
        return self._stem.values(draw)


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
        text_kind("finance.card_last4", "last digits of cards", CardEnd),
        text_kind("finance.card_number", "numbers of cards that payment services keep for tests", _card),
        stem_kind("finance.card_brand", "networks of cards", lambda p: Network(group_of(p))),
        code_kind("finance.account_number", "account numbers of no bank", "1999999999"),
        code_kind("finance.invoice_number", "numbers of invoices", "'INV-'999999"),
    )
