"""How many phrases the interpreter reads right, by kind: ``python -m benchmarks.scope``, which also writes it down.

With ``-v`` it lists what is read wrong of the half that rules may be tuned to, with what was expected and what came.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.unit.scope.phrases import canonical, phrases
from tests.unit.scope.score import BEGIN, END, Result, read, results, table

DOCUMENT = Path(__file__).parents[1] / "docs" / "scope.md"


def main() -> None:
    results()
    started = time.perf_counter()
    for phrase in phrases():
        read(phrase)
    took = (time.perf_counter() - started) / len(phrases())
    if "-v" in sys.argv:
        for result in results():
            if not result.right and not result.phrase.held_out:
                show(result)
    print(table().partition("\nRead wrong")[0])
    print(f"{took * 1000:.1f} ms a sentence")
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table()}{END}{rest.partition(END)[2]}", encoding="utf-8")


def show(result: Result) -> None:
    wanted, found = canonical(result.phrase.means), canonical(result.reading.spec)
    print(f"[{result.phrase.kind}] {result.phrase}")
    for line in sorted(wanted - found):
        print(f"    - {line}")
    for line in sorted(found - wanted):
        print(f"    + {line}")
    left = [one.words for one in result.reading.unused]
    print(f"    left {left}, expected {sorted(result.phrase.left)}; {list(result.reading.notes)}")


if __name__ == "__main__":
    main()
