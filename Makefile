# What this project can do for you. Needed: Python 3.11 or newer, make and git; all else is set up in .venv.
# Packages come from wherever your own pip is set up to look: a mirror works as it is.

PYTHON ?= python3
# For `make plan`: another scenario, the language (en or zh).
scenario ?= scenarios/baseline.yaml
lang ?= en
# For `make bench`: which sections (`python -m benchmarks --list`); by default all but the long ones.
section ?=
# For `make test`: the least share of branches and lines that unit tests must walk, in per cent; compiled code aside.
COVERAGE ?= 90
# And how many tests run side by side.
JOBS ?= 2

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A stamp is an empty file that says "done": what it depends on has not changed, so the step is left out.
STAMPS := .venv/stamps
PARTS := run lab docs dev bench
# Ready to run the main job: the run part of the lock, the workbench itself, its kernels compiled ahead.
READY := $(STAMPS)/kernels
PYTEST := $(BIN)/python -m pytest -q -p no:nbval -n $(JOBS) --dist worksteal
NBVAL := $(BIN)/python -m pytest -q --nbval-current-env --nbval-cell-timeout=120 -n $(JOBS) --dist loadfile
CHROMIUM := $(shell for name in chromium chromium-browser google-chrome; do command -v $$name && break; done)

# Steps that do not wait for each other go side by side: style, types and docs beside what is set up and compiled.
MAKEFLAGS += --no-print-directory --jobs=$(JOBS)
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help plan check test style docs lab app bench lock clean

help:  ## this list · 本说明
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' Makefile

plan: $(READY)  ## the answer for the demo city; lang=zh, scenario=FILE · 测算演示城市，可加 lang=zh、scenario=文件
	@echo "== Planning: $(scenario)"
	@$(BIN)/workbench plan $(scenario) --lang $(lang)

style: $(STAMPS)/dev
	@echo "== Style (ruff)" && $(BIN)/ruff check && $(BIN)/ruff format --check
	@echo "== Types (mypy)" && $(BIN)/mypy

check: style $(READY)  ## the quick ones: style, types, unit tests · 快速检查
	@echo "== Unit tests (pytest)"
	@$(PYTEST) tests/unit
	@echo "== Done: every quick check passed"

test: style docs $(READY)  ## all checks: style, types, tests, notebooks · 全部检查
	@echo "== Environment: the lock is complete"
	@$(BIN)/python -m pip --disable-pip-version-check --quiet check
	@echo "== Unit tests and documented examples (pytest), at least $(COVERAGE) % covered"
	@$(PYTEST) --cov --cov-report=term-missing:skip-covered --cov-fail-under=$(COVERAGE) workbench tests/unit
	@# Counting lines makes tests take twice as long: whole jobs and slow, obviously right versions go without.
	@echo "== Whole jobs, baselines, oracles and properties (pytest)"
	@$(PYTEST) tests/functional tests/baseline tests/notebooks tests/oracle tests/property
ifneq ($(wildcard notebooks/guide/*.ipynb),)
	@echo "== Guide notebooks: outputs compared"
	@$(NBVAL) --nbval --nbval-sanitize-with tests/notebooks/sanitize.cfg notebooks/guide
endif
ifneq ($(wildcard notebooks/study/*.ipynb notebooks/app/*.ipynb),)
	@echo "== Study and app notebooks: run"
	@$(NBVAL) --nbval-lax $(wildcard notebooks/study notebooks/app)
endif
ifneq ($(wildcard tests/browser/test_*.py),)
ifneq ($(CHROMIUM),)
	@echo "== The app and JupyterLab in a real browser; pictures go to artefacts/browser"
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile tests/browser
else
	@echo "== Left out: the checks in a real browser, since there is no Chromium on this machine."
	@echo "   To have them, install it: apt-get install chromium fonts-noto-cjk"
endif
endif
	@echo "== Done: every check passed"

docs: $(STAMPS)/docs $(STAMPS)/package  ## the documentation as a site, every link followed · 生成文档网站
	@echo "== Documentation: built, every link followed (mkdocs)"
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "   The site: artefacts/site/index.html"

lab: $(STAMPS)/lab $(READY)  ## the notebooks in JupyterLab · 在 JupyterLab 中打开笔记本
	@JUPYTER_CONFIG_PATH=$(CURDIR)/tools/jupyter $(BIN)/jupyter lab

app: $(STAMPS)/lab $(READY)  ## the planners' app in a browser; lang=zh, scenario=FILE · 浏览器测算页面
	@$(BIN)/workbench app --scenario $(scenario) --lang $(lang)

bench: $(STAMPS)/bench $(READY)  ## what the speed claims rest on; section=NAME · 运行性能对比，可加 section=名称
	@echo "== Benchmarks: benchmarks/RESULTS.md"
	@$(BIN)/python -m benchmarks $(section)

lock: $(BIN)/pip  ## pin all packages anew (needs uv) · 重新锁定依赖版本（需要 uv）
	@command -v uv >/dev/null || { echo "'make lock' needs uv: install it, then try again."; exit 1; }
	@$(BIN)/python tools/lock.py

clean:  ## take the set-up and caches away; results stay · 清除环境与缓存，保留测算结果
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The set-up, each step done once ---------------------------------------------------------------------------

# pip is the last thing that lands in a new environment; without it the environment is not whole.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; '$(PYTHON)' is older or not there."; \
		echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "== Setting up: a Python environment in .venv"
	@$(PYTHON) -m venv .venv || { \
		echo "Python could not make an environment; on Debian or Ubuntu install python3-venv first."; exit 1; }

# One part of the lock: from its marker to the next.
$(PARTS:%=.venv/%.txt): .venv/%.txt: requirements.lock | $(BIN)/pip
	@awk '/^# === / {wanted = ($$3 == "$*")} wanted' requirements.lock > $@

# The lock names everything that is needed, so nothing is looked up beside it (--no-deps); `make test` proves it.
$(PARTS:%=$(STAMPS)/%): $(STAMPS)/%: .venv/%.txt
	@echo "== Setting up: part '$*' of requirements.lock (once; a few minutes on a slow line)"
	@$(PIP) install --require-hashes --no-deps -r $<
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/lab: $(STAMPS)/run
$(STAMPS)/docs: $(STAMPS)/lab
$(STAMPS)/dev: $(STAMPS)/docs
$(STAMPS)/bench: $(STAMPS)/dev

$(STAMPS)/package: pyproject.toml $(STAMPS)/run
	@echo "== Setting up: the workbench itself"
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/kernels: $(STAMPS)/package $(shell find workbench/compiled workbench/grouping workbench/simulation workbench/planning -name "*.py")
	@echo "== Setting up: compiling grouping and simulation (once)"
	@$(BIN)/python -m workbench.jobs.compile_ahead
	@touch $@
