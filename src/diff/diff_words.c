/* In: parts of a difference. Out: the words for them, wherever they are printed. */
#include <string.h>

#include "action/compare.h"
#include "base/text.h"
#include "diff/diff.h"
#include "eval/row_key.h"

static const char *day_words(day_t d, struct arena *a) {
  char buf[16];
  return arena_strdup(a, day_text(d, buf));
}

static const char *value_words(const struct value *v, struct arena *a) {
  char buf[96];
  return v->known ? arena_strdup(a, value_text(v, buf, sizeof buf)) : "unknown";
}

const char *meaning_subject(const struct meaning *m, struct arena *a) {
  return *m->name ? arena_printf(a, "%s %s", m->what, m->name) : m->what;
}

/* What goes on under the new name. */
static const char *renamed_words(const struct meaning *m, struct arena *a) {
  bool kpi = strcmp(m->what, "kpi") == 0;
  return arena_printf(a, "was %s: the same %s", m->old, kpi ? "numbers" : "items");
}

const char *proof_day(const struct policy_diff *d, struct arena *a) {
  for (size_t i = 0; !d->now && i < d->meanings.n; i++) {
    const struct meaning *m = &d->meanings.v[i];
    if (m->from != DAY_NONE && m->from > d->as_of)
      return arena_printf(a, " on %s", day_words(d->as_of, a));
  }
  return "";
}

/* What became of the part: "a → b"; "added: b"; "taken out: a". */
static const char *part_words(const struct meaning *m, struct arena *a) {
  const char *part = m->part ? m->part : "";
  bool named = m->from == DAY_NONE || strcmp(part, "value") != 0;
  const char *front = named ? arena_printf(a, "%s: ", part) : "";
  if (m->old && m->now) return arena_printf(a, "%s%s → %s", front, m->old, m->now);
  if (m->now)
    return *m->now ? arena_printf(a, "%s%s, new", front, m->now) : arena_printf(a, "%s, new", part);
  return *m->old ? arena_printf(a, "%s%s, taken out", front, m->old)
                 : arena_printf(a, "%s, taken out", part);
}

const char *meaning_words(const struct meaning *m, struct arena *a) {
  const char *text = "new";
  if (m->kind == MEANING_REMOVED) text = "taken out";
  if (m->kind == MEANING_RENAMED) text = renamed_words(m, a);
  if (m->kind == MEANING_CHANGED) text = part_words(m, a);
  if (m->from != DAY_NONE && m->from != DAY_MIN)
    text = arena_printf(a, "%s from %s", text, day_words(m->from, a));
  if (m->because)
    text = arena_printf(a, "%s, because \"%s\"", text, m->because);
  else if (m->from != DAY_NONE && m->now)
    text = arena_printf(a, "%s, no reason given", text);
  return text;
}

const char *proof_answer_name(enum proof_answer answer) {
  static const char *const names[] = {[PROOF_SAME] = "same",
                                      [PROOF_MORE] = "only_more",
                                      [PROOF_FEWER] = "only_fewer",
                                      [PROOF_DIFFERS] = "differs",
                                      [PROOF_OPEN] = "not_decided"};
  return names[answer];
}

/* What the rows of the data show, which proves nothing. */
static const char *data_words(const struct rule *rule, const struct consequence *c,
                              struct arena *a) {
  for (size_t i = 0; c && i < c->rules.n; i++) {
    const struct moved_rule *m = &c->rules.v[i];
    if (strcmp(m->rule, rule->name) != 0) continue;
    const char *rows = rule_rows(rule, m->rows, a);
    if (!m->only_old && !m->only_new)
      return arena_printf(a, "; no difference on %ld %s, which proves nothing", m->rows, rows);
    return arena_printf(a, "; of %ld %s, %ld more and %ld fewer", m->rows, rows, m->only_new,
                        m->only_old);
  }
  return "";
}

const char *proof_words(const struct rule_proof *p, const struct consequence *c, struct arena *a) {
  switch (p->answer) {
    case PROOF_SAME: return "the same for every row";
    case PROOF_MORE:
      return "only more: whatever the old rule acts on, the new one does too. Not the reverse, and "
             "this row shows it (it passes on the old rules and fails on the new ones):";
    case PROOF_FEWER:
      return "only fewer: whatever the new rule acts on, the old one did too. Not the reverse, and "
             "this row shows it (it passes on the old rules and fails on the new ones):";
    case PROOF_DIFFERS:
      return "differs, and this row shows it (it passes on the old rules and fails on the new "
             "ones):";
    case PROOF_OPEN:
      return arena_printf(a, "not decided: %s%s", p->why ? p->why : "too many ways to be true",
                          data_words(p->now, c, a));
  }
  return "";
}

const char *item_words(const struct item *i) {
  if (i->label) return i->label;
  return i->key ? i->key : "unknown";
}

const char *item_worth(const struct item *i, struct arena *a) {
  return i->worth.known ? value_words(&i->worth, a) : "";
}

const char *money_words(const struct moved_money *m, struct arena *a) {
  const char *many = plural_name(a, m->entity);
  return arena_printf(a, "%s of %ld %s → %s of %ld", value_words(&m->before, a), m->rows_before,
                      plural(m->rows_before, m->entity, many), value_words(&m->after, a),
                      m->rows_after);
}

const char *kpi_subject(const struct moved_kpi *k, struct arena *a) {
  if (!k->by) return k->kpi->name;
  return arena_printf(a, "%s %s", k->kpi->name, group_name(k->by, k->kpi->dims.n, a));
}

const char *kpi_words(const struct moved_kpi *k, struct arena *a) {
  const char *text = arena_printf(a, "%s → %s", value_words(&k->old, a), value_words(&k->now, a));
  if (!k->old_band && !k->now_band) return text;
  if (text_cmp(k->old_band, k->now_band) == 0)
    return arena_printf(a, "%s, %s both times", text, k->now_band);
  return arena_printf(a, "%s, %s → %s", text, k->old_band ? k->old_band : "no colour",
                      k->now_band ? k->now_band : "no colour");
}

void print_test_block(FILE *f, const char *test) {
  fputc('\n', f);
  for (const char *line = test; *line;) {
    size_t n = strcspn(line, "\n");
    fprintf(f, "    %.*s\n", (int)n, line);
    line += n + (line[n] == '\n');
  }
  fputc('\n', f);
}
