"""What machines on a network call things: addresses, agents, tokens, files."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows
from seedfast.values.columns import chosen, concatenated
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.semantic.codes import CodeGenerator
from seedfast.values.semantic.declare import code_kind, frames_kind, pool_kind, stem_kind, text_kind
from seedfast.values.semantic.frames import frames
from seedfast.values.semantic.pools import Pool, pool
from seedfast.values.semantic.text import TextGenerator, Words, bounds, group_of

_TOKEN = 32
_ADDRESSES = 1 << 24
_DOCUMENTATION = ("192.0.2", "198.51.100", "203.0.113")
_HOSTS = 254
_DOCUMENTED = len(_DOCUMENTATION) * _HOSTS
_LONGEST_ADDRESS = len("198.51.100.254")


class Address(Generator):
    """IPv4 addresses as text: those kept for documentation; distinct ones are of a private network after these."""

    capacity = _ADDRESSES

    def values(self, draw: Draw) -> pa.Array:
        """Return an address per row."""
        return self.at(draw.below(_DOCUMENTED), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the addresses in order."""
        told = index < _DOCUMENTED
        block = pa.array(_DOCUMENTATION).take(pa.array(np.where(told, index // _HOSTS, 0)))
        documented = concatenated(block, ".", pc.cast(pa.array(index % _HOSTS + 1), pa.string()))
        parts = [pc.cast(pa.array((index >> np.int64(shift)) & np.int64(255)), pa.string()) for shift in (16, 8, 0)]
        return chosen(told, documented, concatenated("10", *parts, separator="."))


def _address(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    if low > len("10.0.0.0") or (high is not None and high < _LONGEST_ADDRESS):
        return CodeGenerator("'10.'199'.'199'.'199", (low, high))
    return Address()


def _token(params: Mapping[str, Json]) -> Generator:
    low, high = bounds(params)
    wanted = int(params.get("length") or _TOKEN)
    length = max(low, wanted if high is None else min(wanted, high))
    return CodeGenerator("*" * length, (low, high), group=group_of(params))


def _file_name(params: Mapping[str, Json]) -> Generator:
    stem = frames("internet/slug", group=group_of(params), purpose="file")
    return TextGenerator(stem, bounds(params), gap="-", blank="", tail=pool("internet/extension.dotted"))


def _mailbox(params: Mapping[str, Json]) -> Generator:
    hosts = Pool(tuple(f"@{host}" for host in pool("internet/host").texts))
    stem = Words(pool("internet/email.local"), group=group_of(params), purpose="mailbox")
    return TextGenerator(stem, bounds(params), gap="", blank="", tail=hosts)


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that machines on a network use."""
    return (
        frames_kind("internet.url", "web addresses", "internet/url", gap="-", blank=""),
        frames_kind("internet.site", "web sites", "internet/url.base", gap="/", blank=""),
        frames_kind("internet.image_url", "addresses of images", "internet/image", gap="?v=", blank=""),
        frames_kind("internet.url_path", "paths of web addresses", "internet/path", gap="/", blank=""),
        frames_kind("internet.query", "query strings", "internet/query", gap="&n=", blank=""),
        frames_kind("internet.referrer", "where visitors came from", "internet/referrer", gap="#", blank=""),
        frames_kind("internet.domain", "domains", "internet/domain", gap=".n", blank=""),
        frames_kind("internet.host", "names of hosts", "internet/host.name", gap="-", blank=""),
        frames_kind("internet.slug", "names for web addresses", "internet/slug", gap="-", blank=""),
        text_kind("internet.mailbox", "e-mail addresses of organisations", _mailbox),
        frames_kind("internet.user_agent", "what browsers call themselves", "internet/agent"),
        pool_kind("internet.browser", "browsers", "internet/browser"),
        pool_kind("internet.os", "operating systems", "internet/os"),
        pool_kind("internet.interface", "network interfaces", "internet/interface", gap="-", blank=""),
        pool_kind("internet.device", "kinds of device", "internet/device"),
        pool_kind("internet.platform", "platforms", "internet/platform"),
        pool_kind("internet.screen", "sizes of screens", "internet/screen", gap="-", blank=""),
        pool_kind("internet.mime_type", "media types", "internet/mime", gap="-", blank=""),
        text_kind("internet.file_name", "names of files", _file_name),
        pool_kind("internet.extension", "extensions of file names", "internet/extension", gap="", blank=""),
        frames_kind("internet.file_path", "paths of files", "internet/file.path", gap=".", blank=""),
        frames_kind("internet.directory", "paths of directories", "internet/directory", gap="/", blank=""),
        text_kind("internet.ip", "IPv4 addresses kept for documentation", _address),
        code_kind("internet.mac", "hardware addresses, locally administered", "'02:'xx:xx:xx:xx:xx"),
        pool_kind("internet.http_method", "methods of HTTP", "internet/method", gap="-", blank=""),
        pool_kind("internet.protocol", "protocols", "internet/protocol", gap="-", blank=""),
        text_kind("internet.token", "tokens and keys", _token, {"length": "characters of a value"}),
        pool_kind("internet.feature_flag", "names of features", "internet/feature", gap="-", blank=""),
        pool_kind("internet.tool", "names of tools that programs call", "internet/tool", gap="_", blank=""),
        pool_kind("internet.provider", "providers of identities", "internet/provider", gap="-", blank=""),
        pool_kind("internet.scope", "scopes of access", "internet/scope", gap="-", blank=""),
        pool_kind("internet.grant", "grants of access", "internet/grant", gap="-", blank=""),
        pool_kind("internet.algorithm", "algorithms", "internet/algorithm", gap="-", blank=""),
        pool_kind("internet.encoding", "encodings", "internet/encoding", gap="-", blank=""),
        pool_kind("internet.model", "names of models", "internet/model", gap="-", blank=""),
        pool_kind("internet.environment", "environments", "internet/environment", gap="-", blank=""),
        frames_kind("internet.branch", "branches", "internet/branch", gap="-", blank=""),
        frames_kind("internet.repository", "repositories", "internet/repository", gap="-", blank=""),
        frames_kind("internet.image", "container images", "internet/image.container", gap="-", blank=""),
        pool_kind("internet.cloud_region", "regions of a cloud", "internet/region.cloud", gap="-", blank=""),
        pool_kind("internet.utm_source", "sources of a campaign", "internet/utm.source", gap="-", blank=""),
        pool_kind("internet.utm_medium", "media of a campaign", "internet/utm.medium", gap="-", blank=""),
        frames_kind("internet.utm_campaign", "campaigns", "internet/utm.campaign", gap="-", blank=""),
        stem_kind(
            "internet.word",
            "lower-case words",
            lambda p: Words(pool("internet/word"), flat=True, group=group_of(p), purpose="word"),
            gap="-",
            blank="",
        ),
        code_kind("internet.urn", "URNs of no thing", "'urn:example:'xxxxxxxxxxxx"),
        code_kind("internet.uuid", "UUIDs as text", "xxxxxxxx-xxxx-'4'xxx-'a'xxx-xxxxxxxxxxxx"),
    )
