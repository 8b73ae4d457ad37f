#!/bin/bash
# KPIs that each name the one before twice: 40 of them are 2 to the power of 40 ways down, and lint follows each name once.
{
  printf 'language 1\n\ncalendar\n  currency EUR\n\nentity deal from "deals"\n  key "id"\n  amount money "amount"\n'
  printf '  won flag "is_won"\n  chance percent "chance"\n\nkpi a0 of deal = amount\nkpi c0 of deal = 100%% - chance\n'
  for i in {1..40}; do
    printf 'kpi a%d of deal = a%d + a%d\nkpi c%d of deal = c%d * c%d\n' "$i" $((i - 1)) $((i - 1)) "$i" $((i - 1)) $((i - 1))
  done
  printf 'kpi won_value = sum of a40 over deal\nkpi expected of deal = amount * c40\n\nteam T\n  assigns "a@acme.example"\n\n'
  printf 'rule any for deal\n  when a40 >= 0 EUR\n  -> assign T, due 7d\n'
} >deep.vigie
timeout 20 vigie lint deep.vigie --format json >found.json || { echo "lint ended with $?"; exit 1; }
for code in V1047 V1049 V1051; do
  jq -e --arg code "$code" 'any(.findings[]; .code == $code)' found.json >/dev/null || { echo "$code is not found"; exit 1; }
done
