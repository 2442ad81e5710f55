# make demo  sets everything up and plays a whole evening on embedded defaults
# make test  sets everything up, real Redis, PostgreSQL and Chromium included, and runs every check
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MODULES := frontend/node_modules
BUILT := platform/tablemates/static/built
KERNEL := matching/core/kernel
WORDS := platform/tablemates/locale

# uv trusts the machine's own certificates, and copies, so that a cache on another disk is no trouble.
export UV_SYSTEM_CERTS ?= 1
export UV_LINK_MODE ?= copy
UV_INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python

# Where the machine has no fitting Node.js, the virtual environment holds one.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NODE_FITS := node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
  process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null
NPM_CI := $(WITH_NODE) npm ci --no-audit --no-fund --no-update-notifier --loglevel=error

PYTEST := $(BIN)/pytest
# Runs a command with a private Redis and PostgreSQL beside it.
WITH_SERVICES := $(BIN)/python tests/services.py run

.PHONY: help demo setup test lint format words test-frontend test-embedded test-real test-browser lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.editable $(BUILT)/manifest.json ## set up and play an evening (HOST, PORT and SPEED choose where and how fast)
	@exec $(BIN)/tablemates demo $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT)) $(if $(SPEED),--speed $(SPEED))

setup: $(VENV)/.dev $(VENV)/.editable $(BUILT)/manifest.json ## install and build everything, run nothing

test: setup ## set up and run every check and test
	$(MAKE) --no-print-directory --jobs=2 lint test-frontend
	$(WITH_SERVICES) $(MAKE) --no-print-directory --jobs=2 test-browser test-real test-embedded

lint: setup ## style, types and the rooms' import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## mend what the style check can mend by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

words: $(VENV)/.dev ## collect what the server says into its catalogues, to be translated
	$(BIN)/python $(WORDS)/build.py update

test-frontend: $(MODULES)/.stamp ## types and unit tests of the pages
	cd frontend && $(WITH_NODE) npx --no-install svelte-check --tsconfig ./tsconfig.json --fail-on-warnings
	cd frontend && $(WITH_NODE) npx --no-install vitest run

test-embedded: setup ## Python tests on SQLite, without whole servers (ARGS passes options to pytest)
	$(WITH_SERVICES) $(PYTEST) tests --ignore=tests/browser -m 'not whole' $(ARGS)

test-real: setup ## on PostgreSQL and Redis: what uses a database, and whole servers
	$(WITH_SERVICES) $(SHELL) -c 'DATABASE_URL=$$TEST_DATABASE_URL REDIS_URL=$$TEST_REDIS_URL \
	  exec $(PYTEST) tests --ignore=tests/browser -m "stored or whole" $(ARGS)'

test-browser: setup ## whole evenings in a real Chromium
	$(PYTEST) tests/browser $(ARGS)

lock: $(VENV)/.setup $(VENV)/.node ## resolve every dependency anew into requirements/ and frontend/
	$(call lock,--group setup,setup)
	$(call lock,--group node,node)
	$(call lock,--group zig,zig)
	$(call lock,pyproject.toml --extra fast -c requirements/setup.lock,base)
	$(call lock,pyproject.toml --group dev -c requirements/setup.lock -c requirements/base.lock,dev)
	cd frontend && $(WITH_NODE) npm update --package-lock-only --no-audit --no-fund
	cd frontend/browser && $(WITH_NODE) npm update --package-lock-only --no-audit --no-fund
	@# Where packages come from is each machine's own matter: no lock may name a registry.
	@! grep -HnE 'https?://' requirements/*.lock && ! grep -Hn '"resolved"' frontend/package-lock.json frontend/browser/package-lock.json

define lock
$(BIN)/uv pip compile $(1) --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --quiet --custom-compile-command "make lock" --output-file requirements/$(2).lock
endef

clean: ## remove all that was installed or built; data in var/ stays
	rm -rf $(VENV) $(MODULES) frontend/browser/node_modules $(BUILT)
	rm -f $(KERNEL)/kernel-* $(WORDS)/*/LC_MESSAGES/*.mo
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Installed and built things: each leaves a stamp, so that nothing is done twice.

$(VENV)/.setup: requirements/setup.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed, found $$($(PYTHON) -V 2>/dev/null || echo none). Install it, then run make with PYTHON=path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is missing. Install it (Debian, Ubuntu: apt install python3-venv), then run make again" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.base: requirements/base.lock $(VENV)/.setup
	$(UV_INSTALL) --require-hashes -r $<
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.base
	$(UV_INSTALL) --require-hashes -r $<
	@touch $@

$(VENV)/.compiler: requirements/zig.lock $(VENV)/.setup
	@$(BIN)/python $(KERNEL)/build.py 2>/dev/null || { echo "No C compiler here builds the matching kernel: putting Zig's into $(VENV)"; \
	  $(UV_INSTALL) --require-hashes -r $< || true; }
	@touch $@

# uv keeps silent about the hook, and may find nothing to do: this says so if the kernel did not compile.
$(VENV)/.editable: pyproject.toml hatch_build.py $(KERNEL)/build.py $(wildcard $(KERNEL)/*.[ch]) \
  $(WORDS)/build.py $(wildcard $(WORDS)/*/LC_MESSAGES/*.po) \
  $(VENV)/.base $(VENV)/.compiler
	$(UV_INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python $(KERNEL)/build.py || true
	@$(BIN)/python $(WORDS)/build.py
	@touch $@

$(VENV)/.node: requirements/node.lock $(VENV)/.setup
	@$(NODE_FITS) || { echo "No Node.js 20.19 or newer found: putting one into $(VENV)"; \
	  $(UV_INSTALL) --require-hashes -r $<; }
	@touch $@

$(MODULES)/.stamp: frontend/package.json frontend/package-lock.json frontend/.npmrc $(VENV)/.node
	cd frontend && $(NPM_CI)
	@touch $@

# Folders are listed too: their times tell of deleted files.
$(BUILT)/manifest.json: $(MODULES)/.stamp $(VENV)/.base frontend/vite.config.ts frontend/svelte.config.js \
  $(shell find frontend/src -not -name '*.test.ts' 2>/dev/null)
	cd frontend && $(WITH_NODE) npm run --silent build
	$(BIN)/python -m whitenoise.compress --quiet --no-brotli $(BUILT)
	@touch $@
