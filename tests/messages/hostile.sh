#!/bin/bash
# Files that nobody writes by hand: one clear message each, the right exit status, no crash.
fail=0
expect() { # STATUS TEXT FILE
  vigie check "$3" >out 2>&1
  local status=$?
  # One message, or one of the program itself when the file is not even read.
  local n
  n=$(grep -Ec '^vigie: |^[^ ].*: error\[V' out)
  if [ $status != "$1" ] || [ "$n" != 1 ] || ! grep -q "$2" out; then
    echo "$3: status $status, $n messages; expected $1 and \"$2\""
    head -c 600 out
    fail=1
  fi
  if [ "$(wc -c <out)" -gt 2000 ]; then echo "$3: the message is longer than a screen" && fail=1; fi
}
say() { printf 'team CS\n  assigns "cs@acme.example"\n%s\n' "$1"; }

{ printf 'kpi deep = '; head -c 100000 /dev/zero | tr '\0' '('; printf 1; head -c 100000 /dev/zero | tr '\0' ')'; echo; } >deep.vigie
expect 3 'nested more than 100 deep' deep.vigie
{ printf 'kpi deep = '; head -c 100000 /dev/zero | tr '\0' '('; printf '1\n'; } >open.vigie
expect 3 'nested more than 100 deep' open.vigie
{ printf 'kpi deep = '; for ((i = 0; i < 2000; i++)); do printf -- '- '; done; printf '1\n'; } >minus.vigie
vigie check minus.vigie >out 2>&1 || { echo "minus.vigie: a long formula that is right is refused" && fail=1; }
{ printf 'kpi nested = '; for ((i = 0; i < 80; i++)); do printf 'if 1 > 0 then '; done; printf 1
  for ((i = 0; i < 80; i++)); do printf ' else 0'; done; echo; } >ifs.vigie
vigie check ifs.vigie >out 2>&1 || { echo "ifs.vigie: many ifs inside each other are refused" && cat out && fail=1; }
{ printf 'kpi long = 1'; for ((i = 0; i < 5000; i++)); do printf ' + 1'; done; echo; } >long.vigie
expect 3 'more than 4000 words' long.vigie
# Functions of a sheet inside each other: what to write would double with each of them.
call=1
for ((i = 0; i < 12; i++)); do call="SWITCH(NULLIF($call, 1), 1, 2, 3, 4, 5)"; done
echo "kpi deep = $call" >calls.vigie
expect 3 'no function called `SWITCH`' calls.vigie
echo 'kpi years = DATE(2026, 13, 1) - DATE(99999999999, 1, 1)' >dates.vigie
vigie check dates.vigie >out 2>&1
grep -q 'no function called `DATE`' out && ! grep -q 'write: ' out || { echo "dates.vigie: a day that is none is offered" && cat out && fail=1; }
{ printf 'kpi '; head -c 1000000 /dev/zero | tr '\0' a; printf ' = 1\n'; } >name.vigie
expect 3 'longer than 200 bytes' name.vigie
{ printf 'kpi '; head -c 1000000 /dev/zero | tr '\0' '\351'; printf ' = 1\n'; } >bytes.vigie
expect 3 'not UTF-8' bytes.vigie
{ say ''; printf '# \0\n'; } >nul.vigie
expect 3 'NUL byte' nul.vigie
head -c 10000000 /dev/zero | tr '\0' '#' >large.vigie
expect 2 'larger than 8 MB' large.vigie
rm large.vigie

# What is no file is refused, not waited for: a pipe, a device, in `use` and in a folder too.
mkfifo pipe.vigie
say 'use "pipe.vigie"' >uses.vigie
mkdir folder && mkfifo folder/pipe.vigie
not_a_file() { # STATUS ARGUMENTS…
  local status=$1
  shift
  timeout 10 vigie "$@" >out 2>&1
  [ $? = "$status" ] && grep -q 'it is not a file' out || { echo "vigie $*:" && cat out && fail=1; }
}
for command in check fmt; do
  not_a_file 2 $command pipe.vigie
  not_a_file 2 $command folder
  not_a_file 2 $command /dev/zero
done
not_a_file 3 check uses.vigie
rm -r pipe.vigie folder

# A chain of files that use each other is read up to a limit.
mkdir chained
for ((i = 0; i < 150; i++)); do echo "use c$((i + 1))" >chained/c$i.vigie; done
: >chained/c150.vigie
expect 3 'more than 100 files use each other' chained/c0.vigie

awk 'BEGIN { for (i = 20000; i > 0; i--) print "kpi k" i " = k" i - 1 " + 1"; print "kpi k0 = 1" }' >chain.vigie
expect 3 'more than 2500 steps deep' chain.vigie
{ printf 'entity a from "a"\n  key "k"\n  n number "n"\n'
  awk 'BEGIN { for (i = 20000; i > 0; i--) print "segment s" i " of a where in segment s" i - 1; print "segment s0 of a where n > 1" }'
} >segments.vigie
expect 3 'more than 2500 steps deep' segments.vigie

# A line of 1 MB: the message shows the part around the mistake.
{ printf 'kpi wide = 1'; head -c 1000000 /dev/zero | tr '\0' ' '; printf '+ nothing\n'; } >wide.vigie
expect 3 'nothing is called' wide.vigie

: >empty.vigie
vigie check empty.vigie || { echo "an empty file is no mistake" && fail=1; }
exit $fail
