#!/bin/bash
# Random policies over random data, through every command, for FUZZ_POLICY_SECONDS (5): none crashes, hangs or fails, and
# what can be asked in two ways has one answer. Always from the same seed, so that a change is judged by what it did; make
# fuzz goes on from others. README.md says how a seed is looked at again.
set -euo pipefail
exec nice "$(dirname "$UNITS")/policy" --from 1 --seconds "${FUZZ_POLICY_SECONDS:-5}"
