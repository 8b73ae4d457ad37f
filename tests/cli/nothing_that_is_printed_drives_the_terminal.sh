#!/bin/bash
# Escape sequences in arguments, in names of files and of tables reach no terminal.
escape=$(printf '\033')
name="bad${escape}[2Jname"
silent() {
  "$@" >out 2>&1
  grep -q "$escape" out && { echo "an escape sequence is printed by: $*" | tr -d "$escape"; cat -v out; exit 1; }
  return 0
}
printf 'language 1\nentity a from "a"\n  key "id"\n  at "day"\nkpi n = count of b\n' >"$name.vigie"
silent vigie check "$name.vigie"
silent vigie check "missing$name"
silent vigie "$name"
silent vigie check --"$name"
printf 'language 1\nentity a from "%s"\n  key "id"\n  m money "m" unreadable is unknown\ncalendar\n  currency EUR\nkpi n = sum of m over a\n' "$name" >rules.vigie
sqlite3 data.db "create table \"$name\" (id text, m text); insert into \"$name\" values ('x', 'y')"
silent vigie kpi rules.vigie --db data.db
silent vigie kpi rules.vigie --db "$name.db"
exit 0
