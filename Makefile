# make scan · make test · make check · make train · make bench
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
ARCHIVE ?= data/raw
OUT ?= out

.PHONY: scan test check train bench clean
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

bench: .venv/ready
	$(BIN)/python -m benchmarks

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

clean:
	rm -rf .venv out
