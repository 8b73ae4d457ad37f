#!/bin/sh
# --plot draws on a terminal; in a pipe what is printed is what it is without.
set -eu
export LC_ALL=C.UTF-8
vigie init demo --quiet
cd demo
for day in 2026-02-23 2026-03-01; do vigie run --as-of $day --quiet; done 2> /dev/null
vigie kpi --as-of 2026-03-01 --only grr --plot 2> /dev/null > piped
vigie kpi --as-of 2026-03-01 --only grr 2> /dev/null | cmp - piped
vigie items stats --as-of 2026-03-01 --plot > piped
vigie items stats --as-of 2026-03-01 | cmp - piped
echo 'vigie kpi --as-of 2026-03-01 --only grr --plot --quiet; vigie items stats --as-of 2026-03-01 --plot' > ask.sh
timeout 20 script -qec "stty cols 80; sh ask.sh" /dev/null < /dev/null | tr -d '\r\004\b' | sed 's/.*\x1b\[K//' > seen
cat > expected <<'P'
grr: 90.2% (398 of 400 rows)
  92% │▇▇▇                                     ▁▁▁
  91% │███                             ▆▆▆     ███ ▂▂▂
  90% │███ ███ ▂▂▂     ▃▃▃ ▁▁▁ ▁▁▁ ▇▇▇ ███     ███ ███
  89% │███ ███ ███ ▄▄▄ ███ ███ ███ ███ ███ ▄▄▄ ███ ███
  88% │███ ███ ███ ███ ███ ███ ███ ███ ███ ███ ███ ███
  87% ┼
      └┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───
       Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb

opened, by month
   75 │▅▅▅
   60 │███
   45 │███
   30 │███ ▄▄▄
   15 │███ ███
      └┬───┬───
       Feb Mar

of these closed by people: none
P
diff expected seen
