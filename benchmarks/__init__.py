"""What seeding costs, measured: ``python -m benchmarks.load`` and ``python -m benchmarks.generate``."""
