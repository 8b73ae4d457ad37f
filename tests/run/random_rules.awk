# Random rules, each beside its condition in SQL, written from the language page and sqlite3's own three-valued logic.
# In: -v seed=N -v rules=N. Out: rules.vigie, data.sql and oracle.sql (rule, keys where it is true, rows where it is
# unknown).
#
# Every generator sets V (Vigie) and S (SQL over accounts a), for a day that is D days before 2026-03-01. With past, a
# plain column may not be read: it has no past.
function below(n) { # 0 … n-1
  seed = (seed * 1103515245 + 12345) % 2147483648
  return int(seed / 65536) % n
}
function pick(list,   parts) { return parts[1 + below(split(list, parts, " "))] }
function day(back) { return "date('2026-03-01','-" back " days')" }

# ---- rows that belong to an account: their conditions and their values ----
function row_condition(depth,   v, s) {
  switch_ = below(depth > 0 ? 7 : 5)
  if (switch_ == 0) { V = "ok"; S = "r.ok" }
  else if (switch_ == 1) { n = below(20); V = "v > " n; S = "r.v > " n }
  else if (switch_ == 2) { V = "tag is \"x\""; S = "r.tag = 'x'" }
  else if (switch_ == 3) { V = "tag not one of \"x\", \"z\""; S = "r.tag NOT IN ('x', 'z')" }
  else if (switch_ == 4) { V = "v is known"; S = "r.v IS NOT NULL" }
  else if (switch_ == 5) { row_condition(depth - 1); V = "not (" V ")"; S = "NOT (" S ")" }
  else {
    row_condition(depth - 1); v = V; s = S; row_condition(depth - 1)
    op = pick("and or"); V = "(" v ") " op " (" V ")"; S = "(" s ") " op " (" S ")"
  }
}
function aggregate(back) { aggregate_of(pick("sum sum avg min max count count distinct"), back) }
# Rows that are certainly not there on the day, or not in the period, are not met. Of those that are met, a row is judged
# when it certainly does not belong, or belongs and its value is known.
function aggregate_of(fn, back,   set, from, day_, stop_, vis, v, period, cond, s, known, judged) {
  set = pick("event stay")
  from = set == "event" ? "events r" : "stays r"
  # an interval that ends before it begins has neither day
  day_ = set == "event" ? "r.day" : "(CASE WHEN r.stop < r.day THEN NULL ELSE r.day END)"
  stop_ = "(CASE WHEN r.stop < r.day THEN NULL ELSE r.stop END)"
  vis = "(" day_ " <= " day(back)
  v = ""
  if (below(2)) {
    n = 5 + below(40); v = v " in last " n "d"
    vis = vis " AND " day_ " > " day(back + n)
  }
  vis = vis ")"
  cond = "1"
  if (fn == "share" || below(2)) {
    row_condition(2); cond = S
    if (set == "stay" && below(2)) {
      V = "active and (" V ")"
      cond = "((" day_ " <= " day(back) " AND (" stop_ " IS NULL OR " stop_ " > " day(back) ")) AND (" cond "))"
    }
    v = v " where " V
  }
  early = "(SELECT ifnull(" day(back) " < min(" day_ "), 1) FROM " from ")"
  if (fn == "share") {
    known = "count(CASE WHEN " vis " THEN " cond " END)"
    s = "CASE WHEN " early " OR " known " = 0 THEN NULL ELSE 1.0 * sum(CASE WHEN " vis " AND (" cond ") THEN 1 ELSE 0 END) / " known " END"
    V = "(share of " set v ")"
  } else {
    known = "CASE WHEN " vis " AND (" cond ") THEN " (fn == "distinct" ? "r.tag" : fn == "count" ? "1" : "r.v") " END"
    judged = "sum(CASE WHEN NOT (" vis " AND (" cond ")) OR " known " IS NOT NULL THEN 1 ELSE 0 END)"
    V = fn == "count" ? "(count of " set v ")" : fn == "distinct" ? "(count distinct of tag over " set v ")" : "(" fn " of v over " set v ")"
    s = fn == "count" ? "count(" known ")" : fn == "distinct" ? "count(DISTINCT " known ")" : fn == "sum" ? "ifnull(sum(" known "), 0)" : fn "(" known ")"
    s = "CASE WHEN " early " THEN NULL " (fn ~ /sum|count|distinct/ ? "WHEN count(*) = 0 THEN 0 WHEN " judged " = 0 THEN NULL " : "") "ELSE " s " END"
  }
  S = "(SELECT " s " FROM " from " WHERE r.account = a.id AND ifnull(" vis ", 1))"
}

