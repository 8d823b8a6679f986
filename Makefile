# make run   sets everything up, loads the demonstration cycle, serves it, prints sign-in links
# make test  sets up and runs all tests, on SQLite and on PostgreSQL
PYTHON ?= $(shell command -v python3.11 || command -v python3)
FLASK := .venv/bin/flask --app wsgi
TESTS ?= tests
WORKERS ?= 2

.PHONY: run test setup test-setup check clean
.DELETE_ON_ERROR:

run: setup
	bash deploy/system.sh run
	$(FLASK) db upgrade
	$(FLASK) demonstration load
	bash deploy/serve.sh

setup: .venv/.run-installed static/build/.made

test-setup: .venv/.test-installed static/build/.made
	bash deploy/system.sh test

test: test-setup
	.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not postgresql_alone" $(TESTS)
	.venv/bin/python -m tests.postgres .venv/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not one_database" $(TESTS)

check: test-setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run-installed: requirements.txt constraints.txt | .venv/bin/python
	.venv/bin/pip install -q -r requirements.txt -c constraints.txt
	touch $@

.venv/.test-installed: tests/requirements.txt .venv/.run-installed
	.venv/bin/pip install -q -r tests/requirements.txt -c constraints.txt
	touch $@

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	touch $@

# The charts' script comes out of the Python package that also draws them for print.
static/build/.made: node_modules/.installed .venv/.run-installed $(wildcard static/css/* static/*.mjs)
	npm run --silent build
	.venv/bin/python -m reports.charts.vega.bundle static/build/vega.js
	touch $@

clean:
	rm -rf .venv node_modules static/build instance
