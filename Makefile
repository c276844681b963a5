# Everything a newcomer needs: `make demo`, `make test`. The environment lives in .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: setup demo pictures test check lint types layers clean
setup: $(STAMP)
demo: $(STAMP)
	rm -rf demo && mkdir demo
	$(BIN)/kg ingest examples --store demo/atlantic.kg
	$(BIN)/kg rifts --store demo/atlantic.kg
	$(BIN)/kg alliances --store demo/atlantic.kg
	$(BIN)/kg export html demo/atlantic.html --store demo/atlantic.kg
	@echo "Open $(CURDIR)/demo/atlantic.html in a browser."

# What docs and README show and print, made anew from the examples; needs Chromium.
pictures: $(STAMP)
	$(BIN)/python tools/pictures.py
	$(BIN)/python tools/tutorial.py

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

check: lint types layers
lint: $(STAMP)
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
types: $(STAMP)
	$(BIN)/mypy
layers: $(STAMP)
	$(BIN)/lint-imports

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; v=sys.version_info; sys.exit(0 if (3,11)<=v[:2]<(3,14) else "transatlantic-kg needs Python 3.11, 3.12 or 3.13, and %s is %d.%d. Hint: make PYTHON=python3.12" % (sys.executable, v[0], v[1]))'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[documents,analysis,report,serve]" --group dev
	touch $(STAMP)

clean:
	rm -rf $(VENV) demo build dist