# ---- numbers ----
function history(back) {
  V = "health"
  S = "(SELECT CASE WHEN h.day >= " day(back + 20) " THEN h.score END FROM health h WHERE h.account = a.id AND h.day <= " day(back) " ORDER BY h.day DESC LIMIT 1)"
}
function number(depth, back, past,   v, s, k, op) {
  k = below(depth > 0 ? 12 : 4)
  if (k == 0) { V = S = below(30) }
  else if (k == 1 && !past) { V = "n"; S = "a.n" }
  else if (k <= 2) history(back)
  else if (k == 3) aggregate(back)
  else if (k <= 6) {
    number(depth - 1, back, past); v = V; s = S; number(depth - 1, back, past); op = pick("+ - *")
    V = "(" v " " op " " V ")"; S = "(" s " " op " " S ")"
  } else if (k == 7) {
    number(depth - 1, back, past); v = V; s = S; number(depth - 1, back, past)
    V = "(" v " / " V ")"; S = "(1.0 * " s " / " S ")"
  } else if (k == 8) {
    number(depth - 1, back, past); v = V; s = S; number(depth - 1, back, past)
    V = "(" v " else " V ")"; S = "ifnull(" s ", " S ")"
  } else if (k == 9) {
    op = pick("min max"); number(depth - 1, back, past); v = V; s = S; number(depth - 1, back, past)
    V = op "(" v ", " V ")"; S = op "(" s ", " S ")"
  } else if (k == 10) {
    condition(1, back, past); cv = V; cs = S; cv_[depth] = cv; cs_[depth] = cs
    number(depth - 1, back, past); v = V; s = S; number(depth - 1, back, past)
    V = "(if " cv_[depth] " then " v " else " V ")"; S = "(CASE WHEN " cs_[depth] " THEN " s " WHEN NOT (" cs_[depth] ") THEN " S " END)"
  } else shifted(depth, back)
}
# A value of another day: only what has a past.
function shifted(depth, back,   n) {
  n = 1 + below(25)
  if (below(2)) { history(back + n) } else aggregate(back + n)
  V = "(" V " " n "d ago)"
}

