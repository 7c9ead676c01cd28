"""The kinds of value that a plan may name."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping

from seedfast import codec
from seedfast.errors import UsageError
from seedfast.packs.library import Library, library
from seedfast.values.kind import Generator, Json, ValueKind


class Registry:
    """Kinds by name, and the data packs that some of them draw from.

    Fill it with ``register``, then ``freeze`` it before planning. One that is as ``origin`` made it can be pickled:
    it is made again where it is unpickled.
    """

    def __init__(self, packs: Library | None = None) -> None:
        self.packs = library() if packs is None else packs
        self.origin: Callable[[Library], Registry] | None = None
        self._kinds: dict[str, ValueKind] = {}
        self._frozen = False

    def register(self, kind: ValueKind) -> None:
        """Add a kind; the name must be new and the registry not frozen."""
        if self._frozen:
            raise ValueError(f"the registry is frozen; {kind.name} comes too late")
        if kind.name in self._kinds:
            raise ValueError(f"a kind named {kind.name} is registered already")
        self._kinds[kind.name] = kind
        self.origin = None

    def __reduce__(self) -> tuple[Callable[[Library], Registry], tuple[Library]]:
        if self.origin is None:
            raise TypeError("a registry with kinds of one's own can't be pickled")
        return self.origin, (self.packs,)

    def freeze(self) -> Registry:
        """Take no further kinds."""
        self._frozen = True
        return self

    def __iter__(self) -> Iterator[ValueKind]:
        return iter(sorted(self._kinds.values(), key=lambda kind: kind.name))

    def __contains__(self, name: str) -> bool:
        return name in self._kinds

    def kind(self, name: str) -> ValueKind:
        """Return the kind of that name; an unknown one is a ``UsageError`` that offers the nearest."""
        try:
            return self._kinds[name]
        except KeyError:
            near = difflib.get_close_matches(name, self._kinds, n=1)
            hint = f"The nearest name is {near[0]}." if near else "`seedfast plan` shows the kinds in use."
            raise UsageError("SF-KIND-UNKNOWN", f"There is no kind of value named {name!r}.", hint) from None

    def build(self, name: str, params: Mapping[str, Json]) -> Generator:
        """Return a generator of the kind; a parameter that it doesn't take is a ``UsageError``."""
        kind = self.kind(name)
        unknown = sorted(set(params) - set(kind.params))
        if unknown:
            raise UsageError(
                "SF-KIND-PARAMETER",
                f"{name} takes no parameter {unknown[0]!r}.",
                f"It takes: {', '.join(kind.params) or 'none'}.",
            )
        return kind.build(params)

    @property
    def fingerprint(self) -> str:
        """A fingerprint of the kinds' declarations and the packs' contents."""
        return codec.fingerprint([*([k.name, k.summary, dict(k.params)] for k in self), [self.packs.fingerprint]])
