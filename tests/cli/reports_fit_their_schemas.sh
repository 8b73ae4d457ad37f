#!/bin/bash
# SARIF, Checkstyle and JUnit of lint and test, on names that are hard to write, are what their readers expect; paths are those
# of the repository, wherever lint is called from.
schemas=$ROOT/tests/lib/schemas
mkdir -p "repo/our rules & more" && cd repo || exit 2
git init -q .
cat >"our rules & more/été #1.vigie" <<'END'
language 1

entity account from "accounts"
  key "id"
  label "name"
  renewal date "renewal"
  health score history "health" by "id" at "day" value "score"
  csm person "csm"

team CS
  assigns account.csm else "cs@acme.example"

rule lost for account
  when health < 40 and health > 60
  -> assign CS, due 7d
  do "Call {label} <now> & \"here\""

# lint-allow V1119: the day is agreed with "each" <customer>
rule renewal for account
  when renewal within 30d
  -> assign CS
  do "Talk to {label}"
  once per renewal

test "health <40> & \"more\""
  on 2026-03-01
  given account "A" renewal 2026-03-10
  expect lost
END
failed=0
wrong() { echo "$@"; failed=1; }

check() { # WHERE RULES FOR-LINT...
  local where=$1 rules=$2
  (cd "$where" && vigie lint "$rules" --format checkstyle "${@:3}") >check.xml
  (cd "$where" && vigie lint "$rules" --format junit "${@:3}") >junit.xml
  (cd "$where" && vigie lint "$rules" --format sarif "${@:3}") >sarif.json
  xmllint --noout --schema "$schemas/checkstyle.xsd" check.xml 2>>said || wrong "checkstyle: $(cat said check.xml)"
  xmllint --noout --schema "$schemas/junit.xsd" junit.xml 2>>said || wrong "junit: $(cat said junit.xml)"
  found=$(jq -r -f "$schemas/sarif.jq" sarif.json 2>&1) && [ -z "$found" ] || wrong "sarif: $found"
}

path='our rules & more/été #1.vigie'
for call in ". our rules & more" "our rules & more|." ". $PWD/our rules & more" ".. ./repo"; do
  case $call in
    *'|'*) check "${call%|*}" "${call#*|}" ;;
    *) check "${call%% *}" "${call#* }" ;;
  esac
  uri=$(jq -r '[.runs[0].results[].locations[0].physicalLocation.artifactLocation.uri] | unique | join(" ")' sarif.json)
  [ "$uri" = "our%20rules%20%26%20more/%C3%A9t%C3%A9%20%231.vigie" ] || wrong "sarif, $call: $uri"
  name=$(xmllint --xpath 'string(//file/@name)' check.xml)
  [ "$name" = "$path" ] || wrong "checkstyle, $call: $name"
  name=$(xmllint --xpath 'string(//testcase/@classname)' junit.xml)
  [ "$name" = "$path" ] || wrong "junit, $call: $name"
done
(cd 'our rules & more' && vigie lint . --format github) | grep -q "file=$path," || wrong "github"

# What a comment allows and what was accepted is carried, with who says so.
vigie lint "our rules & more" --accept --quiet
printf '\nthreshold spare = 3\n' >>"$path"
check . "our rules & more"
shown=$(jq -c '[.runs[0].results[] | [.ruleId, [.suppressions[] | .kind, .justification]]]' sarif.json)
[ "$shown" = '[["V1201",[]],["V1119",["inSource","the day is agreed with \"each\" <customer>"]],["V1001",["external",null]],["V1120",["external",null]]]' ] ||
  wrong "suppressions: $shown"

# The workflow for code hosts that show all results leaves those out.
left=$(jq "$(sed -n "s/^ *jq '\(.*\)' all.sarif.*/\1/p" "$ROOT/docs/ci/action/action.yml")" sarif.json | jq -c '[.runs[0].results[].ruleId]')
[ "$left" = '["V1201"]' ] || wrong "workflow: $left"

# A policy of which nothing is said, one with mistakes, and what is found against data, which has no line.
printf 'language 1\n' >nothing.vigie && check . nothing.vigie
printf 'language 1\nrule\n' >broken.vigie && check . broken.vigie
vigie test "our rules & more" --format junit >junit.xml
xmllint --noout --schema "$schemas/junit.xsd" junit.xml 2>said || wrong "test: $(cat said junit.xml)"

# The schemas themselves refuse what is wrong.
sed 's/severity="error"/severity="loud"/; s/line="[0-9]*"/line="0"/' check.xml >bad.xml
xmllint --noout --schema "$schemas/checkstyle.xsd" bad.xml 2>/dev/null && grep -q loud bad.xml && wrong "a bad report passes"
jq '.runs[0].results[0].ruleIndex = 7' sarif.json | jq -r -f "$schemas/sarif.jq" | grep -q ruleIndex || wrong "a bad SARIF passes"
exit $failed
