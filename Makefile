# Everything a developer does. `make` alone lists it.
PYTHON ?= python3
PORT   ?= 8000
PY     := .venv/bin/python
UI     := $(wildcard ui/package-lock.json)
# The UI says some of the server's words, and is built anew when they change.
UI_SRC := $(if $(UI),$(shell find ui kaiwa/languages/strings -type f -not -name '*.py*' -not -path '*/node_modules/*' -not -path 'ui/dist/*'))
TYPED  := $(foreach top,kaiwa tests bench demo,$(if $(shell find $(top) -name '*.py' 2>/dev/null),$(top)))
NPM    := $(PY) hatch_build.py

# What does not wait for each other runs side by side, its lines kept together where make can.
BESIDE := --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check check-types check-rest check-browser bench docs lock clean
.DELETE_ON_ERROR:

help:   ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .make/python .make/intents $(if $(UI),.make/ui)   ## everything needed, into .venv and ui/node_modules

demo: setup   ## create, seed and serve the demo shop on PORT (8000)
	.venv/bin/kaiwa demo --port $(PORT)

run: setup   ## serve on PORT (8000) with the data of KAIWA_DATA
	.venv/bin/kaiwa serve --port $(PORT)

test: setup   ## the quick tests; ARGS are handed to pytest
	$(PY) -m pytest -n 2 -m "not browser and not slow" $(ARGS)

check:   ## everything that must hold before a merge
	@$(MAKE) $(BESIDE) check-types check-rest check-browser
	$(PY) -m pytest -n 2 --dist worksteal -m "not browser" $(ARGS)
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m browser tests/browser   # apart: a browser's loop stands in others' way
	@echo ok

# The longest of them begins first; it needs nothing that is trained or built.
check-types: .make/python
	$(PY) -m mypy $(TYPED)

check-browser: .make/python
	$(PY) tests/browser/find_chromium.py --install

check-rest: setup
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	.venv/bin/lint-imports
	$(if $(UI),$(NPM) run check)
	$(if $(UI),$(NPM) run test)

bench: setup   ## each bench prints one number beside its limit
	@set -e; for file in $(sort $(wildcard bench/[a-z]*.py)); do \
		echo "== $$file"; $(PY) -m "$$(echo "$${file%.py}" | tr / .)"; done

docs: setup   ## check the documents: links, decisions, both languages
	$(PY) -m pytest -q tests/house/test_docs.py

lock: .make/python   ## renew requirements/ from pyproject.toml (UPGRADE=1: newest versions)
	$(call compile,runtime)
	$(call compile,dev,--group dev --group test-oracles)

clean:   ## remove what the other targets made
	rm -rf .venv .make build dist ui/node_modules kaiwa/web/static kaiwa/bot/nlu/intents/shipped
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# No index, no download address: pip asks whatever index the machine is set to and checks the hash.
compile = .venv/bin/uv pip compile pyproject.toml $(2) --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade) --output-file requirements/$(1).txt

# Stamps: a second `make setup` does nothing.
.make/venv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kaiwa needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	@mkdir -p .make && touch $@

.make/requirements: requirements/dev.txt | .make/venv
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

.make/python: pyproject.toml hatch_build.py .make/requirements
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.make/intents: $(shell find kaiwa/bot/nlu kaiwa/languages -name '*.txt' -o -name '*.json') .make/python
	$(PY) -m kaiwa.bot.nlu.intents
	@touch $@

.make/node_modules: ui/package-lock.json ui/package.json | .make/python
	$(NPM) ci
	@touch $@

.make/ui: .make/node_modules $(UI_SRC)
	$(NPM) run build
	@touch $@
