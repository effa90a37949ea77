# Needs make and Python 3.11 or newer; everything else is installed under .venv.
#   make run          the whole product at http://localhost:8000   (PORT=8001 make run)
#   make test         all tests                                   (make test ARGS="tests/house -x")
#   make proof        races of 8 x 2,000 flags, kill -9 of everything, query plans, every page; prints a table, takes an hour
#   make values       every value in every field of every form, for each role; takes longer
#   make bench        every budget of docs/performance.md, measured; prints a table (BENCH_PEOPLE=10000 is quick)
#   make lint         style, who may import whom, templates, migrations, translations, deployment checks
#   make shots        pictures of every page of the demo's people, three languages, two widths (ARGS="kaisa nobody --language fi")
#   make messages     collect texts into the translation catalogues
#   make drawings     draw docs/states.md anew
#   make pins         requirements*.txt from requirements*.in
.DEFAULT_GOAL := run
.PHONY: run test proof values bench shots lint messages drawings pins

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
ARGS ?=

run: .venv/.run
	@exec $(BIN)/python manage.py run

test: .venv/.dev
	@$(BIN)/python -m pytest $(ARGS)

proof: .venv/.dev
	@export PROOF=1 PROOF_FLAGS=$${PROOF_FLAGS:-2000}; \
	$(BIN)/python -m pytest tests/proof -m "not alone" --create-db $(ARGS); together=$$?; \
	$(BIN)/python -m pytest tests/proof -m alone -n0 --create-db $(ARGS) && exit $$together

values: .venv/.dev
	@EVERY_VALUE=1 $(BIN)/python -m pytest tests/forms/test_bad_input.py $(ARGS)

bench: .venv/.dev
	@$(BIN)/python -m scripts.bench

shots: .venv/.dev
	@$(BIN)/python -m scripts.shots $(ARGS)

lint: .venv/.dev
	@scripts/lint

messages: .venv/.dev
	@$(BIN)/python -m scripts.check_translations --write

drawings: .venv/.dev
	@$(BIN)/python -m scripts.draw_states

# Pins come from the public index; nothing of the machine that made them goes into the files.
pins: .venv/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-tools
	@for list in requirements requirements-dev; do \
	    $(BIN)/pip-compile --quiet --allow-unsafe --generate-hashes --strip-extras --no-emit-index-url \
	        --no-emit-trusted-host --no-emit-find-links --output-file=$$list.txt $$list.in || exit 1; \
	done

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, but $(PYTHON) is not installed."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed; $(PYTHON) is older. Another one can be named: PYTHON=python3.12 make run"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Making .venv (once) …"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	@echo "Installing what the product runs on (once) …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Installing what checks and tests need (once) …"
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@
