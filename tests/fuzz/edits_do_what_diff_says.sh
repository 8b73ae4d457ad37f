#!/bin/bash
# MUST 4, 5 of the review, on random edits of random policies: what diff says would open, close and change, and whose
# queue grows, is what two real runs do, item for item; from nothing and from what a run has left. See README.md.
set -euo pipefail
exec nice "$(dirname "$UNITS")/policy" --edits --from 1 --seconds $((${FUZZ_POLICY_SECONDS:-9} / 3))
