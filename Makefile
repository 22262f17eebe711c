# The exhibition's own commands. `make` alone lists them.
# What a target needs is set up by deploy/setup, which does nothing where all is there already.

.DEFAULT_GOAL := help
.PHONY: demo test check bench faults soak screens format lock clean help
MAKEFLAGS += --no-print-directory

# Any Python from 3.11 on; 3.11 first, for that is what the lock files were made with.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; \
	done)

RUN := .venv/bin/python
# Tests wait more than they work: two at once take little more than half the time.
PROCESSES ?= 2
SOURCES = $(wildcard kiosk tests benchmarks deploy)

# $(call set-up,PURPOSE): demo, check, test or bench
define set-up
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer. On Debian, as root: apt-get update && apt-get install -y python3 python3-venv"; exit 1; }
	@$(PYTHON) -m deploy.setup $(1)
endef

demo: ## Start the whole exhibition on this machine: touchscreen, phones, wall and desk
	$(call set-up,demo)
	@.venv/bin/kiosk demo

test: ## Run the checks and all tests (installs Chromium where it is missing)
	$(call set-up,test)
	@$(MAKE) check
	$(RUN) -m pytest -n $(PROCESSES)

check: ## Check types, style, import floors, and sizes of files and functions
	$(call set-up,check)
	$(RUN) -m ruff check $(SOURCES)
	$(RUN) -m ruff format --check --quiet $(SOURCES)
	$(RUN) -m mypy $(SOURCES)
	.venv/bin/lint-imports --no-logo
	$(RUN) -m deploy.checks

bench: ## Measure this machine; writes build/bench.json too
	$(call set-up,bench)
	$(RUN) -m benchmarks

faults: ## Do it every harm there is, for hours; MINUTES=60 ends it, the next run goes on
	$(call set-up,test)
	$(RUN) -m tests.faults $(if $(MINUTES),--minutes $(MINUTES))

soak: ## Let weeks of visits pass in an hour, and see whether anything grows; MINUTES=30 shortens it
	$(call set-up,test)
	$(RUN) -m tests.soak $(if $(MINUTES),--minutes $(MINUTES))

screens: ## Take the screenshots of docs/screens
	$(call set-up,test)
	$(RUN) -m tests.pictures

format: ## Lay the code out and mend what the linter can mend
	$(call set-up,check)
	$(RUN) -m ruff check --fix $(SOURCES)
	$(RUN) -m ruff format $(SOURCES)

lock: ## Renew the lock files to the newest versions that fit (needs a network and npm)
	@$(PYTHON) -m deploy.setup.lock

clean: ## Remove what the set-up made (.venv and build); the data stays
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile
