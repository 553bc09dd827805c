# The course from the command line. `make` alone says what there is.
# Paths are relative throughout: the folder may have a space in its name.

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help course lab card test book exercises lint clean

help: ## say what each target does
	@echo "Each target first makes .venv with what it needs, once (a few minutes)."
	@echo
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 18
	@echo
	@echo "Options go in ARGS, for example: make course ARGS=--full"

course: $(READY) ## run every lecture, grade every solution and a sample class, write a report
	@echo "Running the lectures and grading the sample class; the report goes to build/report."
	@$(PY) -m cs5045ae course $(ARGS)

lab: $(READY) ## open JupyterLab on the course, with your own copies of the exercises
	@$(PY) -m cs5045ae lab $(ARGS)

card: $(READY) ## sum up how far your own copies in work/ have come
	@$(PY) -m cs5045ae card $(ARGS)

test: $(READY) ## run the whole test suite
	@echo "Running the test suite, two files at a time."
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

book: $(READY) ## render the lectures as web pages, and nothing else
	@echo "Rendering the lectures; the pages go to build/report."
	@$(PY) -m cs5045ae course --lectures-only $(ARGS)

exercises: $(READY) ## make exercises/ from solutions/
	@$(PY) -m cs5045ae exercises $(ARGS)

lint: $(READY) ## look at style, types, stripped outputs and stale exercises
	@echo "Looking at style."
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@echo "Looking for outputs in notebooks."
	@find lectures solutions -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*' \
		-exec $(PY) -m nbstripout --verify --keep-id {} +
	@echo "Looking at types."
	@$(PY) -m mypy
	@echo "Looking whether the exercises are what the solutions give."
	@$(PY) -m cs5045ae exercises --check

clean: ## delete what the commands made; your work/ and the set-up stay
	@echo "Deleting build/ and caches; work/ and .venv stay."
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@echo "Setting up .venv from pyproject.toml and constraints.txt."
	@sh -c 'for python in $${PYTHON:-} python3 python3.13 python3.12 python3.11; do \
		if $$python -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" 2>/dev/null; \
		then echo $$python; exit 0; fi; done; exit 1' > .python-found \
		|| { rm -f .python-found; echo "No Python 3.11, 3.12 or 3.13 was found (TensorFlow has no other yet): install one, or name it, as in make course PYTHON=/path/to/python3.12" >&2; exit 1; }
	@python=$$(cat .python-found); rm -f .python-found; \
		"$$python" -c "import ensurepip, venv" 2>/dev/null \
		|| { echo "$$python cannot make environments: install its venv package (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }; \
		echo "Using $$($$python --version), $$python"; \
		"$$python" -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[cluster,dev]'
	@touch $(READY)
