#!/usr/bin/env bash
# Resolves every requirements*.in anew and pins the result with hashes.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
  .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate \
    --custom-compile-command "make requirements" "$@"
}

# The largest set first: the others are parts of it and take its versions.
compile --python-version 3.11 --upgrade requirements-dev.in --output-file requirements-dev.txt
compile --python-version 3.11 requirements.in --constraints requirements-dev.txt --output-file requirements.txt
compile --python-version 3.11 requirements/unit.in --constraints requirements-dev.txt --output-file requirements/unit.txt
compile --python-version 3.13 requirements/lambda.in --constraints requirements-dev.txt --output-file requirements/lambda.txt
compile --python-version 3.11 --upgrade requirements/node.in --output-file requirements/node.txt
compile --python-version 3.11 requirements/uv.in --constraints requirements-dev.txt --output-file requirements/uv.txt
