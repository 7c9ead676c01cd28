"""Where packs are found: the shipped ones beside this module, and folders that the user names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from seedfast.errors import UsageError
from seedfast.packs.pack import Declaration, Pack
from seedfast.packs.read import DECLARATION, Folder, read_declaration, read_pack
from seedfast.packs.told import ADVISED, Told


class Library:
    """Packs by name; each is read when it is first asked for, and all of its records at once unless it is shipped.

    What ``library`` returned for folders that were ``given`` is found again, where it is unpickled, beside the module.
    Packs that were ``told`` speak of nothing but the columns that they were asked about.
    """

    def __init__(
        self, folders: Sequence[Folder], given: tuple[str, ...] | None = None, told: tuple[Told, ...] = ()
    ) -> None:
        self._folders = tuple(folders)
        self._given = given
        self._told = told
        self._packs: dict[str, Pack] = {}
        self._texts: dict[str, str] = {}

    def __reduce__(self) -> tuple[Callable[..., Library], tuple[object, ...]]:
        if self._given is None:
            return Library, (self._folders, None, self._told)
        return library, (self._given, self._told)

    @cached_property
    def _by_name(self) -> dict[str, tuple[Folder, Declaration]]:
        # A pack of the user's takes the place of a shipped one of the same name.
        read = ((folder, read_declaration(folder)) for folder in self._folders)
        found: dict[str, tuple[Folder, Declaration]] = {told.name: (told, _confined(told)) for told in self._told}
        return found | {declaration.name: (folder, declaration) for folder, declaration in read}

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """What each pack speaks of, by name."""
        return tuple(self._by_name[name][1] for name in sorted(self._by_name))

    def pack(self, name: str) -> Pack:
        """Return a pack; an unknown one is a ``UsageError``."""
        if name not in self._packs:
            found = self._by_name.get(name)
            if found is None:
                hint = "Give its folder with --pack; `seedfast packs` lists those that are there."
                if name.startswith(ADVISED):
                    hint = "A model wrote it: run beside the file of that name, with the same [assist] or --assist."
                raise UsageError("SF-PACK-UNKNOWN", f"There is no data pack named {name!r}.", hint)
            pack = read_pack(*found)
            if found[0] not in _shipped():
                # What is wrong in a pack of the user's is said whether or not the schema needs that record.
                tuple(pack.records.values())
            self._packs[name] = pack
        return self._packs[name]

    def speaking_of(self, word: str) -> tuple[str, ...]:
        """Return the packs that a word, in lower case, occurs in; they need not be read for that."""
        return tuple(name for name in sorted(self._by_name) if word in self._text(name))

    def _text(self, name: str) -> str:
        if name not in self._texts:
            texts = (content.decode() for _, content in self._contents(name))
            self._texts[name] = "\n".join(texts).lower().replace("_", " ")
        return self._texts[name]

    @cached_property
    def fingerprint(self) -> str:
        """A fingerprint of all packs' files."""
        digest = blake2b(digest_size=16)
        for name in sorted(self._by_name):
            for file, content in self._contents(name):
                for part in (name.encode(), file.encode(), content):
                    digest.update(len(part).to_bytes(8, "little") + part)
        return digest.hexdigest()

    def _contents(self, name: str) -> list[tuple[str, bytes]]:
        found = (file for file in self._by_name[name][0].iterdir() if file.name.endswith(".toml"))
        return sorted((file.name, file.read_bytes()) for file in found)


@cache
def library(folders: tuple[str, ...] = (), told: tuple[Told, ...] = ()) -> Library:
    """Return the shipped packs, those in the user's folders, each a pack or a folder of packs, and what was told."""
    given = (pack for folder in folders for pack in _given(Path(folder)))
    return Library([*_shipped(), *given], folders, told)


@cache
def _shipped() -> tuple[Folder, ...]:
    return tuple(_inside(files(__package__)))


def _confined(told: Told) -> Declaration:
    return replace(read_declaration(told), only={table: frozenset(columns) for table, columns in told.only})


def _inside(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda f: f.name):
        if one.is_dir() and one.joinpath(DECLARATION).is_file():
            yield one


def _given(folder: Path) -> list[Traversable]:
    if folder.joinpath(DECLARATION).is_file():
        return [folder]
    found = list(_inside(folder)) if folder.is_dir() else []
    if not found:
        raise UsageError(
            "SF-PACK-MISSING",
            f"{str(folder)!r} is neither a data pack nor a folder of packs: there is no {DECLARATION} in it.",
            "docs/packs.md shows what a pack looks like.",
        )
    return found
