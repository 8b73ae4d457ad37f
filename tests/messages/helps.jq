# What comes out when the helps of the golden files are followed to the letter. In: all *.vigie and *.expected, as lines. Out: for
# each file a line "= NAME TEXT", the ends of its lines as \u0001 and its tabs as \u0002, then one for each help: NAME:LINE,
# code, message, what it replaces, by what.

# The text that a help says to write; null for one that explains, or shows an example with names to be filled in.
def written:
  if . == null then null
  elif test("^(remove it|leave it out)") and (test("below|NAME") | not) then ""
  elif test("^did you mean [`\"]") then capture("^did you mean (?<t>`[^`]*`|\"[^\"]*\")").t | ltrimstr("`") | rtrimstr("`")
  elif test("^write:? ") | not then null
  elif test("^write:? (a|an|the|it|its|under|by|both|what|how|which) |^write \"|\\((ahead|past)\\)") then null
  elif test("below it|under it|lines below") then null
  else sub("^write:? (?!`)"; "") | sub("(; | \\(or |, or:? |, if | if (?!.* then )| for (days|months|millions)|, without |: the movement).*$"; "")
    | if test("…|ENTITY|NAME|TEAM|ACTION|CONDITION") then null
      elif test("^write:? `") then capture("^write:? `(?<t>[^`]*)`").t
      else . end
  end;

# A whole line stands for the line, a part of it for what the carets are under.
def begins_line($line): (. | split(" ")[0]) as $word
  | ($line | ltrimstr(" ") | sub("^\\s+"; "") | split(" ")[0]) == $word and ($word | test("^[a-z_>-]+$"));

def applied($lines; $out): 
[range(0; $out | length) as $i
   | ($out[$i] | capture("^[^ :]+:(?<line>[0-9]+):(?<column>[0-9]+): (error|warning)\\[(?<code>V[0-9]+)\\]: (?<message>.*)$")? // empty)
   | . + {line: (.line | tonumber), column: (.column | tonumber)}
   | . + {carets: ($out[$i + 2] // "" | gsub("[^^]"; "") | length)}
   | . + {help: ([$out[$i + 1:][] | select(test("^  help: ") or test("^[^ ]"))][0] // "" | if test("^  help: ") then ltrimstr("  help: ") else null end)}
   | . + {to: (.help | written)} | select(.to != null)] as $found
| reduce ($found | sort_by([.line, .column]) | reverse[]) as $f ({lines: $lines, applied: []};
    .lines[$f.line - 1] as $line
    | ($f.to != "" and ($f.to | begins_line($line)) and ($f.column > 1 + ($line | length) - ($line | sub("^\\s+"; "") | length))) as $whole
    | ($f.to | split(" ")[0] + " ") as $word # due 7, write due 7d: the word is there already
    | (if ($whole | not) and ($line[:$f.column - 1] | endswith($word)) then ($f.to | ltrimstr($word)) else $f.to end) as $to
    | (if $whole then $line | sub("^\\s+"; "") else $line[$f.column - 1:$f.column - 1 + $f.carets] end) as $from
    | .lines[$f.line - 1] = (if $whole then ($line | capture("^(?<s>\\s*)").s) + $f.to
                             else $line[:$f.column - 1] + $to + $line[$f.column - 1 + $f.carets:] end)
    | .applied += [$f + {from: $from}])
| {text: (.lines | join("\n") + "\n"), applied};

(reduce inputs as $line ({}; .[input_filename] += [$line])) as $all
| $all | keys[] | select(endswith(".vigie")) as $file
| applied($all[$file]; $all[$file | sub("vigie$"; "expected")] // [])
| select(.applied != [])
| "=\t\($file)\t\(.text | gsub("\n"; "\u0001") | gsub("\t"; "\u0002"))",
  (.applied[] | ["\($file):\(.line)", .code, .message, .from, .to] | join("\t"))
