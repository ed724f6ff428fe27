.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Set-up is done again only when what it reads has changed.
INSTALLED := $(VENV)/.installed
TESTS_INSTALLED := $(VENV)/.tests-installed
BUILT := webapp/static/dist/.built

.PHONY: help setup run test lint format evaluate benchmark pictures lock clean

help: ## Show what each command does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(INSTALLED) $(BUILT) ## Make the environment in .venv and build the front end

run: setup ## Start everything: site, worker, and on first use the illustrative stories
	@$(BIN)/turnstone run

test: setup $(TESTS_INSTALLED) ## Install what the tests need and run them all
	@.ci/with-services $(BIN)/pytest $(PYTEST_ARGS)

lint: $(INSTALLED) $(TESTS_INSTALLED) ## Check style and types (ruff, mypy)
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy

format: $(INSTALLED) $(TESTS_INSTALLED) ## Bring the code into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

evaluate: $(INSTALLED) ## Print the quality of reading and search on the corpus's gold
	$(BIN)/python -m nlp.evaluate extraction
	$(BIN)/python -m nlp.evaluate search

benchmark: $(INSTALLED) ## Print the speed of reading and search
	$(BIN)/python -m nlp.benchmark reading
	$(BIN)/python -m nlp.benchmark search

pictures: setup $(TESTS_INSTALLED) ## Make the pictures of the README and the tours, and write the tours into docs/
	$(BIN)/python -m tests.browser.pictures

lock: ## Choose newer versions of the libraries (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --no-annotate --upgrade -q pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --no-annotate --upgrade -q --group test -c requirements.txt -o tests/requirements.txt

clean: ## Remove what was built
	rm -rf $(VENV) node_modules webapp/static/dist *.egg-info

$(INSTALLED): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Turnstone needs Python 3.11 or newer; set PYTHON=/path/to/it.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# The libraries' own tests and sources are a sixth of the environment, and nothing here runs them.
	find $(VENV)/lib -path '*/site-packages/*' -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +
	find $(VENV)/lib -path '*/site-packages/*' -type f \( -name '*.cpp' -o -name '*.c' -o -name '*.pyx' \) -delete
	@# Compiled now, so that the first start is as fast as the later ones.
	$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null || true
	@touch $@

$(TESTS_INSTALLED): tests/requirements.txt $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/requirements.txt
	@touch $@

$(BUILT): package.json package-lock.json $(shell find webapp/assets -type f 2>/dev/null)
	@command -v npm >/dev/null || { echo "Turnstone's front end is built with Node 20 or newer: install it and try again."; exit 1; }
	npm ci --silent --no-fund --no-audit
	npm run --silent build
	@touch $@
