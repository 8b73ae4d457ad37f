#!/bin/bash
# The completions are scripts that their shells accept, and bash completes commands, options and their words.
set -euo pipefail

vigie completion bash > completion.bash
bash -n completion.bash
# shellcheck disable=SC1091
source ./completion.bash

complete_line() { # WORDS… : what is offered for the last of them
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _vigie
  printf '%s\n' "${COMPREPLY[@]}"
}
[ "$(complete_line vigie pl)" = plan ]
[ "$(complete_line vigie plan --as)" = --as-of ]
[ "$(complete_line vigie plan --format js)" = json ]
[ "$(complete_line vigie items --status re)" = resolved ]
touch some-rules.vigie
[ "$(complete_line vigie check some)" = some-rules.vigie ]

for shell in zsh fish; do
  vigie completion $shell > "completion.$shell"
  grep -q -- as-of completion.$shell
  if command -v $shell > /dev/null; then $shell -n "completion.$shell"; fi
done

[ "$(vigie completion fihs 2>&1 > /dev/null)" = 'vigie: there is no completion for "fihs": write fish' ]
