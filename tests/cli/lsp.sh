#!/bin/bash
# The language server, spoken to as an editor does: each case frames messages and compares what comes back.
set -u
export LC_ALL=C
failed=0

frame() { printf 'Content-Length: %d\r\n\r\n%s' "${#1}" "$1"; }
# asks ID METHOD PARAMS; tells METHOD PARAMS
asks() { frame "{\"jsonrpc\":\"2.0\",\"id\":$1,\"method\":\"$2\",\"params\":$3}"; }
tells() { frame "{\"jsonrpc\":\"2.0\",\"method\":\"$1\",\"params\":$2}"; }
begin() { asks 0 initialize "{\"rootUri\":\"file://$PWD/$1\"}"; tells initialized '{}'; }
leave() { asks 99 shutdown null; tells exit null; }
uri() { printf 'file://%s/%s' "$PWD" "$1"; }
# json TEXT
json() {
  local s=${1//\\/\\\\}
  s=${s//\"/\\\"}
  printf '"%s"' "${s//$'\n'/\\n}"
}
# opens FILE: as it stands on the disk
opens() {
  tells textDocument/didOpen "{\"textDocument\":{\"uri\":\"$(uri "$1")\",\"languageId\":\"vigie\",\"version\":1,\"text\":$(json "$(cat "$1")
")}}"
}
# edits FILE VERSION [EDIT…]
edits() {
  tells textDocument/didChange "{\"textDocument\":{\"uri\":\"$(uri "$1")\",\"version\":$2},\"contentChanges\":[$3]}"
}
range() { printf '{"start":{"line":%d,"character":%d},"end":{"line":%d,"character":%d}}' "$@"; }
place() { printf '{"textDocument":{"uri":"%s"},"position":{"line":%d,"character":%d}}' "$(uri "$1")" "$2" "$3"; }

# What stands before each message, and the folder, taken out.
bodies() { sed "s/Content-Length: [0-9]*\r\$//; s|file://$PWD/||g"; }
# said FILTER: what the server answers to standard input, one JSON a line, through jq
said() {
  cat >in
  vigie lsp <in | bodies | jq -c "$1"
}
# The case NAME: what it said must be standard input.
is() {
  cat >want
  diff -u want got >differs && return
  echo "$1"; cat differs; failed=1
}
ANSWER='if .error then [.id, .error.code] elif has("id") then [.id, .result] else empty end'
UNDERLINED='select(.method == "textDocument/publishDiagnostics") | .params | .uri as $u | if .diagnostics == [] then [$u, "clean"] else .diagnostics[] | [$u, .code, .severity, .range.start.line, .range.start.character, .range.end.character] end'

mkdir -p p/rules
cat >p/rules/names.vigie <<'END'
language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  plan text "plan"
  arr money "arr"
team CS
  assigns "cs@acme.example"
END
cat >p/rules/acts.vigie <<'END'
# 𝄞 é
plan = "𝄞" and arr > 5 EUR -> assign CS, due 7d
END

# ---- messages ---------------------------------------------------------------------------

{ asks 7 textDocument/hover '{}'; begin p; asks 1 no/such '{}'; asks 2 initialize '{}'; asks 99 shutdown null; asks 3 textDocument/formatting '{}'; tells exit null; } |
  said "$ANSWER | if .[0] == 0 then [0, .[1].serverInfo.name] else . end" >got
is "what may be asked when" <<'END'
[7,-32002]
[0,"vigie"]
[1,-32601]
[2,-32600]
[99,null]
[3,-32600]
END

{ frame '{"jsonrpc":'; printf 'Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","id":1}'; frame '[]'; frame '{"id":{},"method":"initialize"}'
  printf 'Content-Length: much\r\n\r\n'; printf 'no header\n\n'; begin p; leave; } | said "$ANSWER | .[0:1] + (.[1:] | map(numbers))" >got
is "what is no message is said, and the next one is answered" <<'END'
[null,-32700]
[null,-32700]
[null,-32600]
[null,-32700]
[null,-32700]
[null,-32600]
[0]
[99]
END

begin p | vigie lsp >/dev/null; echo $? >got
{ begin p; leave; } | vigie lsp >/dev/null; echo $? >>got
printf 'Content-Length: 90\r\n\r\n{"id"' | vigie lsp; echo $? >>got
is "the exit status says whether it was told to end" <<'END'
1
0
1
END

{ begin p; opens p/rules/acts.vigie; asks 5 textDocument/formatting "{\"textDocument\":{\"uri\":\"$(uri p/rules/acts.vigie)\"}}"
  tells '$/cancelRequest' '{"id":5}'; leave; } | said "$ANSWER | select(.[0] == 5)" >got
is "a request that is cancelled before its turn has no other answer" <<'END'
[5,-32800]
END

# ---- a file that is being written ---------------------------------------------------------

{ begin p; opens p/rules/acts.vigie; } | said "$UNDERLINED" >got
is "the files of the folder are judged together, saved or not" <<'END'
["p/rules/acts.vigie","clean"]
END

# the second clef is two units of UTF-16: `arr` stands at 16
{ begin p; opens p/rules/acts.vigie; edits p/rules/acts.vigie 2 "{\"range\":$(range 1 16 1 19),\"text\":\"arrr\"}"; } | said "$UNDERLINED" >got
is "places are counted in units of UTF-16" <<'END'
["p/rules/acts.vigie","V0201",1,1,16,20]
END

{ begin p; opens p/rules/acts.vigie; edits p/rules/acts.vigie 2 '{"text":"arr > 5 EUR -> assign CS\narr>6 EUR -> assign CS\n"},{"range":'"$(range 1 3 1 4)"',"text":" > "},{"range":'"$(range 1 0 9 9)"',"text":""}'
  asks 1 textDocument/formatting "{\"textDocument\":{\"uri\":\"$(uri p/rules/acts.vigie)\"}}"; leave; } | said "$ANSWER | select(.[0] == 1)" >got
is "edits are made one after the other" <<'END'
[1,[]]
END

{ begin p; opens p/rules/names.vigie; edits p/rules/names.vigie 2 '{"text":"language 1\n"}'; tells textDocument/didClose "{\"textDocument\":{\"uri\":\"$(uri p/rules/names.vigie)\"}}"; opens p/rules/acts.vigie; } |
  said "$UNDERLINED | .[0:2]" >got
is "a file that is closed is what stands on the disk" <<'END'
["p/rules/acts.vigie","clean"]
END

{ begin p; opens p/rules/acts.vigie; edits p/rules/acts.vigie 2 '{"text":"# é\narr>5 EUR   -> assign CS\n"}'
  asks 1 textDocument/formatting "{\"textDocument\":{\"uri\":\"$(uri p/rules/acts.vigie)\"}}"
  edits p/rules/acts.vigie 3 '{"text":"arr > >\n"}'
  asks 2 textDocument/formatting "{\"textDocument\":{\"uri\":\"$(uri p/rules/acts.vigie)\"}}"; leave; } |
  said "$ANSWER | select(.[0] > 0 and .[0] < 99)" >got
is "a file is formatted by one edit of the lines that differ; one with mistakes is left alone" <<'END'
[1,[{"range":{"start":{"line":1,"character":0},"end":{"line":2,"character":0}},"newText":"arr > 5 EUR -> assign CS\n"}]]
[2,-32803]
END

{ begin p; opens p/rules/acts.vigie; tells textDocument/didSave "{\"textDocument\":{\"uri\":\"$(uri p/rules/acts.vigie)\"}}"; } |
  said "$UNDERLINED" | sort -u >got
is "lint reads what was saved" <<'END'
["p/rules/acts.vigie","V1118",3,1,0,27]
["p/rules/acts.vigie","V1120",3,1,0,27]
["p/rules/acts.vigie","V1207",3,1,0,27]
["p/rules/acts.vigie","clean"]
END

# ---- names ---------------------------------------------------------------------------------

mkdir -p q/rules
cat >q/rules/names.vigie <<'END'
language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  plan text "plan"
  arr money "arr"
segment large of account where arr > 90 EUR
threshold floor = 10 EUR
  from 2026-01-01 = 8 EUR because "10 was too much"
kpi total_arr = sum of arr over account
  means "What is paid in a year"
  owner "cfo@acme.example"
team CS
  assigns "cs@acme.example"
END
cat >q/rules/acts.vigie <<'END'
# Élodie
rule too_low for account
  when in segment large and arr < floor and account.plan is "Pro"
  -> assign CS, due 7d
  do "Call {arr}"

test "low"
  on 2026-03-01
  given account "A" arr 5 EUR, plan "Pro"
  expect too_low -> assign CS
END
on_acts() { begin q; opens q/rules/acts.vigie; "$@"; leave; }
FROM_TO='[.start.line, .start.character, .end.character]'

on_acts asks 1 textDocument/hover "$(place q/rules/acts.vigie 2 36)" | said "$ANSWER | select(.[0] == 1) | .[1].contents.value" | jq -r . >got
is "a threshold is said with its dated lines" <<'END'
threshold `floor`

```
floor on 2026-03-01

  past      10 EUR for all others, before 2026-01-01
  in force  8 EUR for all others, from 2026-01-01 on, because "10 was too much"
```
END

# Answered of the reading before, or of this one: the same.
{ begin q; opens q/rules/acts.vigie; opens q/rules/names.vigie; asks 1 textDocument/hover "$(place q/rules/acts.vigie 0 0)"; } >in1
read_first() { cat in1; until grep -aq "\"id\":$1[,}]" out; do sleep 0.02; done; }
later() { vigie lsp >out; bodies <out; : >out; }
: >out
{ read_first 1; edits q/rules/acts.vigie 2 "{\"range\":$(range 0 0 0 0),\"text\":\"# above\\n\"}"; edits q/rules/names.vigie 2 "{\"range\":$(range 0 0 0 0),\"text\":\"# above\\n\"}"
  asks 2 textDocument/hover "$(place q/rules/acts.vigie 3 36)"; asks 3 textDocument/definition "$(place q/rules/acts.vigie 3 36)"; asks 4 textDocument/documentHighlight "$(place q/rules/acts.vigie 10 30)"; leave; } |
  later | jq -c "$ANSWER | select(.[0] > 1 and .[0] < 99) | if .[0] == 2 then .[1].range | $FROM_TO elif .[0] == 3 then .[1].range | $FROM_TO else .[1][].range | $FROM_TO end" >got
is "a line that was not edited is known before the edit is read" <<'END'
[3,34,39]
[9,10,15]
[4,12,14]
[10,27,29]
END

{ begin q; opens q/rules/names.vigie; asks 1 textDocument/hover "$(place q/rules/names.vigie 10 4)"; asks 2 textDocument/hover "$(place q/rules/names.vigie 10 24)"; asks 3 textDocument/hover "$(place q/rules/names.vigie 8 3)"; leave; } |
  said "$ANSWER | select(.[0] > 0 and .[0] < 99) | .[1].contents.value" | jq -r . | head -n 13 >got
is "a KPI is said in words, a value with its column, a word of the language as in help" <<'END'
kpi `total_arr`: What is paid in a year

```vigie
sum of arr over account
```

In words: the sum of the ARR over the accounts.

Owner: cfo@acme.example.
attribute `arr` of account: money EUR, the column `arr` of `accounts`
```
threshold, a line of rule files: a named limit, by segment and by date

END

on_acts asks 1 textDocument/definition "$(place q/rules/acts.vigie 2 20)" | said "$ANSWER | select(.[0] == 1) | .[1] | [.uri, (.range | $FROM_TO)]" >got
is "a name leads to where it is declared, in another file" <<'END'
["q/rules/names.vigie",[7,8,13]]
END

on_acts asks 1 textDocument/references "$(place q/rules/acts.vigie 2 29 | sed 's/}$/,"context":{"includeDeclaration":true}}/; s/}}$/}}/')" | said "$ANSWER | select(.[0] == 1) | .[1][] | [.uri, (.range | $FROM_TO)]" >got
is "a value is found in formulas, texts and tests" <<'END'
["q/rules/acts.vigie",[2,28,31]]
["q/rules/acts.vigie",[4,12,15]]
["q/rules/acts.vigie",[8,20,23]]
["q/rules/names.vigie",[6,2,5]]
["q/rules/names.vigie",[7,31,34]]
["q/rules/names.vigie",[10,23,26]]
END

renames() { place q/rules/acts.vigie "$1" "$2" | sed "s/}\$/,\"newName\":\"$3\"}/"; }
{ begin q; opens q/rules/acts.vigie; asks 1 textDocument/rename "$(renames 3 13 Success)"; asks 2 textDocument/rename "$(renames 2 29 floor)"
  asks 3 textDocument/rename "$(renames 2 29 and)"; asks 4 textDocument/rename "$(renames 0 3 x)"; leave; } |
  said "$ANSWER | select(.[0] > 0 and .[0] < 99) | if .[1] | type == \"number\" then . else .[1].changes | to_entries[] | [.key, [.value[] | [(.range | $FROM_TO), .newText]]] end" >got
is "a name is changed in all files, unless the policy would mean something else" <<'END'
["q/rules/acts.vigie",[[[3,12,14],"Success"],[[9,27,29],"Success"]]]
["q/rules/names.vigie",[[[13,5,7],"Success"]]]
[2,-32803]
[3,-32803]
[4,-32803]
END

{ begin q; opens q/rules/acts.vigie; asks 1 textDocument/documentSymbol "$(place q/rules/acts.vigie 0 0)"; asks 2 textDocument/foldingRange "$(place q/rules/acts.vigie 0 0)"; leave; } |
  said "$ANSWER | select(.[0] > 0 and .[0] < 99) | .[1][] | [.name // .startLine, .detail // .endLine]" >got
is "the items of a file are listed, and folded" <<'END'
["too_low","rule"]
["low","test"]
[1,4]
[6,9]
END

# typed ID TEXT: what is offered at the end of it, in place of the last line of the rule
typed() {
  edits q/rules/acts.vigie "$1" "{\"text\":$(json "rule too_low for account
$2")}"
  asks "$1" textDocument/completion "$(place q/rules/acts.vigie 1 "${#2}")"
}
{ begin q; opens q/rules/names.vigie; opens q/rules/acts.vigie; asks 50 textDocument/hover "$(place q/rules/acts.vigie 0 0)"; } >in1
# The names are there once the policy has been read: read_first ID sends in1 and waits for that answer.
: >out
{ read_first 50; typed 1 '  wh'; typed 2 '  -> assign C'; typed 3 '  when account.'; typed 4 '  when in segment '; typed 5 '  when a'; typed 6 '  do "a'; leave; } |
  later | jq -c "$ANSWER | select(.[0] > 0 and .[0] < 50) | [.[0], (.[1] | map(.label) | .[0:5])]" >got
is "what fits a place is offered" <<'END'
[1,["means","owner","when","do","priority"]]
[2,["CS"]]
[3,["plan","arr"]]
[4,["large"]]
[5,["plan","arr","total_arr","floor","account"]]
[6,[]]
END

{ begin q; opens q/rules/acts.vigie; edits q/rules/acts.vigie 2 "{\"range\":$(range 2 28 2 31),\"text\":\"arrr\"}"
  asks 1 textDocument/codeAction "{\"textDocument\":{\"uri\":\"$(uri q/rules/acts.vigie)\"},\"range\":$(range 2 30 2 30)}"; leave; } |
  said "$ANSWER | select(.[0] == 1) | .[1][] | [.title, (.edit.changes[][] | (.range | $FROM_TO), .newText)]" >got
is "a help that says what to write is an edit" <<'END'
["did you mean `arr`?",[2,28,32],"arr"]
END

{ begin q; opens q/rules/acts.vigie; asks 1 textDocument/inlayHint "{\"textDocument\":{\"uri\":\"$(uri q/rules/acts.vigie)\"},\"range\":$(range 0 0 9 0)}"
  asks 2 workspace/symbol '{"query":"ARR"}'; asks 3 textDocument/semanticTokens/full "$(place q/rules/acts.vigie 0 0)"; leave; } |
  said "$ANSWER | if .[0] == 1 then .[1][] | [.position.line, .position.character, .label] elif .[0] == 2 then .[1][] | [.name, .containerName] elif .[0] == 3 then .[1].data[0:25] else empty end" >got
is "the value of a threshold stands behind its name; names are found; words are coloured" <<'END'
[2,39,"= 8 EUR"]
["arr","attribute"]
["total_arr","kpi"]
[1,0,4,0,0,0,5,7,6,1,0,8,3,0,0,0,4,7,1,0,1,2,4,0,0]
END

{ begin q; opens q/rules/names.vigie; asks 1 textDocument/codeAction "{\"textDocument\":{\"uri\":\"$(uri q/rules/names.vigie)\"},\"range\":$(range 9 5 9 5)}"; leave; } |
  said "$ANSWER | select(.[0] == 1) | .[1][] | [.title, (.edit.changes[][] | (.range | $FROM_TO), .newText)]" >got
is "a threshold gets another line, from tomorrow on" <<'END'
["another value of floor from 2026-03-02 on",[9,51,51],"\n  from 2026-03-02 = 8 EUR because \"why it changes\""]
END

{ begin q; opens q/rules/acts.vigie; edits q/rules/acts.vigie 2 "{\"range\":$(range 8 24 8 25),\"text\":\"95\"}"; tells textDocument/didSave "$(place q/rules/acts.vigie 0 0)"; } |
  said "$UNDERLINED | select(.[1] == \"test\")" >got
is "a test that fails is underlined" <<'END'
["q/rules/acts.vigie","test",1,9,2,29]
END

# lenses ID FILE
lenses() { asks "$1" textDocument/codeLens "{\"textDocument\":{\"uri\":\"$(uri "$2")\"}}"; }
mkdir -p t/rules
cat q/rules/names.vigie >t/rules/a.vigie
cat >>t/rules/a.vigie <<'END'
rule high for account
  when arr > 90 EUR
  -> assign CS, due 7d

test "high"
  on 2026-03-01
  given account "A" arr 95 EUR, plan "Pro"
  expect high -> assign CS
END
{ begin t; opens t/rules/a.vigie; } >in1
# What the server says comes into out: waits for the first with the words.
wait_for() { for _ in {1..400}; do if grep -aq -- "$1" out; then return; fi; sleep 0.02; done; }
runs() { asks "$1" workspace/executeCommand "{\"command\":\"vigie.run_test\",\"arguments\":[\"$(uri t/rules/a.vigie)\",\"high\"]}"; }
{ cat in1; lenses 1 t/rules/a.vigie; runs 2; wait_for 'high.* passed'; lenses 3 t/rules/a.vigie
  edits t/rules/a.vigie 2 "{\"range\":$(range 21 24 21 26),\"text\":\"85\"}"; lenses 4 t/rules/a.vigie; runs 5; wait_for 'high.* fails'; lenses 6 t/rules/a.vigie; leave; } |
  later | jq -c "if .method == \"window/showMessage\" then [.params.type, .params.message] elif .id and .id > 0 and .id < 99 then .id as \$id | .result | if type == \"array\" then .[] | [\$id, .range.start.line, .command.title] else [\$id, .] end else empty end" >got
is "a test is run when the editor says so, and its line says what became of it" <<'END'
[1,19,"run this test"]
[2,null]
[3,"test \"high\" passed"]
[3,19,"run this test: it passed"]
[4,19,"run this test"]
[5,null]
[1,"test \"high\" fails: high did not fire"]
[6,19,"run this test: it fails: high did not fire"]
END

# ---- what the project's data say --------------------------------------------------------------

mkdir -p n/rules
sqlite3 n/data.db 'create table accounts (id, name, arr); insert into accounts values (1, "Acme", 5), (2, "Basalt", 7), (3, "Cobalt", 9), (4, "Dune", 30)'
cat >n/rules/a.vigie <<'END'
language 1
project
  data "../data.db"
calendar
  currency EUR
entity account from "accounts"
  key "id"
  label "name"
  arr money "arr"
threshold floor = 8 EUR
kpi total_arr = sum of arr over account
  means "What is paid in a year"
team CS
  assigns "cs@acme.example"
rule too_low for account
  when arr < floor
  -> assign CS, due 7d
  worth arr
END
FIGURES='if .id == 2 then .result[] | [.range.start.line, .command.title] elif .id == 3 then .result[] | [.position.line, .label] elif .id == 4 then .result.contents.value | split("\n\n")[-1] elif .id == 5 then .result[] | [.title, .edit.changes[][].newText] elif .id == 6 then .result.contents.value | split("\n\n")[-3:][] else empty end'
{ asks 0 initialize "{\"rootUri\":\"file://$PWD/n\",\"capabilities\":{\"workspace\":{\"codeLens\":{\"refreshSupport\":true}}}}"; opens n/rules/a.vigie
  tells textDocument/didSave "$(place n/rules/a.vigie 0 0)"; } >in1
counted() { asks 2 textDocument/codeLens "$(place n/rules/a.vigie 0 0)"; asks 3 textDocument/inlayHint "{\"textDocument\":{\"uri\":\"$(uri n/rules/a.vigie)\"},\"range\":$(range 0 0 99 0)}"
  asks 4 textDocument/hover "$(place n/rules/a.vigie 10 6)"; asks 5 textDocument/codeAction "{\"textDocument\":{\"uri\":\"$(uri n/rules/a.vigie)\"},\"range\":$(range 9 3 9 3)}"
  asks 6 textDocument/hover "$(place n/rules/a.vigie 14 6)"; }
# At the fifth time that there is more to show, tests, rules, their rows, the KPI and the threshold are known.
wait_times() { for _ in {1..400}; do if [ "$(grep -ac -- "$1" out)" -ge "$2" ]; then return; fi; sleep 0.02; done; }
{ cat in1; wait_times codeLens/refresh 5; counted; leave; } | later | jq -c "$FIGURES" >got
is "the data say what a threshold, a rule and a KPI come to, and what other values would" <<'END'
[9,"8 EUR: 2 items today, 2 last quarter; 6.4 EUR would be 1 and 1; 9.6 EUR would be 3 and 3"]
[9,"6.4 EUR drops 1 today, 7 EUR: Basalt"]
[9,"9.6 EUR adds 1 today, 9 EUR: Cobalt"]
[14,"2 items today"]
[9,"= 8 EUR"]
[15,"= 8 EUR"]
"- 51 EUR  `▁▁▁▁▁▁▁▁▁▁▁▁▁`"
["another value of floor from 2026-03-02 on","\n  from 2026-03-02 = 8 EUR because \"why it changes\""]
["floor = 6.4 EUR from 2026-03-02 on","\n  from 2026-03-02 = 6.4 EUR because \"why it changes\""]
["floor = 9.6 EUR from 2026-03-02 on","\n  from 2026-03-02 = 9.6 EUR because \"why it changes\""]
"2 items today, 2 last quarter."
"It acts today on Basalt, Acme. On Basalt because of"
"- arr: 7 EUR, < 8 EUR"
END

sed -i 's/arr money "arr"/arr money "arrr"/' n/rules/a.vigie
{ begin n; opens n/rules/a.vigie; tells textDocument/didSave "$(place n/rules/a.vigie 0 0)"; } | said "$UNDERLINED | select(.[1] | startswith(\"V05\"))" >got
mv n/data.db n/other.db
{ cat in1; wait_times codeLens/refresh 2; asks 2 textDocument/codeLens "$(place n/rules/a.vigie 0 0)"; leave; } | later | jq -c "$FIGURES" | sed "s|$PWD/||" >>got
is "what the data do not have is underlined, and why nothing is counted stands at the project" <<'END'
["n/rules/a.vigie","V0502",1,8,2,5]
[1,"nothing is counted on the data: there is no file \"n/rules/../data.db\". Name the dataset with --db, such as --db data.db"]
END

# ---- what has changed since git -----------------------------------------------------------------

mkdir -p g/rules
sed 's/^project$/# no project/; /data.db/d' n/rules/a.vigie >g/rules/a.vigie
(cd g && git init -q && git add . && git -c user.name=x -c user.email=x@x.example commit -qm one)
{ asks 0 initialize "{\"rootUri\":\"file://$PWD/g\",\"capabilities\":{\"workspace\":{\"codeLens\":{\"refreshSupport\":true}}}}"; opens g/rules/a.vigie
  edits g/rules/a.vigie 2 "{\"range\":$(range 14 13 14 18),\"text\":\"20 EUR\"}"; tells textDocument/didSave "$(place g/rules/a.vigie 0 0)"; } >in1
{ cat in1; wait_times codeLens/refresh 2; asks 2 textDocument/codeLens "$(place g/rules/a.vigie 0 0)"
  asks 5 textDocument/codeAction "{\"textDocument\":{\"uri\":\"$(uri g/rules/a.vigie)\"},\"range\":$(range 14 3 14 3)}"; leave; } | later | jq -c "$FIGURES" >got
is "of a rule that has changed since git stands what is proved, with a row that shows it" <<'END'
[13,"since git: acts on more rows, and on none fewer"]
["the row that shows what changed, as a test of the old rule","\n\ntest \"too_low shows the difference\"\n  on 2026-03-01\n  given account \"Acme\" arr 8 EUR\n  expect no too_low"]
END

{ begin q; opens q/rules/acts.vigie; edits q/rules/acts.vigie 2 '{"text":"x"}'; asks 1 textDocument/hover "$(place q/rules/acts.vigie 0 0)"
  tells textDocument/didClose "$(place q/rules/acts.vigie 0 0)"; } | said "$ANSWER | select(.[0] == 1)" >got
is "what waits for a file that is closed is answered" <<'END'
[1,-32602]
END

mkdir -p d/rules && sqlite3 d/data.db 'create table accounts (id, plan, arr); create table scores (day, points)'
printf 'language 1\nproject\n  data "../data.db"\nentity account from "accounts"\n  key "id"\n  arr money "\n  s score history "scores" at "\n  plan text "plan" one of "Basic", "Pro"\nentity x from "\n' >d/rules/a.vigie
printf 'rule r for account\n  when plan is "\n' >d/rules/b.vigie
{ begin d; opens d/rules/a.vigie; opens d/rules/b.vigie; asks 1 textDocument/hover "$(place d/rules/a.vigie 0 1)"; } >in1
{ read_first 1; asks 2 textDocument/completion "$(place d/rules/a.vigie 5 13)"; asks 3 textDocument/completion "$(place d/rules/a.vigie 6 31)"
  asks 4 textDocument/completion "$(place d/rules/a.vigie 8 15)"; asks 5 textDocument/completion "$(place d/rules/b.vigie 1 16)"; leave; } |
  later | jq -c "$ANSWER | select(.[0] > 1 and .[0] < 50) | [.[0], (.[1] | map(.label))]" >got
is "tables, columns and values are offered inside of quotes" <<'END'
[2,["id","plan","arr"]]
[3,["day","points"]]
[4,["accounts","scores"]]
[5,["Basic","Pro"]]
END

exit $failed
