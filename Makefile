# `make run` and `make test` install what they need. Everything lives in .venv, node_modules, .build and .data.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PY := .venv/bin/python
CODE := shared functions infra layers local
WORKERS ?= 2
export PYTHONDONTWRITEBYTECODE =
export CDK_DISABLE_CLI_TELEMETRY = 1

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sort | sed -E 's/:.*## /\t/' | expand -t 16

.venv/.installed: requirements/dev.txt local/find_python.sh
	@echo "Installing Python packages (a minute at most the first time) …"
	@test -x $(PY) || "$$(sh local/find_python.sh)" -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@.venv/bin/uv pip install --python $(PY) --require-hashes -r requirements/dev.txt \
	  || .venv/bin/pip install --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.installed: package-lock.json
	@echo "Installing the CDK command line …"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

WEB := web/node_modules
WEB_SOURCES := $(shell find web/src web/console web/widget -type f) web/build.mjs web/vite.config.ts web/tsconfig.json

$(WEB)/.installed: web/package-lock.json
	@echo "Installing the pages' packages …"
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB)/.built: $(WEB)/.installed $(WEB_SOURCES)
	@echo "Building the pages …"
	@cd web && npm run --silent build -- --silent
	@touch $@

.PHONY: web
web: $(WEB)/.built ## Build the pages into web/dist

CHROMIUM ?= /usr/bin/chromium

$(CHROMIUM):
	@echo "Installing Debian's chromium …"
	@apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null

.PHONY: test-web
test-web: .venv/.installed $(WEB)/.built | $(CHROMIUM) ## Check the pages: types, lint, units, and the whole system in a browser
	@cd web && npm run --silent types && npm run --silent lint
	@cd web && CHROMIUM=$(CHROMIUM) node_modules/.bin/vitest run --project unit --project e2e

.PHONY: screenshots
screenshots: .venv/.installed $(WEB)/.built | $(CHROMIUM) ## Write docs/screenshots from a fresh system
	@fc-list 2>/dev/null | grep -qi 'noto.*cjk' || { apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-cjk >/dev/null; }
	@cd web && CHROMIUM=$(CHROMIUM) node_modules/.bin/vitest run --project screenshots

.PHONY: install
install: .venv/.installed ## Install the Python packages

.PHONY: run
run: .venv/.installed $(WEB)/.built ## Start the whole system with a demonstration (PORT, METRICS_PORT, DATA_DIR, SEED)
	@exec $(PY) -m local.run

.PHONY: reset
reset: .venv/.installed ## Empty the local system's data
	@$(PY) -m local.reset

.PHONY: test
test: .venv/.installed node_modules/.installed ## Run every test
	$(PY) -m pytest -n $(WORKERS)
	$(MAKE) --no-print-directory test-web

.PHONY: check
check: .venv/.installed ## Format, lint, types, architecture: under a minute
	$(PY) -m ruff format --check -q .
	$(PY) -m ruff check -q .
	$(PY) -m mypy
	$(PY) -m pytest tests/architecture -p no:cacheprovider

.PHONY: format
format: .venv/.installed ## Format and fix what can be fixed
	$(PY) -m ruff check --fix -q . || true
	$(PY) -m ruff format -q .

.PHONY: docs
docs: .venv/.installed ## Write what is generated: docs/openapi.json, the README's route list, docs/configuration.md
	$(PY) -m functions.container.openapi
	$(PY) -m local.reference

.PHONY: simulate
simulate: .venv/.installed ## Random schedules of faults against every promise (SEED, RUNS, JOBS)
	$(PY) -m tests.simulation.run --seed $${SEED:-1} --runs $${RUNS:-2000} --jobs $${JOBS:-2}

.PHONY: redrive
redrive: .venv/.installed ## Send dead letters through again (QUEUE=name or all; without it: count them)
	$(PY) -m functions.container.redrive $(QUEUE)

.PHONY: import-kb
import-kb: .venv/.installed ## Bring a folder of Markdown files in as articles (DIR, PUBLISH=1)
	@$(PY) -m local.import_kb $(if $(PUBLISH),--publish) $(if $(DIR),"$(DIR)")

.PHONY: rotate-keys
rotate-keys: .venv/.installed ## Make a new wrapping key now and wrap every data key again
	$(PY) -m functions.container.keys rotate

.PHONY: recount
recount: .venv/.installed ## Count every ticket again and compare with the reports' counters (WRITE=1 corrects them)
	$(PY) -m functions.container.recount $(if $(WRITE),--write)

.PHONY: eval
eval: .venv/.installed ## Evaluate the assistant: docs/evaluation.md, or a file of yours (TASK, DATA, ARTICLES)
	$(PY) -m tests.evaluation.run $(if $(TASK),--task $(TASK)) $(if $(DATA),--data $(DATA)) $(if $(ARTICLES),--articles $(ARTICLES))

.PHONY: bench
bench: .venv/.installed ## Measure and write docs/benchmarks.md
	$(PY) -m tests.performance.bench

.PHONY: bench-short
bench-short: .venv/.installed ## Check the cold start against the committed figures
	$(PY) -m tests.performance.bench --check

.PHONY: layers
layers: .venv/.installed ## Build the Lambda layers for arm64
	$(PY) -m layers.build

.PHONY: synth
synth: .venv/.installed node_modules/.installed layers ## Write the CloudFormation templates to cdk.out
	node_modules/.bin/cdk synth --quiet --no-notices

.PHONY: deploy-local
deploy-local: .venv/.installed node_modules/.installed ## Deploy the stacks to the emulator: every route is a Lambda
	@exec $(PY) -m local.run_lambdas

.PHONY: lock
lock: .venv/.installed ## Pin the newest versions pyproject.toml allows
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url \
	  --python-version 3.11 --no-header -q -o requirements/dev.txt --upgrade

.PHONY: attacks
attacks: .venv/.installed ## Try every attack on the assistant and write docs/evaluation.md, or a corpus (CORPUS=package or folder)
	$(PY) -m tests.attacks.run $(if $(CORPUS),--corpus $(CORPUS))
