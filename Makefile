# make help lists the targets.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
ARCHIVE ?= data/raw
# an output folder belongs to one archive: the sample's is out, another's bears its name
OUT ?= $(shell test "$(ARCHIVE)" = data/raw && echo out || echo "out/$$(basename "$(ARCHIVE)")")

.PHONY: help scan test check fix train bench notebooks bundle clean
.DELETE_ON_ERROR:

help:
	@echo "make scan       扫描 data/raw（或 ARCHIVE=目录 OUT=结果目录），生成台账草稿"
	@echo "make test       运行测试"
	@echo "make check      检查代码：风格、类型、各间的引用方向（只检查，不改动）"
	@echo "make fix        整理代码格式，修正能自动修正的问题"
	@echo "make train      重新训练模型"
	@echo "make bench      度量，结果写入 benchmarks/RESULTS.md"
	@echo "make notebooks  运行全部笔记本"
	@echo "make bundle     收集离线安装包：PLATFORM=windows 或 linux-x86_64、linux-aarch64，放在 out/bundle"
	@echo "make clean      删除 .venv 和 out"

scan: .venv/ready
	@$(BIN)/shixin scan "$(ARCHIVE)" --out "$(OUT)" || test $$? -eq 1

test: .venv/ready
	$(BIN)/python -m pytest --numprocesses auto

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

fix: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: .venv/ready
	$(BIN)/shixin train

bench: .venv/ready .venv-asreview/ready .venv-rivals/ready
	$(BIN)/python -m benchmarks

# ASReview is measured against, in an environment of its own: it needs other versions of what we use.
.venv-asreview/ready: benchmarks/asreview.lock
	$(PYTHON) -m venv .venv-asreview
	.venv-asreview/bin/pip install --quiet --disable-pip-version-check --requirement benchmarks/asreview.lock
	@touch $@

# So are other readers, on the same files. Docling is not among them: it needs models that it fetches from the network.
.venv-rivals/ready: benchmarks/rivals.lock
	$(PYTHON) -m venv .venv-rivals
	.venv-rivals/bin/pip install --quiet --disable-pip-version-check --requirement benchmarks/rivals.lock
	@touch $@

notebooks: .venv/ready
	$(BIN)/python notebooks/run.py out/notebooks

PLATFORM ?= windows
# a whole Python for the target, unpacked, for machines that have none; its version is PYTHON_VERSION
RUNTIME ?=
PYTHON_VERSION ?= 3.11
bundle: .venv/ready
	$(BIN)/python -m bundle.gather $(PLATFORM) out/bundle --python-version $(PYTHON_VERSION) $(if $(RUNTIME),--runtime "$(RUNTIME)")

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

clean:
	rm -rf .venv .venv-asreview .venv-rivals out
