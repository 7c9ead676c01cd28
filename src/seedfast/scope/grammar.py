"""The grammar of wishes: patterns over the kinds of a sentence's atoms, tried in order at each place.

``<kind>`` in a pattern stands for one atom that may be of the kind. What a pattern finds is handed to the reader's
method of the rule's name, which says whether it could make sense of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from seedfast.scope.atoms import Atom, Quantity
from seedfast.scope.spec import Count

_SHORT = {
    "N": "<count>",
    "T": "<named>",
    "VALUES": "<value>(?:(?:<or>|<and>)*<value>)*",
    "COUNTRIES": "<country>(?:(?:<or>|<and>)*<country>)*",
    "MODS": "(?:(?:{MOD}|<unknown>)(?:(?:<and>|<or>)(?={MOD}))*)*",
    "SAID": "{MOD}(?:(?:<and>|<or>)*{MOD})*",
    "TRAITS": "(?>{SAID})",
    "MOD": "(?:<value>|<country>|<nature>|<size>|<topic>)",
    "ITEM": "(?:{N}{MODS}{T}|{MODS}<single>|{N}<value>|<sole>)",
    "ITEMS": "{ITEM}(?:<and>+(?:<have>|<be>)*{ITEM})*",
    "GROUPS": "{GROUP}(?:(?:<and>|<or>)+{GROUP}(?!{PREDICATE}|<with>{N}))*",
    "GROUP": "(?:<concerning>?(?:<named>|<area>|<absent>)(?:<table>|<tables>)*|<unknown>(?:<table>|<tables>)*)",
    "PREDICATE": "(?:<be>|<have>|<colon>|<share>|<value>|<not>|<all>*<value>)",
    "LOOSE": "(?!{T}|<table>|<period>|<unknown>|<column>)",
    "ENDING": "(?!<period>|<unknown>|{N})",
    "ALONE": "(?!{T}|<unknown>|<column>|<and>+{N}{MODS}{T}?<per>)",
    "CLOSED": "(?=<and>|<stop>|<slash>|\\Z)",
    "OF": "(?:(?P<s><share>)<all>*|<all>*)(?P<t>{T})(?:<with>|<have>|<be>)*",
    "WAY": "<average>|<greatest>|<least>",
    "IS": "(?:<be>|<colon>|<to>)*",
    "GROWS": "(?:<growing>|<shrinking>|<more>|<fewer>)",
    "GROWTH": "(?:{GROWS}(?:<share>|<factor>)<pace>|<share>{GROWS}<pace>|<share><pace>{GROWS}|<factor><pace>)",
    "COLUMNS": "<column>(?:(?:<or>|<and>)+<column>)*",
    "ABSENT": "<column>(?:(?:<or>|<and>|<no>|<without>)+<column>)*",
}

RULES: tuple[tuple[str, str], ...] = (
    ("same", "<same>"),
    ("purpose", "<purpose>"),
    ("stop", "<stop>"),
    # Figures that must come out.
    ("extreme", "(?P<way>{WAY})(?P<t>{T}){IS}(?P<n>{N})(?P<c><column>)(?P<p><period>)?"),
    (
        "extreme",
        "(?P<way>{WAY})(?P<t>{T})?(?P<c><column>|<figure>)?(?:<sum>|<total>|<all>)*{IS}(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?",
    ),
    ("extreme", "(?P<t>{T})(?:<be>|<have>)*(?P<way><average>)(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?"),
    (
        "amount",
        "(?P<v>{VALUES})(?P<t>{T})(?:<be>|<have>)*(?:<sum>|<total>)(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?",
    ),
    (
        "amount",
        "<sum><all>*(?P<v>{VALUES})?(?P<t>{T})(?:<be>|<colon>)*(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?",
    ),
    ("figure", "(?P<p><period>)<figure>(?:<be>|<colon>)*(?P<n>{N})(?P<cur><currency>)?(?:<per>(?P<per>{T}))?"),
    ("figure_too", "<and>+(?P<n>{N})(?P<p><period>)"),
    ("figure", "<figure>(?:<be>|<colon>)*(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?(?:<per>(?P<per>{T}))?"),
    ("figure", "(?P<per>{T})<figure>(?P<n>{N})(?P<cur><currency>)?<all>(?P<p><period>)?"),
    ("amount_each", "(?P<t>{T})(?:<be>|<have>)*<sum>(?P<n>{N})(?P<cur><currency>)?<all>{CLOSED}"),
    ("amount", "(?P<t>{T})(?:<be>|<have>)*<sum>(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?(?:<per>(?P<per>{T}))?"),
    (
        "amount_of",
        "(?P<c><column>)(?:<be>|<colon>|<sum>)*(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?(?:<per>(?P<per>{T}))?",
    ),
    ("figure", "(?P<n>{N})(?P<cur><currency>)?<figure>(?P<p><period>)?"),
    ("amount", "(?P<t>{T})(?:<be>|<have>)*<total>(?P<n>{N})(?P<cur><currency>)(?P<p><period>)?"),
    ("average", "<and>*(?P<way><average>){IS}(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?{CLOSED}"),
    ("amount", "<and>*<sum>(?P<n>{N})(?P<cur><currency>)?(?P<p><period>)?"),
    # How rows are spread over parents.
    ("growth", "(?P<t>{T})(?P<p><period>)?(?:<and>|<be>|<have>|<with>)*{GROWTH}(?P<p2><period>)?"),
    ("growth", "(?:<and>|<be>|<with>)*{GROWTH}(?P<p2><period>)?"),
    ("growth", "<share>(?:<more>|<fewer>)(?P<t>{T})<pace>(?P<p2><period>)?"),
    ("paced", "(?P<n>{N})(?P<t>{T})(?P<u><pace>)<all>*(?P<p><period>)"),
    ("paced", "(?P<p><period>)<and>*(?P<n>{N})(?P<t>{T})(?P<u><pace>)"),
    ("untold", "{ITEM}<pace>"),
    ("skew", "(?P<a><share>)<all>*(?P<t1>{T})(?:<have>|<be>)*(?P<b><share>)<all>*(?P<t2>{T})"),
    ("skew", "<skewed>(?P<t1>{T})<per>(?P<t2>{T})"),
    ("skew", "(?P<a>{N})<slash>(?P<b>{N})<split>(?P<t1>{T})(?:<and>|<per>)*(?P<t2>{T})"),
    # Sizes of everything.
    ("every", "<everything>(?:<with>|<and>)*(?P<n>{N})<rows>(?:<per><table>|<all>)?"),
    ("every", "(?P<n>{N})<rows>?<per><table>"),
    ("total", "(?P<n>{N})<rows><total>+"),
    ("total", "<sum>(?P<n>{N})<rows>"),
    ("total", "(?P<n>{N})<rows><spread><everything>"),
    ("every", "(?P<n>{N})<rows><all>"),
    ("every", "(?P<n>{N})<everything>"),
    ("every", "(?P<n>{N})<all>\\Z"),
    ("rows_each", "(?P<n>{N})<all>(?P<g>{GROUPS})"),
    ("rows_in", "(?P<n>{N})<rows>(?P<t>{T})<table>?"),
    ("rows_alone", "(?P<n>{N})<rows>"),
    # Children by parent.
    ("fixed", "{OF}(?P<c><column>){IS}(?P<v><literal>|{N})(?!{T}|{MOD})"),
    ("none_without", "<no>(?P<p>{T})<without>(?P<t>{T})"),
    ("counted_each", "(?P<n>{N})(?P<m>{MODS})(?P<p>{T})(?P<m2>{MODS})<and>+(?P<items>{ITEM})<per>{LOOSE}"),
    ("untold", "<share><all>*{T}(?:<with>|<have>){ITEMS}"),
    ("per_parent", "(?P<items>{ITEMS})<per>(?P<p>{T})"),
    ("per_parent", "(?P<items>{N}{MODS}{T})<all>(?P<p>{T})(?!<value>|<be>|<have>)"),
    ("none_has", "<not>(?P<n>{N})(?P<t>{T})<per>(?P<p>{T})"),
    ("not_more", "<not>(?P<n>{N})(?P<t>{T})"),
    ("none_has", "<no>(?P<p>{T})<have>(?P<n>{N})(?P<t>{T})"),
    ("each_has", "<all>(?P<p>{T})<be>+<single>(?P<items>{N}{MODS}{T})"),
    ("each_has", "<all>(?P<p>{T})<be>*(?P<items>{ITEMS})"),
    ("untold", "<all>{T}<have>{ITEMS}<pace>"),
    ("each_does", "<all>(?P<verb><unknown>)(?P<items>{ITEMS})(?!<pace>)"),
    ("untold", "<all>{T}(?:<unknown>+{ITEMS}|<be>+{N}{MODS}{T})"),
    ("untold", "{VALUES}{T}<share><all>*{T}"),
    ("each_has", "<all>*(?P<p>{T})<have>(?P<items>{ITEMS})<all>?"),
    ("counted_each", "(?P<n>{N})(?P<m>{MODS})(?P<p>{T})(?P<m2>{MODS})<and>*<all>(?:<with>|<have>)(?P<items>{ITEMS})"),
    ("counted_each", "(?P<n>{N})(?P<m>{MODS})(?P<p>{T})(?P<m2>{MODS})(?:<with>|<have>)(?P<items>{ITEMS})<all>"),
    ("fewer_each", "(?P<n>{N})(?P<m>{MODS})(?P<p>{T})(?P<m2>{MODS})(?:<with>|<have>)(?P<items>{ITEMS})"),
    ("crossed", "(?P<n>{N})(?P<m>{MODS})(?P<p>{T})(?P<m2>{MODS})<colon>(?P<items>{ITEM})"),
    ("each_asked", "(?P<m>{MODS})(?P<p>{T})(?P<m2>{MODS})(?:<with>|<have>)(?P<items>{ITEMS})<all>?"),
    ("untold", "(?!<domain>){T}<with>{ITEMS}"),
    ("some_each", "(?P<t>{T})<per>(?P<p>{T})"),
    ("untold_each", "(?P<n>{N})(?P<m>{MODS})(?P<t>{T})(?P<m2>{MODS})<and>*<all>(?:<with>|<have>)(?P<items>{ITEMS})"),
    ("untold_each", "(?P<n>{N})(?P<m>{MODS})(?P<t>{T})(?P<m2>{MODS})(?:<with>|<have>)(?P<items>{ITEMS})<all>"),
    ("untold", "<figure>(?:<be>|<colon>)*{N}<currency>?<period>?"),
    ("theirs", "(?P<p>{T})(?:<and>|<with>)+(?P<t><theirs>)(?:<and>|<be>|<with>|<have>)*(?P<n>{N})<all>{CLOSED}"),
    ("each_of_them", "(?P<items>{ITEMS})<all>(?=<and>|<stop>|\\Z)"),
    ("each_of_them", "<all>(?:<with>|<have>)(?P<items>{ITEMS})"),
    ("per_parent_of_it", "(?P<n>{N})<per>(?P<p>{T})"),
    ("untold", "(?:<more>|<fewer>){VALUES}{T}?"),
    ("untold", "<all>*{T}<have>{ITEMS}"),
    ("untold", "{ITEM}<per>{MOD}+{T}"),
    ("untold", "{ITEM}<per>(?:<named>|<period>|<unknown>|<column>)?"),
    # Changes of what holds.
    ("instead_of", "<instead_of>(?P<g>{N}|<country>|<topic>|<value>|{T}|<nature>)"),
    ("replace", "<replace>(?P<t>{T})<with>(?P<t2>{T})"),
    ("include", "<not><skip>(?P<g>{GROUPS})"),
    ("by_share", "(?P<s><share>)(?P<way><more>|<fewer>)(?P<t>{T})"),
    ("bare_count", "(?P<n>{N})\\Z"),
    ("times", "(?P<f><factor>)(?P<t>{T})"),
    ("times", "(?P<n>{N})<times>(?P<t>{T})"),
    ("more", "(?P<n>{N})?<more>(?P<t>{T})"),
    ("fewer", "(?P<n>{N})?<fewer>(?P<t>{T})"),
    # NULLs.
    (
        "null",
        "(?:(?P<s><share>)|<all>)?(?P<t>{T})?(?:<be>|<and>(?=<without>))*<without>(?P<c>{ABSENT})(?:<all>*(?P<t2>{T}))?",
    ),
    ("null", "<no>(?P<c>{ABSENT})(?:<all>*(?P<t2>{T}))?"),
    ("null", "(?P<c>{COLUMNS})<be>*(?:<empty>|<without>)(?P<s><share>)<all>*(?P<t>{T})?"),
    ("null", "(?P<c>{COLUMNS})<be>*<empty>(?:<all>*(?P<t2>{T}))?"),
    # Values that never come.
    ("never", "(?:<skip>|<without>|<no>|<not>)(?P<v>{VALUES})(?P<t>{T})"),
    ("never", "<no>(?P<t>{T})<be>(?P<v>{VALUES})"),
    ("never", "(?P<t>{T})(?:<be>|<and>)*<not>(?P<v>{VALUES})(?!{T})"),
    ("skip", "(?P<g>{GROUPS})<be>*<empty>"),
    ("skip", "<leave>(?P<g>{GROUPS})(?:<untouched>|<be>|<empty>)+"),
    # A part of the parents without children can't be told, and isn't a table to leave out.
    ("untold", "{MOD}{MODS}{T}(?:<be>|<have>)*<without><all>*{T}(?!<column>)"),
    ("untold", "<share><all>*{T}?(?:<be>|<have>|<with>)*(?:<without>|<no>|<not><have>*)<all>*{T}(?!<column>)"),
    # Tables to leave out, and to keep to.
    ("skip", "<everything>?<skip>+(?P<g>(?>{GROUPS})){ENDING}"),
    ("without", "<and>*<without><all>?(?P<g>(?>{GROUPS})){ENDING}"),
    ("only", "<skip><everything>?<skip>(?P<g>{GROUPS})"),
    ("only", "<only>(?:<area>|<named>)(?:<table>|<tables>)*<colon>(?P<g>{GROUPS})"),
    ("only_traits", "<only>(?P<m>{SAID})(?P<t>{T})?"),
    ("only_traits", "(?P<m>{SAID})(?P<t>{T})<only>+"),
    ("only", "<only>(?P<g>{GROUPS}(?:<with>{GROUPS})*)(?:<and>*<only>)*"),
    ("only", "(?P<g>{GROUPS})(?:<and>|<stop>)*<only>(?:<and>*<only>)*(?!<unknown>|<period>|<country>|<value>|{N})"),
    ("only", "<everything>(?:<with>|<and>)*(?P<g>(?:<area>|<named>)<tables>+)"),
    ("never", "(?:<everything>?<skip>|<without>|<no>|<not>|<empty>)(?:<be>|<have>)*(?P<v>{VALUES})(?!{T})"),
    ("that_is_all", "<that_is_all>"),
    ("pass_over", "<only>(?={N}|<period>)"),
    ("pass_over", "<no>(?=<and>)"),
    # Shares.
    ("country_share", "(?P<s><share>)<all>*(?P<t>{T})?<be>*(?P<g>{COUNTRIES})(?P<t2>{T})?"),
    ("country_share", "(?P<t>{T})(?:<be>|<have>|<colon>|<and>)*(?P<s><share>)(?P<g>{COUNTRIES})"),
    ("share", "(?P<s><share>)<all>*(?P<t>{T})(?:<be>|<have>|<with>)*(?P<v>{VALUES})"),
    ("share", "(?P<t>{T})(?:<be>|<have>|<with>|<colon>)*(?P<s><share>)(?:<be>|<have>)*(?P<v>{VALUES})(?!{T})"),
    ("share", "(?P<t>{T})(?:<be>|<have>)*(?P<v>{VALUES})(?P<s><share>)(?!{T}|<value>|<country>)"),
    ("share", "(?P<s><share>)(?:<be>|<have>|<with>)*(?P<v>{VALUES})(?P<t>{T})?"),
    ("share", "(?P<v>{VALUES})(?:<be>|<colon>)*(?P<s><share>)(?!{T}|<value>|<country>|<all>)"),
    ("share", "(?P<v>{VALUES})<be>*(?P<s><share>)<all>*(?P<t>{T})(?!<value>|<be>|<country>|<have>)"),
    ("share", "(?P<v>{VALUES})(?P<t>{T})(?:<be>|<about>|<exactly>)*(?P<s><share>)(?!{T}|<value>|<country>)"),
    (
        "filled",
        "(?:(?P<s><share>)|<all>)?(?P<t>{T})(?:<have>|<with>)(?P<c>{COLUMNS})(?!<be>|<colon>|{N}|<literal>|<value>)",
    ),
    ("rest_of_countries", "<rest><be>*(?P<g><country>)"),
    ("rest", "<rest>(?:<be>|<split>|<evenly>|<between>)*(?P<v>{VALUES})(?!{T})"),
    ("rest", "<rest><be>*(?P<v><value>)"),
    ("evenly", "(?P<t>{T})?<be>*<evenly>(?P<v>{VALUES})(?P<t2>{T})?"),
    ("fixed", "{OF}(?P<c><column>){IS}(?P<v><literal>|<true>|<false>|{VALUES}|{N})"),
    ("fixed", "{OF}(?P<v>{N})(?P<c><column>)(?!{T}|{N}|<named>)"),
    ("fixed", "(?P<c><column>)<all>*(?P<t>{T}){IS}(?P<v><literal>|<true>|<false>|{VALUES}|{N})"),
    ("fixed", "<all>*(?P<c><column>){IS}(?P<v><literal>|<true>|<false>|{VALUES})(?:<all>*(?P<t>{T}))?"),
    ("fixed", "<all>*(?P<c><column>)(?:<be>|<colon>|<to>)+(?P<v>{N})(?:<all>*(?P<t>{T}))?"),
    # Numbers of rows.
    ("states", "(?P<t>{T})<colon>(?P<g>{N}{VALUES}(?:(?:<and>|<slash>)+{N}{VALUES})+)"),
    (
        "count",
        "(?P<n>{N})(?P<m>{MODS})(?P<t>{T})(?:<table>)?(?P<m2>(?:<be>|<with>)?{TRAITS}(?!{T}))?<total>*(?P<p><period>)?",
    ),
    ("count", "(?P<t>{T})(?:<colon>|<to>)(?P<n>{N})(?!{MOD}|{T}(?!<colon>))"),
    ("count", "(?P<t>{T})<and>*<only>(?P<n>{N})(?!{T}|{MOD})"),
    ("count", "(?P<t>{T})(?P<n><close>)(?=<and>|<stop>|<slash>|\\Z)"),
    ("count_both", "(?P<n>{N})(?P<v>{VALUES})<and>+(?P<n2>{N})(?P<v2>{VALUES})(?P<t>{T})"),
    ("count_state", "(?P<n>{N})<be>*(?P<v>{VALUES})(?!{T})"),
    # What holds for all rows of a table.
    ("listed", "(?P<g>(?:<area>|<named>)(?:<and>+(?:<area>|<named>))*<tables>)"),
    ("domain", "(?P<q><topic>*)(?P<d><domain>)(?!<table>|<tables>)"),
    (
        "traits",
        "<all>*(?P<t>{T})(?:<be>|<have>|<with>|<about>|<only>)*(?P<m>{TRAITS})(?!{T})(?P<not>(?:<and>*(?:<not>|<no>|<instead_of>)<nature>)*)",
    ),
    (
        "traits",
        "<all>*(?P<m>{SAID})(?P<t>{T})(?!(?:<be>|<about>)*<share>)(?P<not>(?:<and>*(?:<not>|<no>|<instead_of>)<nature>)*)",
    ),
    ("traits", "<all>*(?P<t>{T})(?:<be>|<have>|<with>|<about>)*(?P<m>{MOD})(?!{T})"),
    ("countries_between", "<between>(?P<g><country><and><country>)"),
    ("countries", "(?P<g>{COUNTRIES})"),
    (
        "said_alone",
        "<all>*(?P<v>{VALUES})(?:<all>+(?P<t>{T}))?<only>*{ALONE}",
    ),
    ("said_alone", "<all>*(?P<v><value>){ALONE}"),
    ("topics", "(?P<q><topic>(?:(?:<and>|<or>)*<topic>)*)"),
    # Tables.
    ("no_tables", "(?:<no>|<not>)(?P<g>(?>{GROUPS}))(?!{PREDICATE}){ENDING}"),
    ("listed_in", "(?P<g>{GROUPS})(?:<spread>|<only>)?(?P<p><period>)"),
    ("listed_in", "(?P<p><period>)(?P<g>{T})(?!{PREDICATE})"),
    ("listed", "(?P<g>{GROUPS})"),
    ("period", "(?P<p><period>)"),
    ("everything", "<everything>"),
)
"""The rules, dearest first: the reader's method and the pattern."""

