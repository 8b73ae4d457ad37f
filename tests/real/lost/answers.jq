# A backtest as the lines of oracle.sql.
def fixed: (. * 1000000000 | round) as $n | ($n / 1000000000 | floor | tostring) + "." + ((1000000000 + $n % 1000000000 | tostring)[1:]);
def scores: (.rules[], (.together + {rule: "together"}));
(scores | ["rule", .rule, .opened, .carried_in, .open_median, .open_max, .short_lived, .back_again]),
(.rules[] | select(.precision != null) | ["right", .rule, .right, .wrong, .after_the_fact, .too_early, (.precision | fixed)]),
(scores | select(.caught != null) | ["caught", .rule, .caught, .onsets, (.recall | fixed), (.lead_days | map("\(.).0") | join(" ")),
           (if (.money | length) == 0 then "-" else "\(.money[0].caught).0 \(.money[0].missed).0" end)]),
(.together.missed[] | ["missed", .key, .day, (if .worth == null then "" else "\(.worth).0" end)]),
(.outcome | ["outcome", .onsets, .row_days, (.base_rate | fixed)]),
(.owners[] | select(.weeks_over > 0) | ["weeks over", .owner, .weeks_over])
| map(tostring) | join("|")
