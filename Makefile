# make scan · make test · make check · make train · make bench · make notebooks
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
ARCHIVE ?= data/raw
OUT ?= out

.PHONY: scan test check train bench notebooks clean
.DELETE_ON_ERROR:

scan: .venv/ready
	@$(BIN)/shixin scan "$(ARCHIVE)" --out "$(OUT)" || test $$? -eq 1

test: .venv/ready
	$(BIN)/python -m pytest

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train: .venv/ready
	$(BIN)/shixin train

bench: .venv/ready .venv-asreview/ready
	$(BIN)/python -m benchmarks

# ASReview is measured against, in an environment of its own: it needs other versions of what we use.
.venv-asreview/ready: benchmarks/asreview.lock
	$(PYTHON) -m venv .venv-asreview
	.venv-asreview/bin/pip install --quiet --disable-pip-version-check --requirement benchmarks/asreview.lock
	@touch $@

notebooks: .venv/ready
	$(BIN)/python notebooks/run.py out/notebooks

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

clean:
	rm -rf .venv .venv-asreview out
