# Each target makes the environment it needs in .venv and is quick the second time; another place
# or Python is chosen by `make test-fast VENV=.venv-3.12 PYTHON=python3.12`.
# With uv, no make is needed:
#   uv run examples/01_first_plan.py                              the demo
#   uv run --all-extras --group test pytest                       the tests
#   uv run --group lint ruff check                                lint
#   uv run --all-extras --group types mypy                        types

PYTHON ?= python3
DEMO_EXTRAS ?= excel,report,calendar
WORKERS ?= 2
BENCH ?= $(filter-out benchmarks/_%,$(sort $(wildcard benchmarks/*.py)))

VENV ?= .venv
BIN := $(VENV)/bin
PIP := python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest -q -n $(WORKERS)

.DEFAULT_GOAL := help
.PHONY: demo test test-fast test-browser notebooks picture tutorial-files schemas names lint types docs bench nightly lowest wheel clean help
.DELETE_ON_ERROR:

demo: $(VENV)/.demo  ## plan a season for Rejang Lebong, print it and write the report into build/
	@echo "Planning the visits of one season in Rejang Lebong (examples/01_first_plan.py)"
	@$(BIN)/python examples/01_first_plan.py
	@echo "Writing report, workbook, calendars and map into build/ (examples/06_what_to_take_away.py)"
	@$(BIN)/python examples/06_what_to_take_away.py

test: $(VENV)/.test  ## run the tests, but those marked nightly or browser
	@echo "Running the tests on $(WORKERS) processes"
	@$(PYTEST)

test-fast: $(VENV)/.test  ## run the most telling tests of each room, in less than a minute
	@$(PYTEST) -m fast

test-browser: $(VENV)/.test  ## open the HTML report in a real browser (needs Chromium)
	@echo "Opening the report in a browser without a network"
	@$(BIN)/python -m pytest -q -m browser tests/browser

notebooks: $(VENV)/.test  ## make examples/*.ipynb from their scripts and run them
	@$(BIN)/python tests/make_notebooks.py

picture: $(VENV)/.test  ## make the picture of the report for the docs (needs Chromium)
	@$(BIN)/python tests/make_picture.py

tutorial-files: $(VENV)/.test  ## make the invented files of the tutorial "Your own regency"
	@$(BIN)/python tests/make_tutorial_files.py

schemas: $(VENV)/.test  ## write the JSON schemas of plans and problems into docs/reference/
	@$(BIN)/python tests/make_schemas.py

names: $(VENV)/.test  ## write the table of public names into school_ektp/__init__.py
	@$(BIN)/python tests/make_names.py

lint: $(VENV)/.lint  ## check style and format (make lint FIX=1 repairs what it can)
	@$(BIN)/ruff check $(if $(FIX),--fix)
	@$(BIN)/ruff format $(if $(FIX),,--check)

types: $(VENV)/.types  ## check types, in the package and in tests/typing
	@$(BIN)/mypy

docs: $(VENV)/.docs  ## build docs/_build/html; a warning is an error
	@$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@echo "Built docs/_build/html/index.html"

bench: .venv-bench/.bench  ## run benchmarks/*.py against the peers, in an environment of its own
	@set -e; for script in $(BENCH); do echo "== $$script"; .venv-bench/bin/python $$script; done

nightly: $(VENV)/.test  ## run all tests with many examples (may take hours)
	@HYPOTHESIS_PROFILE=nightly $(PYTEST) -m "not browser"

lowest: .venv-lowest/.lowest  ## run the tests on the lowest versions that pyproject.toml declares
	@.venv-lowest/bin/python -m pytest -q -n $(WORKERS)

wheel: $(VENV)/.made  ## build dist/*.whl
	@rm -rf dist
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@ls dist/*.whl

clean:  ## remove environments, caches and what was built
	rm -rf .venv .venv-* build dist docs/_build .coverage* htmlcov mutants
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache .benchmarks
	find src tests benchmarks examples docs -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## show this list
	@echo "make <target>, with Python 3.11 or newer (PYTHON=$(PYTHON)):"
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST)

# Environments. A stamp is older than pyproject.toml when its packages may have changed.

define make_environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "school_ektp needs Python 3.11 or newer, and $(PYTHON) is not:" \
	    "name another one, for example make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(@D) with $(PYTHON) (once)"
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/$(PIP) 'pip>=25.1'
	@touch $@
endef

$(VENV)/.made:
	$(make_environment)

.venv-bench/.made:
	$(make_environment)

.venv-lowest/.made:
	$(make_environment)

$(VENV)/.demo: $(VENV)/.made pyproject.toml Makefile
	@echo "Installing school_ektp and its core dependencies (once)"
	@$(BIN)/$(PIP) -e '.$(if $(DEMO_EXTRAS),[$(DEMO_EXTRAS)])'
	@touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml
	@echo "Installing school_ektp, its extras and the test tools (once)"
	@$(BIN)/$(PIP) -e '.[all]' --group test
	@touch $@

$(VENV)/.lint: $(VENV)/.made pyproject.toml
	@echo "Installing the lint tools (once)"
	@$(BIN)/$(PIP) --group lint
	@touch $@

$(VENV)/.types: $(VENV)/.made pyproject.toml
	@echo "Installing school_ektp, its extras and the type checker (once)"
	@$(BIN)/$(PIP) -e '.[all]' --group types
	@touch $@

$(VENV)/.docs: $(VENV)/.made pyproject.toml
	@echo "Installing school_ektp, its extras and Sphinx (once)"
	@$(BIN)/$(PIP) -e '.[all]' --group docs
	@touch $@

.venv-lowest/.lowest: .venv-lowest/.made pyproject.toml
	@echo "Installing the lowest versions (once)"
	@.venv-lowest/bin/$(PIP) uv
	@.venv-lowest/bin/uv pip install --quiet --python .venv-lowest/bin/python \
	  --resolution lowest-direct -e '.[all]' --group test
	@touch $@

.venv-bench/.bench: .venv-bench/.made pyproject.toml benchmarks/requirements.txt
	@echo "Installing school_ektp and the peers it is measured against (once)"
	@.venv-bench/bin/$(PIP) -e '.[all]' -r benchmarks/requirements.txt
	@touch $@