# ---- conditions ----
function date_condition(back,   n) {
  n = 1 + below(60); k_ = below(7)
  if (k_ == 0) { V = "d within " n "d"; S = "a.d BETWEEN " day(0) " AND date(" day(0) ", '" n " days')" }
  else if (k_ == 1) { V = "d overdue"; S = "a.d < " day(0) }
  else if (k_ == 2) { V = "d older than " n "d"; S = "a.d <= " day(n) }
  else if (k_ == 3) { V = "d in last " n "d"; S = "(a.d > " day(n) " AND a.d <= " day(0) ")" }
  else if (k_ == 4) { V = "d in next " n "d"; S = "(a.d > " day(0) " AND a.d <= date(" day(0) ", '" n " days'))" }
  else if (k_ == 5) { V = "d in previous month"; S = "strftime('%Y-%m', a.d) = '2026-02'" }
  else { V = "days since d > " n; S = "julianday(" day(0) ") - julianday(a.d) > " n }
}
function movement(back,   s, n, op, p, m) {
  n = 5 + below(25); p = 10 + below(60)
  if (below(2)) { history(back); s = S; history(back + n) }
  else { seed_ = seed; aggregate(back); s = S; seed = seed_; aggregate(back + n) }
  m = pick("drop rise change"); op = pick("> <")
  V = V " " m " over " n "d " op " "
  if (below(2)) {
    V = V p "%"
    # From 0, staying there is 0%; anything else is more than any percent, in its direction.
    S = "CASE WHEN " S " > 0 THEN " moved(m, s, S) " " op " " p " * " S " / 100.0" \
      " WHEN " S " = 0 THEN sign(" moved(m, s, S) ") * 1e9 " op " " p " END"
  } else {
    V = V int(p / 5)
    S = moved(m, s, S) " " op " " int(p / 5)
  }
}
function moved(m, now, past) {
  return m == "drop" ? "(" past " - " now ")" : m == "rise" ? "(" now " - " past ")" : "abs(" now " - " past ")"
}
function condition(depth, back, past,   v, s, k, op, i, n) {
  k = below(depth > 0 ? 13 : 6)
  if (k == 0 && below(2)) {
    aggregate_of("share", back); n = 5 + below(90); op = pick("< >=")
    V = V " " op " " n "%"; S = S " " op " " n " / 100.0"
  } else if (k <= 2) {
    number(depth > 0 ? depth - 1 : 0, back, past); v = V; s = S; number(0, back, past); op = pick("< <= > >= = !=")
    V = v " " op " " V; S = s " " op " " S
  } else if (k == 3 && !past) date_condition(back)
  else if (k == 4 && !past) { V = pick("f plan"); if (V == "f") S = "a.f"; else { V = "plan is not \"Pro\""; S = "a.plan <> 'Pro'" } }
  else if (k <= 5) movement(back)
  else if (k <= 9) {
    condition(depth - 1, back, past); v = V; s = S; condition(depth - 1, back, past); op = pick("and or")
    V = "(" v ") " op " (" V ")"; S = "(" s ") " op " (" S ")"
  } else if (k == 10) { condition(depth - 1, back, past); V = "not (" V ")"; S = "NOT (" S ")" }
  else if (k == 11) {
    condition(depth - 1, back, past); op = pick("known unknown")
    V = "(" V ") is " op; S = "(" S ") IS " (op == "known" ? "NOT " : "") "NULL"
  } else { # the same condition on each of some days: the same seed gives the same words
    n = 2 + below(3); k = seed; s = ""
    for (i = 0; i < n; i++) {
      seed = k
      number(0, back + i, 1); v = V; s = s (i ? " AND " : "") "(" S " > 10)"
    }
    V = "(" v " > 10) for " n "d"; S = "(" s ")"
  }
}

# ---- data ----
function maybe(value, one_in) { return below(one_in) ? value : "NULL" }
function rows(   i, j, n) {
  print "CREATE TABLE accounts (id TEXT PRIMARY KEY, n, d, f, plan);" > "data.sql"
  print "CREATE TABLE health (account, day, score); CREATE TABLE events (account, day, v, tag, ok); CREATE TABLE stays (account, day, stop, v, tag, ok);" > "data.sql"
  for (i = 1; i <= 40; i++) {
    printf "INSERT INTO accounts VALUES ('A%d', %s, %s, %s, %s);\n", i, maybe(below(40) - 5, 5), maybe("date('2026-01-15', '" below(100) " days')", 5),
      maybe(below(2), 4), maybe("'" pick("Basic Pro Max") "'", 4) > "data.sql"
    for (j = 0; j < 90; j += 1 + below(25))
      printf "INSERT INTO health VALUES ('A%d', %s, %d);\n", i, day(j), below(100) > "data.sql"
    n = below(9)
    for (j = 0; j < n; j++)
      printf "INSERT INTO events VALUES ('A%d', %s, %s, %s, %s);\n", i, maybe(day(below(70) - 5), 12), maybe(below(30), 4), maybe("'" pick("x y z") "'", 4), maybe(below(2), 4) > "data.sql"
    n = below(6)
    for (j = 0; j < n; j++)
      printf "INSERT INTO stays VALUES ('A%d', %s, %s, %s, %s, %s);\n", i, maybe(day(below(70)), 12), maybe(day(below(20) - 10), 2), maybe(below(30), 4), maybe("'" pick("x y z") "'", 4), maybe(below(2), 4) > "data.sql"
  }
}
BEGIN {
  for (i = 0; i < 10; i++) below(2)
  rows()
  while ((getline line < head) > 0) print line > "rules.vigie"
  for (i = 1; i <= rules; i++) {
    condition(3, 0, 0)
    printf "rule r%d for account\n  when %s\n  -> assign CS\n", i, V > "rules.vigie"
    printf "SELECT 'r%d', ifnull(group_concat(id, ' '), '') FROM (SELECT id FROM accounts a WHERE %s ORDER BY id);\n", i, S > "oracle.sql"
    printf "SELECT 'r%d unknown', count(*) FROM accounts a WHERE (%s) IS NULL;\n", i, S > "oracle.sql"
  }
}
