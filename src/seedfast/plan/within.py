"""What a column's values mean, below what keeps them within a pattern."""

from __future__ import annotations

from dataclasses import replace

from seedfast.plan.spec import GeneratorPlan

_PATTERN = "text.conforming"


def meant(generator: GeneratorPlan) -> GeneratorPlan:
    """Return the generator whose values are kept within a pattern, else the one that is given."""
    if generator.kind == _PATTERN and "kind" in generator.params:
        return GeneratorPlan(str(generator.params["kind"]), generator.params.get("params", {}))
    return generator


def telling(generator: GeneratorPlan, **told: object) -> GeneratorPlan:
    """Return a generator whose values are told more, below what keeps them within a pattern, too."""
    params = {**meant(generator).params, **told}
    if generator.kind == _PATTERN and "kind" in generator.params:
        params = {**generator.params, "params": params}
    return replace(generator, params=params)
