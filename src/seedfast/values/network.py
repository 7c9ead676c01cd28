"""Network addresses, of the ranges that are set aside for documentation and private use."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.columns import Bytes
from seedfast.values.kind import Draw, ValueKind
from seedfast.values.numbered import Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry

_DOCUMENTATION = ("192.0.2", "198.51.100", "203.0.113")
_HOSTS = 254
_DOCUMENTED = len(_DOCUMENTATION) * _HOSTS
_PRIVATE = 1 << 24
_GROUP = 0xFFFF


def _groups(numbers: Rows, count: int) -> list[pa.Array | str]:
    """Return the low 16-bit groups of numbers as hexadecimal text, each after a colon, the highest first."""
    parts: list[pa.Array | str] = []
    for place in range(count - 1, -1, -1):
        group = (numbers >> (16 * place) & _GROUP).astype(np.uint64)
        text = columns.fixed_width(columns.hexadecimal(columns.octets(group, 2)))
        parts += [":", text]
    return parts


class Addresses(Numbered):
    """Host addresses; IPv6 where asked for and where IPv4 is used up."""

    def __init__(self, params: Params) -> None:
        self.version = parameters.integer(params, "version", 4)
        if self.version not in (4, 6):
            raise parameters.wrong("version", "4 or 6", self.version)
        common = _DOCUMENTED if self.version == 4 else 1 << 48
        super().__init__(1 << 48, common=common)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return documentation addresses, then private ones, then IPv6's for documentation."""
        if self.version == 6:
            return self._version_6(index)
        documented, private = index < _DOCUMENTED, index < _DOCUMENTED + _PRIVATE
        block = columns.pool(_DOCUMENTATION, np.where(documented, index // _HOSTS, 0))
        out = columns.concatenated(block, ".", columns.digits(np.where(documented, index % _HOSTS + 1, 1)))
        if not documented.all():
            host = index - _DOCUMENTED
            octets = [columns.digits(host >> shift & 0xFF) for shift in (16, 8, 0)]
            out = columns.chosen(
                documented, out, columns.concatenated("10.", octets[0], ".", octets[1], ".", octets[2])
            )
        return out if private.all() else columns.chosen(private, out, self._version_6(index))

    def _version_6(self, index: Rows) -> pa.Array:
        return columns.concatenated("2001:db8:0:0:0", *_groups(index, 3))


class Networks(Numbered):
    """Networks: private ones of 256 addresses, then IPv6's for documentation."""

    def __init__(self, params: Params) -> None:
        super().__init__(1 << 32, common=1 << 16)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the networks of those numbers."""
        private = index < 1 << 16
        low = [columns.digits(index >> shift & 0xFF) for shift in (8, 0)]
        out = columns.concatenated("10.", low[0], ".", low[1], ".0/24")
        if private.all():
            return out
        return columns.chosen(private, out, columns.concatenated("2001:db8", *_groups(index, 2), "::/64"))


class HardwareAddresses(Numbered):
    """Locally administered hardware addresses of six or eight bytes."""

    def __init__(self, octets: int) -> None:
        self.octets = octets
        super().__init__(1 << 8 * (octets - 1))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the number after the byte that says locally administered."""
        octets: Bytes = np.empty((len(index), self.octets), dtype=np.uint8)
        octets[:, 0] = 2
        octets[:, 1:] = columns.octets(index.astype(np.uint64), self.octets - 1)
        out = np.full((len(index), 3 * self.octets - 1), ord(":"), dtype=np.uint8)
        pairs = columns.hexadecimal(octets)
        out[:, 0::3], out[:, 1::3] = pairs[:, 0::2], pairs[:, 1::2]
        return columns.fixed_width(out)


def register(registry: Registry) -> None:
    """Register the addresses."""
    registry.register(ValueKind("net.inet", "host addresses", Addresses, {"version": "4 or 6"}))
    registry.register(ValueKind("net.cidr", "networks", Networks))
    registry.register(ValueKind("net.macaddr", "hardware addresses", lambda params: HardwareAddresses(6)))
    registry.register(ValueKind("net.macaddr8", "hardware addresses of 8 bytes", lambda params: HardwareAddresses(8)))
