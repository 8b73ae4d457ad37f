#!/bin/bash
# What spreadsheets and other systems leave in a file does not change how it is formatted: Windows and old Mac line
# ends, a byte order mark, tabs, no-break spaces, a missing line end at the end.
cat >good.vigie <<'>>>'
# what we watch
team CS
  assigns "cs@acme.example"  # a person

amount > 5 and amount < 7
  -> assign CS
>>>
fails() { echo "$1"; exit 1; }
same() { vigie fmt - <"$1" | diff -u good.vigie - || fails "$1 came out differently"; }
same good.vigie
sed 's/$/\r/' good.vigie >windows.vigie && same windows.vigie
tr '\n' '\r' <good.vigie >mac.vigie && same mac.vigie
{ printf '\xEF\xBB\xBF'; cat good.vigie; } >mark.vigie && same mark.vigie
sed -E 's/ (and|>|<) /\xC2\xA0\1\t/; s/^  /\t/; s/CS$/CS \t/' good.vigie >blanks.vigie && same blanks.vigie
head -c -1 good.vigie >cut.vigie && same cut.vigie
printf '\n \n\n' | vigie fmt - | cmp - /dev/null || fails "a blank file does not come out empty"
printf '\0' | vigie fmt - >out.vigie 2>/dev/null
[ $? = 3 ] && [ ! -s out.vigie ] || fails "a NUL byte is no reason to print something"
printf 'a\xFF > 1 -> assign CS' | vigie fmt - >out.vigie 2>/dev/null
[ $? = 3 ] && [ ! -s out.vigie ] || fails "a file that is not UTF-8 is no reason to print something"
