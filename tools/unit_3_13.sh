#!/usr/bin/env bash
# Runs the unit tests on Python 3.13, which is what Lambda gets, where that interpreter is at hand.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python() {
  local python
  for python in python3.13 "$(pyenv prefix 3.13 2>/dev/null || true)/bin/python3.13"; do
    if "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
}

python=$(find_python)
if [ -z "$python" ]; then
  echo "Skipped the unit tests on Python 3.13: no such interpreter is on the PATH."
  exit 0
fi
if ! cmp -s requirements/unit.txt .venv-3.13/.setup; then
  "$python" -m venv --clear .venv-3.13
  .venv/bin/uv pip install --quiet --python .venv-3.13/bin/python --require-hashes -r requirements/unit.txt ||
    .venv-3.13/bin/python -m pip install --quiet --require-hashes -r requirements/unit.txt
  cp requirements/unit.txt .venv-3.13/.setup
fi
exec .venv-3.13/bin/python -m pytest -n 2 -m "not dynamodb_local" -p no:cacheprovider \
  --ignore=tests/infra --ignore=tests/e2e
