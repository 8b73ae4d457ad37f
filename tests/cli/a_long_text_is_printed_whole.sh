#!/bin/bash
# A text of 600 bytes comes out whole, in every format, and so does the name of a formula's last parameter; the row that a
# test means is shown, though 300 stand before it.
status=0
sqlite3 data.db "create table notes (id, day, body);
  insert into notes values (1, '2026-01-01', printf('%.600c', 'x') || ' end')"
cat >rules.vigie <<'END'
language 1
entity note from "notes"
  key "id"
  at "day"
  body text "body"
team CS
  assigns "cs@acme.example"
kpi last_note = latest of body over note
rule r for note
  when body is not "z"
  -> assign CS, due 7d
END
for format in text csv json; do
  vigie kpi rules.vigie --db data.db --as-of 2026-03-01 --format $format | grep -q 'xxx end' ||
    { echo "kpi --format $format cuts the text"; status=1; }
done
vigie explain r rules.vigie --db data.db --key 1 --as-of 2026-03-01 | grep -q 'body = "x*xxx end"' ||
  { echo "explain cuts the text"; status=1; }

{ echo 'language 1'; printf 'define f(a'; for ((i = 2; i <= 60; i++)); do printf ', parameter_%d' $i; done
  echo ') = a'; echo 'kpi k = f(1)'; } >define.vigie
vigie check define.vigie 2>&1 | grep -q 'parameter_60)' || { echo "a parameter is left out"; status=1; }

{ echo 'language 1'; echo 'entity account from "accounts"'; echo '  key "id"'; echo '  n number "n"'
  echo 'team CS'; echo '  assigns "cs@acme.example"'; echo 'rule r for account'; echo '  when n > 3'
  echo '  -> assign CS, due 7d'; echo 'test "t"'; echo '  on 2026-03-01'
  for ((i = 1; i <= 301; i++)); do echo "  given account \"A$i\" n 1"; done
  echo '  expect r for "A301"'; } >many.vigie
vigie test many.vigie >out 2>&1
grep -q 'A301.*n.*1\|n *1' out && grep -q A301 out || { echo "the row that is meant is not shown"; tail -20 out; status=1; }
exit $status
