#!/bin/bash
# Twenty-two policies of different companies, and our own rules: lint has remarks at most. Whoever adds a check sees here whether it
# cries wolf.
failed=0
for policy in "$ROOT"/tests/lint/clean/parts/*.vigie "$ROOT"/rules/*/; do
  found=$(vigie lint --format json "$policy") || { echo "$policy: lint ended with $?"; failed=1; }
  loud=$(jq -r '.findings[] | select(.level != "info") | "\(.file):\(.line) \(.code) \(.message)"' <<<"$found")
  [ -z "$loud" ] || { echo "$loud"; failed=1; }
done
exit $failed
