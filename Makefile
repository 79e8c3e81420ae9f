# make demo     build the graph of data/corpus and a page to look at
# make test     lint, types, layers, tests
# make test-slow  the long tests: fuzzing, hundreds of kills, load
# make lint     lint, types, layers
# make bench    the benchmarks
# make performance  the long ones, and the tables of docs/performance.md
# make docs     the pages that are generated: docs/cli.md, build/docs/ontology.html
# make lock     pin the dependencies anew: requirements.lock, docs/licences.md
# make audit    are there known holes in what is pinned?
# make sbom     list all that is installed: build/sbom.cdx.json
# make train    the models of data/kb/models, from the labels in the tree and beside it
# make clean    take away what was built (.venv stays)
#
# All that is installed goes into .venv; only Chromium and Virtuoso, which tests use, come from the system.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOLS := build/tools
STAMP := $(VENV)/.installed
DEMO := build/demo

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow lint bench performance docs train clean browser virtuoso lock audit sbom

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

# What is installed is what requirements.lock pins, by the hashes of its files; `make lock` follows setup.cfg.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(STAMP): setup.cfg pyproject.toml requirements.lock supply/ftm.lock
	$(PYTHON) -m venv $(VENV)
	PYTHONWARNINGS=ignore $(INSTALL) --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(INSTALL) --no-deps --no-build-isolation -e .
	@PYTHONWARNINGS=ignore $(INSTALL) --require-hashes --no-deps -r supply/ftm.lock || \
	  echo 'followthemoney is not installed (PyICU wants a compiler and libicu-dev): its tests are skipped'
	@touch $@

demo: $(STAMP)
	@mkdir -p build
	$(BIN)/kg build data/corpus -o $(DEMO) --fresh
	$(BIN)/kg view $(DEMO) -o $(DEMO)/graph.html
	@echo
	@echo 'Who acted against Telegram?'
	@$(BIN)/kg query $(DEMO) who-acted-against --platform Telegram
	@echo
	@echo 'What did Telegram answer?'
	@$(BIN)/kg query $(DEMO) what-did-they-answer --platform Telegram
	@echo
	@echo 'Which government fined whom, and how much?'
	@$(BIN)/kg query $(DEMO) fines-by-government-and-year
	@echo
	@echo 'Open in a browser: file://$(CURDIR)/$(DEMO)/graph.html'

lint: $(STAMP)
	$(BIN)/ruff check kg tests benchmarks
	$(BIN)/mypy --strict kg
	$(BIN)/lint-imports

test: lint browser virtuoso
	$(BIN)/python -m pytest

# Without an upper bound on time: ask for a folder with `make test-slow TESTS=tests/harm`.
test-slow: $(STAMP) virtuoso
	$(BIN)/python -m pytest -m slow --durations=20 $(TESTS)

# The browser tests skip, and say why, where this finds no Chromium; a failure here is not fatal.
browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo 'installing Chromium for the browser tests'; \
	  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1 \
	    || echo 'Chromium could not be installed: the browser tests will be skipped'; \
	else echo 'no Chromium here: the browser tests will be skipped'; fi

# A second SPARQL server: its tests skip, and say why, where this finds none.
virtuoso:
	@if command -v virtuoso-t >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo 'installing Virtuoso for the tests of SPARQL endpoints'; \
	  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends virtuoso-opensource-7-bin; } >/dev/null 2>&1 \
	    || echo 'Virtuoso could not be installed: its tests will be skipped'; \
	else echo 'no Virtuoso here: its tests will be skipped'; fi

# An hour or two on a machine that is left alone. The tables of the page are written anew, the text around them stays.
performance: $(STAMP)
	cd benchmarks && for what in 'scale.py --items 2000 --rounds 3' 'scale.py --sizes 1000,10000,92912' 'query.py --quads 100000' \
	  'query.py --quads 1000000' 'bulk.py --quads 1000000' 'incremental.py --sizes 100,1000,10000'; do \
	  echo "== $$what"; ../$(BIN)/python $$what --save || exit 1; done
	$(BIN)/python benchmarks/results.py --write

bench: $(STAMP)
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

# uv, pip-audit and cyclonedx-bom live apart from what they look at.
$(TOOLS)/.installed: supply/tools.lock
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r supply/tools.lock
	@touch $@

LOCK := $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header $(UPGRADE)

# `make lock UPGRADE=--upgrade` takes the newest versions that setup.cfg allows.
lock: $(STAMP) $(TOOLS)/.installed
	@mkdir -p build
	$(LOCK) setup.cfg --extra dev -o requirements.lock
	$(LOCK) setup.cfg --extra dev --extra ftm -c requirements.lock -o build/ftm.all
	$(PYTHON) supply/subtract.py build/ftm.all requirements.lock > supply/ftm.lock
	$(LOCK) supply/tools.in -o supply/tools.lock
	$(BIN)/python supply/list_licences.py > docs/licences.md

audit: $(TOOLS)/.installed
	@for file in requirements.lock supply/ftm.lock supply/tools.lock; do echo "== $$file"; \
	  $(TOOLS)/bin/python supply/audit.py $$file || exit 1; done

sbom: $(STAMP) $(TOOLS)/.installed
	@mkdir -p build
	$(TOOLS)/bin/cyclonedx-py environment --output-reproducible -o build/sbom.cdx.json $(BIN)/python
	@find data/kb ontology -type f | LC_ALL=C sort | xargs sha256sum > build/data.sha256
	@echo 'build/sbom.cdx.json lists what is installed, build/data.sha256 what is loaded from data/kb and ontology'

docs: $(STAMP)
	$(BIN)/python -m kg.cli.reference > docs/cli.md
	$(BIN)/python -m kg.rdf.describe build/docs

train: $(STAMP)
	@for file in training/train*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find kg tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
