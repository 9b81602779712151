# Each target only calls plain commands; README.md gives them for machines without make.
PYTHON ?= python3
PY = .venv/bin/python

.PHONY: app test setup check lock

app: setup ## start the tutor and print its address
	@$(PY) app.py

test: ## set up what the tests need and run them
	@$(PYTHON) bootstrap.py --tests
	@$(PY) -m pytest

setup: ## make .venv (both app and test do this first)
	@$(PYTHON) bootstrap.py

check: ## format, lint and types
	@$(PYTHON) bootstrap.py --tests
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

lock: ## pin every package anew
	@sh requirements/lock.sh
