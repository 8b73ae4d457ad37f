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
# what stands behind a command
grep -q "'items') _arguments '1:command:(show stats ack done dismiss " completion.zsh
if command -v fish > /dev/null; then
  [ "$(fish -c 'source completion.fish; complete -C "vigie items dis"' | cut -f 1)" = dismiss ]
  [ "$(fish -c 'source completion.fish; complete -C "vigie items --status dis"' | cut -f 1)" = dismissed ]
fi

[ "$(vigie completion fihs 2>&1 > /dev/null)" = 'vigie: there is no completion for "fihs": write fish' ]

# ---- numbers, people, teams, rules and KPIs, from the state and the rule files ----
cat > a.vigie <<'END'
language 1
entity account from "accounts"
  key "id"
  label "name"
  owner person "owner"
  mrr number "mrr"
threshold small_mrr = 10
kpi seats of account = mrr
team CS
  assigns account.owner
team VP
  assigns "vp@acme.example"
rule small for account
  when mrr < small_mrr
  -> assign CS, due 7d
rule large for account
  when mrr > 99
  -> assign CS, due 2d
END
mkdir rules && mv a.vigie rules
# a name that a shell would run, and control characters
sqlite3 data.db "create table accounts (id text primary key, name, owner, mrr);
  insert into accounts values ('A', 'Acme' || char(27) || '[2J', 'ana@acme.example', 5), ('B', 'Börse', '\$(touch pwned)', 5),
  ('C', 'Cobalt', 'bob@acme.example', 100);"
# without a state and with nothing to say: quiet, and nothing is made
for words in items closed people teams rules kpis names; do
  vigie completion --words $words -- items done --state nowhere/else.db > out 2> err
  [ ! -s err ]
done
[ ! -e actions.db ]
vigie run rules --db data.db --as-of 2026-03-01 --quiet > run.out
[ "$(complete_line vigie items done '')" = $'1\n2\n3' ]
[ "$(complete_line vigie items done 1 2)" = 2 ]
[ "$(complete_line vigie items --owner a)" = ana@acme.example ]
[ "$(complete_line vigie items assign 1 --to b)" = bob@acme.example ]
[ "$(complete_line vigie items --team V)" = VP ]
[ "$(complete_line vigie items --rule sm)" = small ]
[ "$(complete_line vigie run rules --only sm)" = small ]
[ "$(complete_line vigie explain se)" = seats ]
[ "$(complete_line vigie explain small_)" = small_mrr ]
[ "$(complete_line vigie explain 3)" = 3 ]
[ "$(complete_line vigie explain small ru)" = $'run.out\nrules' ] || [ "$(complete_line vigie explain small ru)" = $'rules\nrun.out' ]
[ "$(complete_line vigie kpi rules --only '')" = seats ]
[ "$(complete_line vigie items reopen '')" = '' ]
vigie items done 3 --by ana@acme.example --as-of 2026-03-01 --quiet
[ "$(complete_line vigie items reopen '')" = 3 ]
[ "$(complete_line vigie items done '')" = $'1\n2' ]
[ "$(vigie completion --words items | sed -n 2p)" = $'2\tAcme?[2J, small' ]
complete_line vigie items --owner '' > owners
! grep -q touch owners
[ ! -e pwned ]
# the state that the line names
mv actions.db other.db
[ "$(complete_line vigie items done '')" = '' ]
[ "$(complete_line vigie items done --state other.db '')" = $'1\n2' ]
# no database at all, and rules that cannot be read
echo nonsense > other.db
echo 'rule (' > rules/b.vigie
[ "$(complete_line vigie items done --state other.db '')" = '' ]
[ "$(complete_line vigie items --rule sm)" = small ]
[ "$(vigie completion 2>&1)" = 'vigie completion: say which SHELL, as in: vigie completion bash' ]
