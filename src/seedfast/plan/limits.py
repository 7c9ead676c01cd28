"""Flags that tell whether a value lies within its limits are read off both."""

from __future__ import annotations

from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.semantics.limits import limited


def judge_values(draft: Draft) -> None:
    """Let a flag such as ``abnormal`` say what the value and the limits of its row say."""
    for one in limited(draft.table):
        read = {"value": one.value, "low": one.low, "high": one.high}
        made = draft.generators.get(one.flag, ())
        decided = any(domain.allowed is not None for domain in draft.domains(one.flag))
        if {each.kind for each in made} != {"logic.boolean"} or decided or one.flag in draft.overrides:
            continue
        if all(name is None or name in draft.generators for name in read.values()):
            told = {end: {"column": name} for end, name in read.items() if name is not None}
            params = {**told, "outside": one.outside}
            draft.generators[one.flag] = tuple(
                GeneratorPlan("logic.outside", params, each.null_permille) for each in made
            )
            limits = " and ".join(filter(None, (one.low, one.high)))
            draft.reasons[one.flag] = f"whether {one.value} lies {'outside' if one.outside else 'within'} {limits}"
