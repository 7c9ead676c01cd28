"""What seeding costs, measured (``benchmarks.load``, ``benchmarks.generate``), and what it outlives
(``benchmarks.migrations``).
"""
