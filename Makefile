# Everything is set up inside this folder; `make` alone lists what can be done.
PYTHON ?= python3
VENV := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run train eval eval-spoken bench bench-scale test check docs requirements clean

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## both environments
	@$(PYTHON) scripts/setup.py

setup-dev: ## both environments, and what tests and checks need
	@$(PYTHON) scripts/setup.py --dev

run: setup ## set up what is missing and serve on http://127.0.0.1:8000 (ARGS="--port 8001")
	@exec $(VENV)/python -m assistant serve --prepare $(ARGS)

train: setup ## train the model for the templates as they are now
	@$(VENV)/python -m assistant train $(ARGS)

eval: setup ## answer the evaluation questions, also misspelled, and keep a report (ARGS="--accept")
	@$(VENV)/python -m assistant eval --spelling no_marks,two_letters $(ARGS)

eval-spoken: setup ## 300 questions through speech, the same in noise (ARGS="--data DIR")
	@$(VENV)/python -m assistant eval --spoken 300 $(ARGS)

bench: setup ## measure times, memory and disk (ARGS="--limit 100")
	@$(VENV)/python -m assistant.bench $(ARGS)

bench-scale: setup ## understanding with 2,000 places, and a training from scratch (ARGS="--no-training")
	@$(VENV)/python -m assistant.bench.scale $(ARGS)

test: setup-dev ## run all tests (ARGS="tests/language -k numbers")
	@$(VENV)/python -m pytest $(ARGS)

check: ## lint, format and types
	@$(PYTHON) scripts/setup.py --dev --app-only
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy

docs: setup ## write the README's generated tables anew
	@$(VENV)/python scripts/docs.py

COMPILE := .uv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header
requirements: setup ## pin all packages anew after a change of pyproject.toml or nlu/requirements.in
	$(COMPILE) pyproject.toml --universal --python-version 3.11 -o requirements.txt
	$(COMPILE) pyproject.toml --extra dev --universal --python-version 3.11 -c requirements.txt -o requirements-dev.txt
	cd nlu && ../$(COMPILE) requirements.in --override overrides.txt \
		--python-version 3.10 --python-platform x86_64-manylinux_2_28 -o requirements.txt

clean: ## remove environments and caches; the data folder var/ stays
	rm -rf .uv .venv nlu/.venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
