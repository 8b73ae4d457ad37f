#!/bin/sh
# The files of docs/ci are run as they are written: steps.py reads their YAML and does each step in a plain shell.
for python in /usr/bin/python3 python3; do
  if command -v "$python" >/dev/null && "$python" -c 'import yaml' 2>/dev/null; then
    PYTHONDONTWRITEBYTECODE=1 exec "$python" "$ROOT/tests/ci/steps.py" --quiet
  fi
done
echo "python3 with yaml is not there: make test-ci installs it"
exit 77
