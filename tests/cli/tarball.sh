#!/bin/bash
# The tarball holds no program that needs libraries of the machine.
set -euo pipefail
mkdir -p root/bin root/share/doc/vigie
cp -L "$(command -v vigie)" root/bin/vigie
if [ "$("$ROOT/.ci/tarball" root . 2>&1 || echo "exit $?")" != 'make tarball: the program would need libraries of the machine that it runs on
exit 1' ]; then exit 1; fi