HARMLESS = frozenset(
    {"and", "or", "with", "be", "have", "to", "all", "about", "colon", "table", "tables", "add", "instead", "stop"}
) | {"total", "leave", "spread", "slash", "exactly"}
"""Kinds of words that say nothing by themselves."""

TURNING = frozenset({"not", "no", "without", "skip", "only", "instead_of", "unfit"})
"""Kinds of words that turn what follows around: where they aren't understood, what follows isn't, either."""

PAUSES = frozenset({"and", "stop", "slash"})
"""Kinds of words that a new wish may begin after."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a pattern found: its atoms, by the names of groups."""

    groups: dict[str, tuple[Atom, ...]]
    every: tuple[Atom, ...]

    @property
    def size(self) -> int:
        """The number of atoms."""
        return len(self.every)

    def all(self, name: str) -> tuple[Atom, ...]:
        """Return the atoms of a group."""
        return self.groups.get(name, ())

    def count(self) -> Count | None:
        """Return the number of rows that was found; None where it is none."""
        quantity: Quantity = self.groups["n"][0].meant["count"]
        return quantity.count

    def figure(self) -> Decimal | None:
        """Return the one number that was found; None where it is a range."""
        quantity: Quantity = self.groups["n"][0].meant["count"]
        return quantity.figure

    def one(self, name: str) -> Atom | None:
        """Return the first atom of a group, None where it is empty."""
        found = self.all(name)
        return found[0] if found else None


