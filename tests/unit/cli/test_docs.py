"""What the documents say of the commands is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from seedfast import __version__
from seedfast.cli.main import cli
from seedfast.cli.terminal import Terminal
from seedfast.plan.spec import Status

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README, COMMANDS = ((ROOT / name).read_text("utf-8") for name in ("README.md", "docs/commands.md"))
STATUS_ROW = re.compile(r"^\| (\d+) \| (.+) \|$", re.MULTILINE)


def options(name: str) -> set[str]:
    context = click.Context(cli.commands[name], help_option_names=["-h", "--help"])
    return {flag for option in cli.commands[name].get_params(context) for flag in option.opts if flag.startswith("-")}


def documented(name: str) -> set[str]:
    """Return the options in a command's own section, and those in the shared table that name the command."""
    own = COMMANDS.partition(f"## `seedfast {name}")[2].partition("\n## ")[0]
    found = set(re.findall(r"^\| `(--[a-z-]+)", own, re.MULTILINE))
    for flags, commands in re.findall(r"^\| (`-[^|]+) \| ([a-z, ()A-Z]+?) \|", COMMANDS, re.MULTILINE):
        if commands == "all" or name in re.findall(r"[a-z]+", commands):
            found.update(re.findall(r"`(--?[a-z-]+)", flags))
    return found


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_options_that_are_documented_are_those_that_exist(name: str) -> None:
    assert documented(name) == options(name)


def lines() -> list[str]:
    found = re.findall(
        r"^ {4}(?:\$ )?(seedfast .+)$|`(seedfast [a-z]+[^`\n]*)`", "\n".join([README, COMMANDS]), re.MULTILINE
    )
    words = (block or inline for block, inline in found)
    return sorted({line.partition(" > ")[0] for line in words if not re.search(r"\b(COMMAND|or)\b", line)})


def test_the_documents_show_commands() -> None:
    assert len(lines()) > 15


@pytest.mark.parametrize("line", lines())
def test_every_command_line_in_the_documents_can_be_typed(line: str) -> None:
    name, *words = shlex.split(line)[1:]
    if name == "--version":
        return
    if words == ["--help"]:
        assert name in cli.commands
        return
    if name == "explain" and not words:
        words = ["orders"]
    words = [word for word in words if word != "[DSN]"]
    # A command keeps the help option of its first context, so it must be the one that the program gives it.
    cli.commands[name].make_context(name, words, obj=Terminal(), help_option_names=["-h", "--help"])


@pytest.mark.parametrize("page", [README, COMMANDS], ids=["README", "commands"])
def test_exit_statuses_are_those_of_the_help(page: str) -> None:
    told = re.findall(r"\b(\d+) ", cli.epilog or "")
    assert [status for status, _ in STATUS_ROW.findall(page)] == told


def test_every_status_of_a_table_is_documented() -> None:
    page = (ROOT / "docs/json-output.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| `status` |"))
    assert {status.value for status in Status} <= set(re.findall(r"`([a-z]+)`", row))


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
