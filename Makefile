# Pamong. "make" alone lists the commands.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet
LOCK_RUNTIME := .venv/lock-$(shell cat requirements.lock outside/*/pyproject.toml | cksum | cut -d' ' -f1)
LOCK_DEV := .venv/dev-$(shell cksum < requirements-dev.lock | cut -d' ' -f1)
ASSETS := node_modules/assets-$(shell cat package-lock.json tools/assets.mjs | cksum | cut -d' ' -f1)
# Compiled sources are kept: else each of the suite's hundred processes would compile them all again.
TEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help demo serve clean-demo test lint fmt lock snapshots bench bench-peers

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(LOCK_RUNTIME) $(ASSETS) ## Run the example: an invented city of 8,200 people (Ctrl-C ends it)
	@$(BIN)/pamong demo

serve: $(LOCK_RUNTIME) $(ASSETS) ## Run Pamong on this machine with your own data
	@$(BIN)/pamong serve

clean-demo: $(LOCK_RUNTIME) ## Remove the example's data
	@$(BIN)/pamong clean-demo

test: $(LOCK_DEV) $(ASSETS) ## Run the whole suite, then the browser journeys
	$(TEST) -n 3 --dist worksteal -m "not browser"
	$(TEST) -n 2 --dist loadscope -m browser

lint: $(LOCK_DEV) ## Check format, style, types, directions of imports, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint src/pamong/web/jinja2

fmt: $(LOCK_DEV) ## Format the code, mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

snapshots: $(LOCK_DEV) ## Write anew the files that tests compare with: grants, OpenAPI (read the difference!)
	PAMONG_WRITE_SNAPSHOTS=1 $(TEST) -q tests/architecture/test_grants.py tests/api/test_openapi.py

lock: $(LOCK_DEV) ## Renew the lock files
	$(UV) --upgrade pyproject.toml --extra build --output-file requirements.lock
	$(UV) --upgrade pyproject.toml --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock

bench: $(LOCK_DEV) ## Measure speed
	$(BIN)/python -m benchmarks

bench-peers: $(LOCK_DEV) ## Measure against other engines, in an environment of their own
	$(BIN)/python -m benchmarks.peers

# Stamps carry the checksum of what they were made from, so that a later start does nothing.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Pamong needs Python 3.11 or newer: apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv

$(LOCK_RUNTIME): | .venv/bin/python
	@echo "Installing the Python packages ..."
	@rm -f .venv/lock-* .venv/dev-*
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps \
	  -e . -e outside/verify -e outside/witness
	@touch $@

$(LOCK_DEV): $(LOCK_RUNTIME)
	@echo "Installing the tools for development ..."
	@rm -f .venv/dev-*
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(ASSETS):
	@command -v npm >/dev/null || { echo "npm is missing: apt-get install npm"; exit 1; }
	@echo "Fetching the front-end files ..."
	@npm ci --silent && npm run --silent assets
	@touch $@
