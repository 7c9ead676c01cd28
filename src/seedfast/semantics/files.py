"""Columns that speak of a row's file: what each says of it, so that name, type, size and measures agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seedfast import rng
from seedfast.model.table import Column, Table
from seedfast.model.types import TypeForm
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.numbers import INTEGERS
from seedfast.semantics.words import words

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_CERTAIN = 1250
_LEAST = 2

_SAID: Mapping[str, tuple[str, ...]] = {
    "file.name": ("file name", "filename", "attachment name", "document name", "upload name", "blob name"),
    "file.extension": ("extension", "file extension", "file ext", "ext"),
    "file.mime_type": ("mime type", "mime", "content type", "media type", "mimetype"),
    "file.path": ("path", "file path", "storage path", "full path", "filepath"),
    "file.key": ("storage key", "object key", "s3 key", "file key", "blob key"),
    "file.url": ("url", "file url", "download url", "public url", "storage url", "cdn url", "src", "link", "uri"),
    "file.size": (
        "size",
        "file size",
        "size byte",
        "byte",
        "content length",
        "file size byte",
        "byte size",
        "filesize",
    ),
    "file.width": ("width", "image width", "pixel width", "width px"),
    "file.height": ("height", "image height", "pixel height", "height px"),
    "file.duration": ("duration", "duration second", "length second", "second", "duration sec"),
}
_BY_PHRASE = {words(phrase): kind for kind, phrases in _SAID.items() for phrase in phrases}
_SURE = frozenset({"file.name", "file.extension", "file.key"})
"""What only files have; messages and pages may have the rest, too."""

_FILES = frozenset({"file", "attachment", "document", "upload", "medium", "media", "asset", "blob"})
_IDLE = _FILES | {"original", "object", "stored"}
_SORTS = {
    "image": ("image", "photo", "picture", "avatar", "gallery", "thumbnail", "logo", "icon", "banner", "screenshot"),
    "video": ("video", "clip", "movie", "film", "stream"),
    "audio": ("audio", "recording", "song", "track", "podcast", "voicemail", "sound"),
    "document": ("document", "contract", "report", "invoice", "resume", "cv", "spreadsheet", "paper", "pdf"),
    "archive": ("backup", "archive", "dump"),
}


def file_readings(table: Table, seed: int) -> Mapping[str, Meaning]:
    """Return what columns say of the row's file, none where the table holds no files."""
    own = frozenset(words(table.name.name))
    found = {column.name: kind for column in table.columns if (kind := _kind(column, own)) is not None}
    files = own & (_FILES | {word for named in _SORTS.values() for word in named})
    if len(set(found.values())) < _LEAST or not (files or _SURE & set(found.values())):
        return {}
    if not set(found.values()) & {*_SURE, "file.mime_type"}:
        return {}
    sort = next((sort for sort, named in _SORTS.items() if set(named) & own), "")
    group = str(rng.key(seed, str(table.name), "file"))
    readings = {}
    for column in table.columns:
        if column.name in found:
            kind = found[column.name]
            params: dict[str, Any] = {"group_key": group, **({"sort": sort} if sort else {})}
            if kind in ("file.size", "file.width", "file.height", "file.duration"):
                params |= {"low": 1, "high": min(INTEGERS[column.type.storage.name], 2**40)}
                params |= {"absent": True} if column.nullable else {}
            said = kind.partition(".")[2].replace("_", " ")
            readings[column.name] = Meaning(kind, params, _CERTAIN, f"the {said} of the row's file")
    return readings


def _kind(column: Column, own: frozenset[str]) -> str | None:
    storage, name = column.type.storage, words(column.name)
    while len(name) > 1 and name not in _BY_PHRASE and name[0] in _IDLE | own:
        name = name[1:]
    kind = _BY_PHRASE.get(name)
    if kind is None or storage.form is not TypeForm.BASE:
        return None
    measured = kind in ("file.size", "file.width", "file.height", "file.duration")
    return kind if storage.name in (INTEGERS if measured else _TEXTS) else None
