"""Points and figures: PostgreSQL's geometric types, PostGIS, cube and vectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isqrt

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import MOST, Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_SCALE = 4
_UNIT = 10**_SCALE
_ACROSS, _UP = 340 * _UNIT, 160 * _UNIT
"""The plane of the figures: longitudes from -170 to 170 and latitudes from -80 to 80, which leaves room beside."""

Figure = Callable[[Rows, Rows, Rows], pa.Array]
"""Makes text from the corner's coordinates and a size, all in units of the last digit."""


def _coordinate(number: Rows) -> pa.Array:
    return columns.decimal_text(number, _SCALE)


def _pair(x: Rows, y: Rows, separator: str = ",") -> pa.Array:
    return columns.concatenated(_coordinate(x), separator, _coordinate(y))


def _point(x: Rows, y: Rows, size: Rows) -> pa.Array:
    return columns.concatenated("(", _pair(x, y), ")")


def _line(x: Rows, y: Rows, size: Rows) -> pa.Array:
    # A x + B y + C = 0 through the corner; B is never 0.
    return columns.concatenated("{", _pair(x, size), ",", _coordinate(y), "}")


def _segment(x: Rows, y: Rows, size: Rows) -> pa.Array:
    return columns.concatenated("[(", _pair(x, y), "),(", _pair(x + size, y + size // 2), ")]")


def _box(x: Rows, y: Rows, size: Rows) -> pa.Array:
    return columns.concatenated("(", _pair(x + size, y + size // 2), "),(", _pair(x, y), ")")


def _corners(x: Rows, y: Rows, size: Rows) -> pa.Array:
    right, top = _pair(x + size, y), _pair(x + size, y + size)
    return columns.concatenated("((", _pair(x, y), "),(", right, "),(", top, "))")


def _circle(x: Rows, y: Rows, size: Rows) -> pa.Array:
    return columns.concatenated("<(", _pair(x, y), "),", _coordinate(size), ">")


class Figures(Numbered):
    """Figures whose corner is a place of a grid over the plane.

    With ``apart`` the grid is so wide that figures at different places don't meet, and has so many places at least.
    """

    def __init__(self, figure: Figure, apart: int = 0) -> None:
        self.figure = figure
        self.pitch = 1 if not apart else max(1, isqrt(_ACROSS * _UP // (2 * apart)))
        self.columns = _ACROSS // self.pitch
        super().__init__(self.columns * (_UP // self.pitch))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the figures at the places of those numbers."""
        x, y = index % self.columns * self.pitch - _ACROSS // 2, index // self.columns * self.pitch - _UP // 2
        if self.pitch == 1:
            return self.figure(x, y, _UNIT // 10 + draw.below(5 * _UNIT, "size"))
        # A circle lies on all sides of its place.
        most = max(1, self.pitch * 3 // 8)
        return self.figure(x, y, 1 + most // 4 + draw.below(max(1, most - most // 4 - 1), "size"))


def _spatial_figure(form: str, dimensions: str) -> Figure:
    """Return the well-known text of a form, without its name."""
    extra = _DIMENSIONS[dimensions]

    def corner(x: Rows, y: Rows) -> pa.Array:
        return columns.concatenated(_pair(x, y, " "), extra)

    def point(x: Rows, y: Rows, size: Rows) -> pa.Array:
        return columns.concatenated("(", corner(x, y), ")")

    def line(x: Rows, y: Rows, size: Rows) -> pa.Array:
        return columns.concatenated("(", corner(x, y), ",", corner(x + size, y + size // 2), ")")

    def polygon(x: Rows, y: Rows, size: Rows) -> pa.Array:
        first, right, top = corner(x, y), corner(x + size, y), corner(x + size, y + size)
        return columns.concatenated("((", first, ",", right, ",", top, ",", first, "))")

    def several(one: Figure) -> Figure:
        return lambda x, y, size: columns.concatenated("(", one(x, y, size), ")")

    def collection(x: Rows, y: Rows, size: Rows) -> pa.Array:
        return columns.concatenated(f"(POINT {dimensions}", point(x, y, size), ")")

    figures: Mapping[str, Figure] = {
        "POINT": point,
        "LINESTRING": line,
        "POLYGON": polygon,
        "MULTIPOINT": several(point),
        "MULTILINESTRING": several(line),
        "MULTIPOLYGON": several(polygon),
        "GEOMETRYCOLLECTION": collection,
    }
    if form not in figures:
        raise parameters.wrong("form", "one of " + ", ".join(figures), form)
    return figures[form]


_DIMENSIONS = {"": "", "Z": " 10", "M": " 10", "ZM": " 10 10"}
"""The coordinates beyond two of every corner."""


def _build_spatial(params: Params) -> Generator:
    srid = parameters.count(params, "srid", 4326)
    form = parameters.string(params, "form", "POINT").upper()
    dimensions = parameters.one_of(params, "dimensions", tuple(_DIMENSIONS), "")
    figure = _spatial_figure(form, dimensions)
    head = f"SRID={srid};{form} {dimensions}".rstrip()
    return Figures(lambda x, y, size: columns.concatenated(head, figure(x, y, size)))


class Vectors(Numbered):
    """Lists of small numbers with three decimals; the first ones carry the number."""

    def __init__(self, params: Params, default: int, ends: tuple[str, str]) -> None:
        self.dimensions = parameters.integer(params, "dimensions", default)
        if self.dimensions < 1:
            raise parameters.wrong("dimensions", "1 or more", self.dimensions)
        self.opening, self.closing = ends
        self.components = pa.array([f"{'-' if n < 0 else ''}0.{abs(n):03d}" for n in range(-999, 1000) if n])
        super().__init__(len(self.components) ** min(self.dimensions, 6))

    def values(self, draw: Draw) -> pa.Array:
        """Return vectors at random."""
        return self._text(self._codes(draw), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return vectors that begin with the digits of the number."""
        codes = self._codes(draw)
        for place in range(min(self.dimensions, 6)):
            codes[:, place] = index % len(self.components)
            index = index // len(self.components)
        return self._text(codes, draw)

    def _codes(self, draw: Draw) -> Rows:
        cells = draw.rows[:, None] * self.dimensions + np.arange(self.dimensions)
        return draw.stream.child("components").below(cells, len(self.components))

    def _text(self, codes: Rows, draw: Draw) -> pa.Array:
        counts = np.full(len(draw.rows), self.dimensions, dtype=np.int64)
        listed = columns.joined(columns.pool(self.components, codes.reshape(-1)), counts, ",")
        return columns.concatenated(self.opening, listed, self.closing)


class SparseVectors(Numbered):
    """Vectors with one component that isn't 0."""

    def __init__(self, params: Params) -> None:
        self.dimensions = parameters.integer(params, "dimensions", 100)
        if self.dimensions < 1:
            raise parameters.wrong("dimensions", "1 or more", self.dimensions)
        super().__init__(999 * self.dimensions)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the vectors of those numbers."""
        place, size = columns.digits(index % self.dimensions + 1), columns.zero_padded(index // self.dimensions + 1, 3)
        return columns.concatenated("{", place, ":0.", size, f"}}/{self.dimensions}")


class Segments(Numbered):
    """Intervals between floating-point numbers, of the contrib type seg."""

    def __init__(self, params: Params) -> None:
        super().__init__(min(MOST, 1_000_000))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the intervals that begin at the number."""
        return columns.concatenated(columns.digits(index), " .. ", columns.digits(index + 1 + draw.below(9, "width")))


_FIGURES: Mapping[str, Figure] = {
    "point": _point,
    "line": _line,
    "lseg": _segment,
    "box": _box,
    "path": _corners,
    "polygon": _corners,
    "circle": _circle,
}


def _builder(figure: Figure) -> Callable[[Params], Generator]:
    return lambda params: Figures(figure, parameters.count(params, "apart", 0))


def register(registry: Registry) -> None:
    """Register the figures."""
    for name, figure in _FIGURES.items():
        explained = {"apart": "how many figures there must be that don't meet; 0 where they may"}
        registry.register(
            ValueKind(f"geo.{name}", f"geometric figures of the type {name}", _builder(figure), explained)
        )
    spatial = {
        "srid": "spatial reference system",
        "form": "POINT, LINESTRING, POLYGON, MULTI..., GEOMETRYCOLLECTION",
        "dimensions": "Z, M or ZM for coordinates beyond two",
    }
    size = {"dimensions": "components"}
    registry.register(ValueKind("geo.spatial", "PostGIS geometries and geographies", _build_spatial, spatial))
    registry.register(ValueKind("cube", "points of the type cube", lambda params: Vectors(params, 3, ("(", ")")), size))
    registry.register(ValueKind("vector", "vectors", lambda params: Vectors(params, 3, ("[", "]")), size))
    registry.register(ValueKind("vector.sparse", "sparse vectors", SparseVectors, size))
    registry.register(ValueKind("seg", "intervals of the type seg", Segments))
