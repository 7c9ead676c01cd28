"""What a row is a part of, as against what it merely refers to: its tenant, its project, the person whose it is."""

from __future__ import annotations

from seedfast.names import QualifiedName
from seedfast.semantics.tables import names_tenant, subject_role
from seedfast.semantics.words import words

_EVERYBODYS = frozenset({
    "post", "comment", "thread", "topic", "question", "answer", "photo", "picture", "video", "story", "page", "article",
    "blog", "forum", "channel", "group", "team", "room", "course", "class", "lesson", "project", "workspace", "board",
    "repository", "repo", "issue", "ticket", "task", "event", "meeting", "poll", "survey", "quiz", "game", "match",
    "listing", "product", "item", "book", "film", "movie", "song", "track", "album", "playlist", "recipe", "review",
    "organization", "organisation", "company", "community", "list", "document", "file", "dashboard", "report",
})  # fmt: skip
"""What one person makes and others use: who acts on it needn't be who made it."""


ITS_OWN = frozenset({"status", "state", "type", "kind", "role", "priority", "stage", "reason", "severity"})
"""Words of keys to lists that say something of the row itself, whatever its parents are."""


_LISTS = frozenset({
    "category", "country", "currency", "language", "locale", "city", "region", "unit", "location", "concept", "level",
    "tag", "label", "color", "type", "kind", "status", "role", "priority", "timezone", "state",
})  # fmt: skip
"""Words of lists that rows of one tree choose from each for itself."""


def is_part(column: str, ancestor: QualifiedName, parent: QualifiedName) -> bool:
    """Tell whether a key leads to what a row is a part of: its tenant, its project, the person whose it is."""
    if _LISTS & set(words(ancestor.name)) or ITS_OWN & set(words(column)):
        return False
    return (names_tenant(column) or plainly(column, ancestor)) and speaks_of_one(parent, ancestor, column)


def speaks_of_one(parent: QualifiedName, ancestor: QualifiedName, column: str) -> bool:
    """Tell whether a row that refers to a parent is about the parent's own ancestor, too.

    Of persons it is only the one whose thing the parent is: not who made it, and not where others use it.
    """
    person = words(ancestor.name)
    if subject_role(person) != "person":
        return True
    whose = tuple(word for word in words(column) if word != "id")
    return whose == person[-1:] and (whose == ("customer",) or not _EVERYBODYS & set(words(parent.name)[-1:]))


def plainly(column: str, ancestor: QualifiedName) -> bool:
    """Tell whether a key is called after what it points at and nothing else."""
    said, name = tuple(word for word in words(column) if word not in ("id", "uuid", "code")), words(ancestor.name)
    return bool(said) and name[-len(said) :] == said
