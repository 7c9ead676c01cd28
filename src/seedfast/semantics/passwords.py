"""Which columns of a table belong to a password's hash: the method that made it, when it was set, its salt."""

from __future__ import annotations

from collections.abc import Iterator

from seedfast.model.table import Column, Table
from seedfast.semantics.lexicon import lexicon
from seedfast.semantics.order import trimmed
from seedfast.semantics.words import words

HASH = "person.password_hash"
METHODS = ("bcrypt", "argon2id", "pbkdf2_sha256", "scrypt")
"""What a column says that names the method of hashing without a list of its own."""

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
_ABOUT = frozenset({"password", "hash", "hashing", "hashed", "encryption", "encrypted", "crypted", "digest"})
_NAMES_METHOD = frozenset({"method", "algorithm", "type", "scheme", "format", "hasher", "kind", "function"})
_SET = frozenset({"updated", "changed", "set", "modified", "created", "update", "change", "rotated"})
_BARE = frozenset({("hash",), ("digest",)})
_SECRETS = frozenset({"password", "credential", "passwd"})


def said_of(name: tuple[str, ...], own: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a column of a table: in one of passwords a plain hash is the password's."""
    return ("password", "hash") if name in _BARE and _SECRETS & own else name


def hashed(table: Table) -> str | None:
    """Return the column that holds the hash of a row's password, None where none or more than one does."""
    own = frozenset(words(table.name.name))
    found = [one.name for one in table.columns if one.type.storage.name in _TEXTS and _is_hash(one, own)]
    return found[0] if len(found) == 1 else None


def method(table: Table) -> str | None:
    """Return the column that names the method by which a row's password was hashed, None where there is none."""
    if hashed(table) is None:
        return None
    own = bool(_SECRETS & set(words(table.name.name)))
    for column in table.columns:
        said = words(column.name)
        told = bool(_ABOUT & set(said)) or own or said in (("algorithm",), ("hasher",))
        if told and _NAMES_METHOD & set(said[-1:]) and column.name != hashed(table):
            return column.name
    return None


def with_password(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the columns that are there where there is a password, each with the column of its hash."""
    of = hashed(table)
    for column in table.columns if of is not None else ():
        said = words(column.name)
        bare = trimmed(said)
        moment = column.type.storage.name in _MOMENTS and bare[0] == "password" and bare[1:2] and set(bare[1:]) <= _SET
        salt = said in (("password", "salt"), ("salt",)) and column.type.storage.name in _TEXTS
        if (
            of is not None
            and column.name != of
            and ((moment and len(bare) > 1) or salt or column.name == method(table))
        ):
            yield column.name, of


def _is_hash(column: Column, own: frozenset[str]) -> bool:
    found = lexicon().text.find(said_of(words(column.name), own), anywhere=False)
    best = max(found, key=lambda one: one.confidence, default=None)
    return best is not None and best.target.partition(" ")[0] == HASH
