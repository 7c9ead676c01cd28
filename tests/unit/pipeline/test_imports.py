"""What a command waits for before it does anything: the modules that it imports."""

import subprocess
import sys

import pytest

from seedfast import pipeline


def test_planning_imports_nothing_that_loads_checks_or_asks():
    program = (
        "import sys\nfrom seedfast import pipeline\npipeline.prepare, pipeline.Request\n"
        "print(*sorted(name for name in sys.modules if name.startswith('seedfast.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    imported = done.stdout.split()
    assert "seedfast.plan.build" in imported
    idle = ("load", "verify", "workers", "assist.lock", "assist.payload", "pipeline.execution", "scope.interpret")
    assert [name for name in imported if name.startswith(tuple(f"seedfast.{each}" for each in idle))] == []


def test_all_that_the_pipeline_offers_is_there_and_nothing_else():
    assert all(getattr(pipeline, name).__name__ == name for name in pipeline.__all__)
    with pytest.raises(ImportError, match="perpare"):
        exec("from seedfast.pipeline import perpare")
