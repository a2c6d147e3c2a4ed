# Everything that one does with this repository. Start with `make demo` or `make test`.

# The first interpreter that is young enough; name another with `make PYTHON=...`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)

.PHONY: help setup demo test lint unit unit-3.13 infra store e2e docs bench requirements clean

help:  ## Show what there is
	@grep -E '^[a-z0-9.-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup:  ## Make .venv and node_modules, pinned, unless they are up to date
	@test -n "$(PYTHON)" || { echo "Rolecall needs Python 3.11 or newer; none was found on the PATH." >&2; exit 2; }
	@$(PYTHON) tools/setup.py

demo: setup  ## Deploy to an embedded AWS, catch an intruder (KEEP=1 leaves it running)
	@python -m demo

test: lint unit unit-3.13 infra store e2e  ## Everything below, in this order

lint: setup  ## Style, types, layers
	ruff format --check .
	ruff check .
	mypy

unit: setup  ## Rules, policy, model, use cases, adapters, command line: under a minute
	pytest -n 2 -m "not dynamodb_local" --ignore=tests/infra --ignore=tests/e2e

unit-3.13: setup  ## The same on Python 3.13, Lambda's version, where it is at hand
	@tools/unit_3_13.sh

infra: setup  ## The synthesized stacks
	pytest tests/infra

store: setup  ## The findings table on Amazon's DynamoDB Local; needs Java
	pytest -m dynamodb_local

e2e: setup  ## The stacks, deployed to the embedded AWS with IAM enforced
	pytest tests/e2e

docs: setup  ## Write the generated pages anew
	python -m tools.pages

bench: setup  ## Measure; prints medians
	python -m bench

requirements: setup  ## Resolve all dependencies anew and pin them
	tools/compile_requirements.sh

clean:  ## Remove what the other targets made
	rm -rf .venv .venv-3.13 .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache node_modules cdk.out
