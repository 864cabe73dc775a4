# Everything a developer types. Needs Python 3.11 or newer and make; the rest comes from the lock files into .venv.
#
#   make run PORT=8001 DATA_DIR="/somewhere/else" DEMO=0
#   make test ARGS="-k venster"
#
# Paths are relative and programs are run as modules, so that a clone may lie in a folder with a space in its name.

SHELL := /bin/sh
.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help run test test-browser test-webkit lint bench fouten lock clean
export PYTHON PORT DATA_DIR DEMO
unexport PYTHONHOME PYTHONPATH

VENV := .venv/bin/python

# The first Python that is new enough installs the lock file $(1); at once when that was done before.
define install
@for python in "$${PYTHON:-python3.13}" $${PYTHON:+-} python3.12 python3.11 python3; do \
	[ "$$python" = "-" ] && break; \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		exec "$$python" -I config/install.py $(1); \
	fi; \
done; \
echo "Python 3.11 or newer is needed, and $${PYTHON:-python3} is $$("$${PYTHON:-python3}" -V 2>/dev/null || echo not there)." \
	"Install it, or say where it is: make PYTHON=/path/to/python3.12" >&2; exit 1
endef

help: ## Show this
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

run: ## Start everything; Ctrl-C stops it (PORT, DATA_DIR, DEMO=0)
	$(call install,requirements.lock)
	@exec $(VENV) -m config.start

test: ## All tests but the browser's (ARGS="-k something")
	$(call install,requirements-dev.lock)
	@exec $(VENV) -m pytest $(ARGS)

test-browser: ## The tests that need Chromium
	$(call install,requirements-dev.lock)
	@$(VENV) -m pytest tests/e2e --ignore=tests/e2e/telefoon/test_cijfers.py $(ARGS)
	@[ -n '$(ARGS)' ] || exec $(VENV) -m pytest tests/e2e/telefoon/test_cijfers.py -n 0 # what is timed runs alone

test-webkit: ## The phone's main path in the engine of iPhones (needs WebKitGTK's driver and Xvfb)
	$(call install,requirements-dev.lock)
	@exec $(VENV) -m pytest tests/e2e/telefoon/test_webkit.py -n 0 -m webkit $(ARGS)

fouten: ## The slow fault tests: kill -9, doubled messages, outages; 1,000 random runs of the phone (needs Chromium)
	$(call install,requirements-dev.lock)
	@$(VENV) -m pytest tests/faults -n 0 -m "duur or not duur" $(ARGS)
	@FOUTENRONDES="$${FOUTENRONDES:-1000}" exec $(VENV) -m pytest tests/e2e/telefoon/test_willekeurig.py -n 0 -s $(ARGS)

lint: ## Style, types (also of the phone app), contracts between the rooms, missing migrations, deploy check
	$(call install,requirements-dev.lock)
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	$(VENV) -m tests.javascript
	$(VENV) -c 'from importlinter.cli import lint_imports_command as check; check()'
	$(VENV) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@echo manage.py check --deploy
	@SECRET_KEY="$$($(VENV) -c 'import secrets; print(secrets.token_urlsafe(60))')" ALLOWED_HOSTS=ooievaar.example.org \
	DATABASE_URL=postgresql://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 EMAIL_URL=consolemail:// \
	DJANGO_SETTINGS_MODULE=config.settings.production $(VENV) manage.py check --deploy --fail-level WARNING

bench: ## Our speed beside the limit of this machine
	$(call install,requirements-dev.lock)
	@exec $(VENV) -m tests.benchmarks $(ARGS)

lock: ## Write the lock files anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements.lock $(ARGS)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements-dev.lock --constraint requirements.lock $(ARGS)

clean: ## Remove .venv and caches; DATA_DIR (var/) stays
	rm -rf .venv staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
