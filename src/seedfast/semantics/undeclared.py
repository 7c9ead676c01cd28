"""Relations that a schema doesn't declare: ``user_id`` without a constraint, ``created_by``, ``parent_id``.

They are found by name, type and comment. Whoever uses them must be ready to do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seedfast.model.table import Column, Identity, Table
from seedfast.model.types import SqlType
from seedfast.names import QualifiedName
from seedfast.semantics.words import shared_prefix, words

Words = tuple[str, ...]

_ID = frozenset({"id", "uuid", "guid", "fk", "identifier", "oid", "sk"})
_POINTER = frozenset({"key", "ref", "reference"})
_DIMENSION = frozenset({"dim", "dimension"})
"""Words behind the names of tables of a data warehouse: ``date_dim`` holds dates."""

_NATURAL = frozenset(
    {"code", "number", "slug", "key", "sku", "email", "username", "handle", "iso", "symbol", "reference"}
)
_INTEGERS = {"int2": 1, "int4": 2, "int8": 3}
_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})

_FOREIGN = frozenset({
    "external", "ext", "remote", "upstream", "vendor", "provider", "third", "party", "legacy", "stripe", "paypal",
    "braintree", "adyen", "shopify", "github", "gitlab", "bitbucket", "google", "facebook", "twitter", "linkedin",
    "apple", "microsoft", "azure", "aws", "slack", "discord", "twilio", "telegram", "whatsapp", "salesforce", "hubspot",
    "zendesk", "intercom", "jira", "oauth", "oidc", "saml", "ldap", "sso", "docker", "kubernetes", "sentry",
    "discourse",
    "apns", "fcm", "device", "hardware", "gateway", "processor", "idp", "openid", "clerk", "auth0", "okta", "cognito",
    "firebase", "supabase", "mailchimp", "sendgrid", "plaid", "xero", "quickbooks", "netsuite", "amazon", "ebay",
})  # fmt: skip
"""Words before an id that say that some other system gave it."""

_ROLES = frozenset({
    "parent", "root", "from", "to", "source", "target", "src", "dst", "dest", "destination", "origin", "default",
    "primary", "secondary", "main", "current", "last", "latest", "first", "original", "previous", "next", "billing",
    "shipping", "home", "away", "active", "child", "related", "linked", "old", "new", "base", "final", "initial",
    "local", "own", "internal", "other", "by", "created", "updated", "assigned", "left", "right", "fk", "ref", "in",
    "reply", "start", "end", "master", "head", "top", "host", "guest", "winning", "losing", "best", "selected",
})  # fmt: skip
"""Words that may come before a table's name and only say which of its rows is meant."""

_PERSONS = frozenset({
    "owner", "author", "creator", "editor", "assignee", "reporter", "reviewer", "approver", "sender", "recipient",
    "receiver", "manager", "supervisor", "requester", "requestor", "submitter", "uploader", "inviter", "invitee",
    "moderator", "follower", "followee", "actor", "initiator", "modifier", "updater", "deleter", "caller", "maintainer",
    "assigner", "commenter", "publisher", "blocker", "operator", "subscriber", "voter", "admin",
})  # fmt: skip
_PEOPLE = ("user", "account", "member", "employee", "person", "people", "staff", "profile")
_DONE = frozenset({"made", "sent", "written", "done", "run", "taken", "given", "paid", "built", "drawn", "begun"})
_ABOVE = frozenset({("parent",), ("root",), ("ancestor",), ("previous",), ("original",), ("reply", "to")})
_RECORDS = frozenset({"version", "history", "revision", "audit", "archive", "snapshot"})
"""Words for tables that hold what rows of another table were."""

_COMMENT = re.compile(
    r'\b(?:references|refers to|foreign key to|fk to|points? (?:at|to)|id of)\s+(?:the\s+)?"?([a-z_][\w.]*)', re.I
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A column that names a row of another table, or of its own, though no constraint says so.

    ``confidence`` is out of 1,000; ``evidence`` is for people.
    """

    column: str
    parent: QualifiedName
    parent_column: str
    confidence: int
    evidence: str


@dataclass(frozen=True, slots=True)
class _Target:
    """A column by which a table's rows are known, one each."""

    table: QualifiedName
    words: Words
    column: Column
    primary: bool


def undeclared(tables: Sequence[Table]) -> Mapping[QualifiedName, tuple[Relation, ...]]:
    """Return, by table, the best reading of each column that seems to name a row and has no foreign key."""
    targets = _Targets(tables)
    found = {}
    for table in tables:
        constrained = {name for key in table.foreign_keys for name in key.columns}
        own = {target.column.name for target in targets.of(table.name)}
        best = [
            relation
            for column in table.columns
            if column.name not in constrained and _given(column, own) and not _own_id(table, column, own)
            if (relation := targets.best(table, column, own=column.name in own)) is not None
        ]
        if best:
            found[table.name] = tuple(best)
    return found


def compatible(child: SqlType, parent: SqlType) -> bool:
    """Tell whether a column of the one type holds every key of the other."""
    one, other = child.storage, parent.storage
    if child.domains() and child.display != parent.display:
        return False
    if one.schema == "pg_catalog" and one.name in _INTEGERS and other.name in _INTEGERS:
        return _INTEGERS[one.name] >= _INTEGERS[other.name]
    if one.name in _TEXTS and other.name in _TEXTS:
        return one.length is None or (other.length is not None and one.length >= other.length)
    return one.qualified == other.qualified and one.name in ("uuid", "numeric", "oid")


def _given(column: Column, own: Iterable[str]) -> bool:
    """Tell whether a column's value is the application's to give, rather than the server's."""
    made = column.generated is not None or column.identity is not Identity.NONE or column.sequence is not None
    return not made and "(" not in (column.default or "") and not (column.name in own and column.name.lower() == "id")


def _own_id(table: Table, column: Column, own: Iterable[str]) -> bool:
    """Tell whether a key is called after its table: the ``team_user_id`` of a team_user is no user's."""
    return column.name in own and words(column.name)[:-1] == words(table.name.name)


class _Targets:
    """The tables of a database by the last word of their names."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._by_word: dict[str, list[_Target]] = {}
        self._by_column: dict[str, list[_Target]] = {}
        self._by_table: dict[QualifiedName, list[_Target]] = {}
        self._names = [words(table.name.name) for table in tables]
        for table in tables:
            for target in _keys(table):
                self._by_word.setdefault(_bare(target.words[-1]), []).append(target)
                self._by_table.setdefault(table.name, []).append(target)
                if target.primary:
                    self._by_column.setdefault(target.column.name.lower(), []).append(target)

    def of(self, table: QualifiedName) -> Sequence[_Target]:
        """Return the columns that are keys of a table by themselves."""
        return self._by_table.get(table, ())

    def best(self, table: Table, column: Column, *, own: bool) -> Relation | None:
        """Return the reading of a column with the most evidence, None where there is none or they contradict."""
        ranked: list[tuple[int, bool, _Target, str]] = []
        foreign = _FOREIGN & {*words(column.name), *column.name.lower().split("_")}
        for confidence, target, evidence in self._readings(table, column):
            if foreign - {*target.words, *words(target.column.name)}:
                continue
            if compatible(column.type, target.column.type) and not (own and target.table == table.name):
                ranked.append((confidence, target.table.schema == table.name.schema, target, evidence))
        if not ranked:
            return None
        top = max(entry[:2] for entry in ranked)
        leading = {entry[2].table: entry for entry in reversed(ranked) if entry[:2] == top}
        if len(leading) > 1:
            return None
        [(confidence, _, target, evidence)] = leading.values()
        return Relation(column.name, target.table, target.column.name, confidence, evidence)

    def _readings(self, table: Table, column: Column) -> Iterator[tuple[int, _Target, str]]:
        yield from self._said(column)
        name = words(column.name)
        if not name:
            return
        mine = words(table.name.name)
        where = "name and type say {0.table}.{0.column.name}"
        prefix = shared_prefix(each.name for each in table.columns)
        if len(name) > 2 and name[0] == prefix and name[-1] == "sk":
            name = name[1:]
        for target in self._by_column.get(column.name.lower(), ()):
            if len(name) > 1 and name[-1] in _ID and _bare(name[-2]) == _bare(target.words[-1]):
                yield 850, target, f"{target.table} has its key under the same name"
        numeric = column.type.storage.name not in _TEXTS
        subjects = list(self._subjects(name, numeric=numeric))
        if len(name) > 2 and name[-1] == "sk":
            # Keys of a data warehouse say in any words which of the table's rows is meant.
            subjects.append((name[-2:-1], -150))
        for subject, weight in subjects:
            for target in self._by_word.get(_bare(subject[-1]), ()):
                if target.primary and (fit := self._fit(table, subject, target)):
                    yield fit + weight, target, where.format(target)
            if subject in _ABOVE:
                for target in self._above(table):
                    if target.primary:
                        yield 600 + weight, target, f"{where.format(target)}, one above it"
            elif self._person(subject) and all(_says_which(word) or word in mine for word in subject[:-1]):
                yield from ((each, target, where.format(target)) for each, target in self._people(column))
        for size in range(2, len(name)):
            # A key of several words behind the table's name: account_record_id, where accounts have a record_id.
            for target in self._by_word.get(_bare(name[-size - 1]), ()):
                if words(target.column.name) == name[-size:] and (fit := self._fit(table, name[:-size], target)) >= 700:
                    yield fit, target, where.format(target)
        if len(name) > 1 and name[-1] in _NATURAL | _ID:
            for target in self._by_word.get(_bare(name[-2]), ()):
                if words(target.column.name)[-1:] == name[-1:] and self._fit(table, name[:-1], target) >= 700:
                    yield 920, target, where.format(target)

    def _above(self, table: Table) -> Sequence[_Target]:
        """Return the keys of the table whose rows are above one another: of a thing's versions it is the thing's."""
        name = words(table.name.name)
        if len(name) > 1 and name[-1] in _RECORDS:
            return [target for target in self._by_word.get(_bare(name[-2]), ()) if target.words == name[:-1]]
        return self.of(table.name)

    def _said(self, column: Column) -> Iterator[tuple[int, _Target, str]]:
        for told in _COMMENT.findall(column.comment or ""):
            parts = told.rstrip(".").lower().split(".")
            for targets in self._by_table.values():
                for target in targets:
                    named = target.table.name.lower()
                    if (target.primary and parts[-1] == named) or parts[-2:] == [named, target.column.name.lower()]:
                        yield 950, target, f"the comment says {target.table}"

    def _subjects(self, name: Words, *, numeric: bool) -> Iterator[tuple[Words, int]]:
        """Yield what a column's name may be about, without the word that says that it is a key."""
        if name[0] == "fk" and len(name) > 1:
            name = name[1:]
        if len(name) > 1 and (name[-1] in _ID or (name[-1] in _POINTER and (numeric or name[-1] != "key"))):
            yield name[:-1], 0
        elif name[-1] == "by" and _was_done(name):
            yield name, 0
        elif numeric and (name in _ABOVE or self._person(name)):
            yield name, -100

    def _person(self, subject: Words) -> bool:
        return subject[-1] in _PERSONS or (subject[-1] == "by" and _was_done(subject))

    def _people(self, column: Column) -> Iterator[tuple[int, _Target]]:
        """Yield the tables of those who do things in an application, the likeliest first."""
        for place, word in enumerate(_PEOPLE):
            for target in self._by_word.get(word, ()):
                plain = len(target.words) == 1
                known = target.words[0] in ("authentication", "app", "application", "account", "system", "core")
                if target.primary and (plain or (known and len(target.words) == 2)):
                    yield 640 - 20 * place - (0 if plain else 10), target

    def _fit(self, table: Table, subject: Words, target: _Target) -> int:
        """Return how well a table's name fits what a column is about, out of 1,000; 0 where it does not."""
        name = target.words
        if target.table == table.name and len(subject) <= len(name):
            # A table's own name in a column says whose key it is; it takes a word more to point at another row.
            return 0
        if _alike(subject, name):
            return 900
        if len(subject) > len(name) and _alike(subject[-len(name) :], name):
            before = subject[: -len(name)]
            return 750 if all(_says_which(word) or word in words(table.name.name) for word in before) else 0
        if len(name) > len(subject) and _alike(name[-len(subject) :], subject):
            prefix = name[: -len(subject)]
            mine = words(table.name.name)
            if mine[: len(prefix)] == prefix:
                return 700
            shared = sum(1 for other in self._names if other[: len(prefix)] == prefix)
            return 650 if 3 * shared > len(self._names) else 0
        return 0


def _keys(table: Table) -> Iterator[_Target]:
    name = words(table.name.name)
    if len(name) > 1 and name[-1] in _DIMENSION:
        name = name[:-1]
    seen: set[str] = set()
    for unique in sorted(table.unique_keys, key=lambda each: not each.primary):
        if len(unique.columns) == 1 and unique.predicate is None and name:
            column = table.column(unique.columns[0])
            if not column.nullable and column.name not in seen:
                seen.add(column.name)
                yield _Target(table.name, name, column, unique.primary)


def _was_done(name: Words) -> bool:
    return len(name) > 1 and (name[-2].endswith("ed") or name[-2] in _DONE)


def _says_which(word: str) -> bool:
    return word in _ROLES or word in _PERSONS or word.endswith(("ed", "ing", "ee"))


def _alike(one: Words, other: Words) -> bool:
    return tuple(map(_bare, one)) == tuple(map(_bare, other))


def _bare(word: str) -> str:
    """Return a word without what forming its singular may have left of a plural: ``statuse``."""
    return "person" if word == "people" else word.rstrip("e")
