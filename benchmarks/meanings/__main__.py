"""Draw columns to label, or score the guesses: ``python -m benchmarks.meanings WHAT --schemas FOLDER``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.meanings import score
from benchmarks.meanings.columns import Subject, subjects
from seedfast.embedded import EPHEMERAL, EmbeddedServer

LABELS = Path(__file__).parent / "labels.tsv"
SECOND = Path(__file__).parent / "second.tsv"
DRAWN = 600
AGAIN = 100
SEED = "meanings"


def main() -> int:
    """Return 0, also where there is nothing to read: the reason is printed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meanings", description=__doc__)
    parser.add_argument("what", choices=("draw", "again", "score"))
    parser.add_argument("--schemas", type=Path, required=True, metavar="FOLDER", help="a folder of schemas in SQL")
    parser.add_argument("--server", metavar="DSN", help="a server to make databases on (default: one from a wheel)")
    parser.add_argument("--wrong", action="store_true", help="list the wrong guesses of the half to tune with")
    wanted = parser.parse_args()
    if not any(wanted.schemas.glob("*.sql")):
        print(f"Skipped: there is no schema in {wanted.schemas}.")
        return 0
    with _server(wanted.server) as dsn:
        found = list(subjects(wanted.schemas, dsn))
    # What is found to name rows of another table is no guess of a meaning.
    guessed = [one for one in found if one.guess.kind != "reference"]
    if wanted.what == "draw":
        draw(sorted(guessed, key=lambda one: one.turn(SEED))[:DRAWN])
    elif wanted.what == "again":
        labels = score.read(LABELS)
        draw(sorted((one for one in found if one.key in labels), key=lambda one: one.turn("again"))[:AGAIN])
    else:
        report(found, wrong=wanted.wrong)
    return 0


@contextmanager
def _server(dsn: str | None) -> Iterator[str]:
    if dsn is not None:
        yield dsn
        return
    with EmbeddedServer.start(settings=EPHEMERAL) as server:
        yield server.dsn()


def draw(drawn: Sequence[Subject]) -> None:
    """Print columns with all that surrounds them, and nothing of their guesses and labels."""
    by_table: dict[str, list[Subject]] = {}
    for one in sorted(drawn, key=lambda one: one.key):
        by_table.setdefault(f"{one.schema} {one.table.name}", []).append(one)
    for name, columns in by_table.items():
        table = columns[0].table
        keys = {column: key.parent.name for key in table.foreign_keys for column in key.columns}
        around = (f"{each.name}>{keys[each.name]}" if each.name in keys else each.name for each in table.columns)
        print(f"\n{name}: {', '.join(around)}{f'  -- {table.comment}' if table.comment else ''}")
        for one in columns:
            comment = f"  -- {one.column.comment}" if one.column.comment else ""
            default = f" = {one.column.default}" if one.column.default else ""
            print(f"  {one.column.name} {one.column.type.display}{default}{comment}")


def report(found: Sequence[Subject], *, wrong: bool) -> None:
    """Print how many first guesses are right, by kind of column and half, and how many texts have a meaning."""
    labels = score.read(LABELS)
    second = score.read(SECOND) if SECOND.exists() else {}
    labelled = [one for one in found if one.key in labels]
    # Half of the labels served to mend the lexicon; nobody looked at what is wrong in the other half.
    halves = sorted(labelled, key=lambda one: one.turn("halves"))
    middle = len(halves) // 2
    print(f"{'':<14}{'to tune with':>18}{'held out':>18}{'together':>18}")
    for sort in (*sorted({one.sort for one in labelled}), ""):
        parts = [[one for one in half if sort in ("", one.sort)] for half in (halves[:middle], halves[middle:], halves)]
        print(f"{sort or 'all':<14}" + "".join(f"{_share(part, labels):>18}" for part in parts))
    texts = [one for one in found if one.sort == "text"]
    meant = sum(one.guess.confidence > 100 for one in texts)
    print(f"\ntext columns with a meaning: {meant:,} of {len(texts):,}, {meant / len(texts):.1%}")
    both = [key for key in second if key in labels]
    if both:
        same = [key for key in both if _overlap(labels[key], second[key])]
        print(f"labelled twice: {len(both)}, of which {len(same)} alike")
        print(f"right by the second labels: {_share([one for one in labelled if one.key in second], second)}")
    missed = Counter(
        (labels[one.key].partition("#")[0].split() or ["(no kind)"])[0] + " taken for " + one.guess.kind
        for one in labelled
        if not score.right(one.guess, labels[one.key])
    )
    print("\nwrong, by kind:")
    for pair, count in missed.most_common(20):
        print(f"  {count:>3} {pair}")
    if wrong:
        for one in halves[:middle]:
            if not score.right(one.guess, labels[one.key]):
                print(f"{one.key}\t{labels[one.key]}\t{one.guess.kind} {dict(one.guess.params)}: {one.guess.reason}")


def _share(part: Sequence[Subject], labels: Mapping[str, str]) -> str:
    right = sum(score.right(one.guess, labels[one.key]) for one in part)
    return f"{right} of {len(part)} {right / len(part):.0%}" if part else "-"


def _overlap(one: str, other: str) -> bool:
    words, others = (set(label.partition("#")[0].split()) for label in (one, other))
    return bool(words & others) or not (words or others)


if __name__ == "__main__":
    sys.exit(main())