class Kinds:
    """The kinds of a sentence's atoms as a text that patterns can be matched with."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self._atoms = atoms
        self._starts: list[int] = []
        text = ""
        for atom in atoms:
            self._starts.append(len(text))
            text += atom.text()
        self._starts.append(len(text))
        self._text = text

    def match(self, pattern: re.Pattern[str], at: int) -> Match | None:
        """Return what a pattern finds from an atom on; None where it doesn't match."""
        found = pattern.match(self._text, self._starts[at])
        if found is None or found.end() == found.start():
            return None
        groups = {}
        for name in found.re.groupindex:
            start, end = found.span(name)
            if start >= 0 and end > start:
                groups[name] = tuple(self._atoms[self._starts.index(start) : self._starts.index(end)])
        return Match(groups, tuple(self._atoms[at : self._starts.index(found.end())]))


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the rules with their patterns ready."""
    return tuple((name, re.compile(_filled(pattern))) for name, pattern in RULES)


def _filled(pattern: str) -> str:
    while "{" in pattern:
        pattern = re.sub(r"\{([A-Z]+)\}", lambda name: f"(?:{_SHORT[name[1]]})", pattern)
    return re.sub(r"(?<!\?P)<(\w+)>", r"(?:[a-z_|]*\\b\1\\b[a-z_|]* )", pattern)
