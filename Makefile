# Needs Python 3.11 or later with pip and venv; everything else is installed into .venv.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK = 1
# The locked packages go into .venv, on the Python that made it. The machine's own certificates are
# trusted where it has some: behind a company's proxy nothing else is.
CERTIFICATES = $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt)
UV = UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv \
	UV_SYSTEM_CERTS=$(if $(CERTIFICATES),true,false) .venv/bin/uv
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench docs messages browser clean

help: ## Explain the targets
	@echo "Usage: make TARGET"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile

run: .venv/ready-to-run ## Run the portal on http://127.0.0.1:8000 (PORT=8001, ARGS="--data /srv/x --no-demo")
	@$(BIN)/cartagena serve --port $(PORT) $(ARGS)

test: .venv/ready-to-develop browser ## Run all tests (ARGS="-k limit tests/apps" for some of them)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

check: .venv/ready-to-develop ## Check style, types, architecture, templates, spelling, settings
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --quiet --lint cartagena
	@$(BIN)/codespell
	@$(BIN)/cartagena messages check
	@DJANGO_SETTINGS_MODULE=tests.settings CARTAGENA_HTTPS=1 \
		$(BIN)/python -m django check --deploy --fail-level WARNING --pythonpath .
	@DJANGO_SETTINGS_MODULE=tests.settings \
		$(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run --pythonpath .

fix: .venv/ready-to-develop ## Repair what can be repaired by a program: format and simple findings
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench: .venv/ready-to-develop ## Measure, side by side with what one would use otherwise
	@$(BIN)/python -m benchmarks.evaluate_plan $(ARGS)
	@$(BIN)/python -m benchmarks.search
	@$(BIN)/python -m benchmarks.analyse_reports
	@$(BIN)/python -m benchmarks.import_records
	@$(BIN)/python -m benchmarks.save_reports
	@$(BIN)/python -m benchmarks.peer_index

docs: .venv/ready-to-develop ## Write the pages that are made from the code (docs/reference)
	@$(BIN)/cartagena docs $(ARGS)

messages: .venv/ready-to-develop ## Collect the texts of the interface for translators and compile them
	@$(BIN)/cartagena messages update

clean: ## Remove what the targets made, but never the data folder
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/uv:
	@echo "Making the environment in .venv ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet "uv>=0.9"

.venv/ready-to-run: uv.lock pyproject.toml | .venv/bin/uv
	@echo "Installing what is needed to run ..."
	@$(UV) sync --quiet --frozen --no-dev --inexact
	@touch $@

.venv/ready-to-develop: uv.lock pyproject.toml | .venv/bin/uv
	@echo "Installing what is needed to test and check ..."
	@$(UV) sync --quiet --frozen --inexact
	@touch $@ .venv/ready-to-run

# Tests in a browser use Debian's Chromium. Without it they are left out, and the run says so; in CI
# (CI=true) a missing Chromium is a failure.
browser:
	@command -v chromium >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the tests in a browser ..."; \
			{ apt-get update && DEBIAN_FRONTEND=noninteractive \
				apt-get install --yes --no-install-recommends chromium fonts-dejavu-core fonts-noto-core; \
			} >.venv/apt.log 2>&1 || tail -n 5 .venv/apt.log; \
		fi; }
