/* What several sections say alike: targets, owners, commands. */
#include "base/text.h"
#include "report/html.h"

/* ---- targets -------------------------------------------------------------------------- */

static enum page_text standing_word(const struct target_status *t) {
  if (!t->judged) return T_TARGET_UNKNOWN;
  if (t->reached) return T_TARGET_REACHED;
  return t->on_track ? T_TARGET_ON : T_TARGET_BEHIND;
}

static const char *standing_band(const struct target_status *t) {
  if (!t->judged) return "";
  return t->on_track || t->reached ? "green" : "red";
}

/* "the rise of new MRR over a year −46.2%": of a movement what is measured; NULL: the KPI. */
static const char *measured(struct html *h, const struct target_status *t) {
  const struct term *measure = t->target->measure;
  if (!measure || measure->kind == T_KPI) return NULL;
  const struct speaker s = {h->a, h->w.tongue, h->r->as_of};
  return say(&h->w, T_TARGET_MOVE, say_term(&s, measure), say_amount(&h->w, &t->now));
}

const char *html_target_words(struct html *h, const struct target_status *t) {
  const char *move = measured(h, t);
  const char *out =
      say(&h->w, T_TARGET_GOAL, say_amount(&h->w, &t->goal), say_short_day(&h->w, t->due));
  if (move) out = arena_printf(h->a, "%s, %s", move, out);
  if (t->judged && !t->reached)
    out = arena_printf(h->a, "%s%s", out, say(&h->w, T_TARGET_PACE, say_amount(&h->w, &t->pace)));
  if (t->judged && t->projected.known && !t->reached)
    out = arena_printf(h->a, "%s%s", out,
                       say(&h->w, T_TARGET_SPEED, say_amount(&h->w, &t->projected)));
  return out;
}

void html_target_mark(struct html *h, const struct target_status *t) {
  html_band(h, standing_band(t), say(&h->w, standing_word(t)));
}

void html_target(struct html *h, const struct target_status *t) {
  html_put(h, "<span>");
  html_target_mark(h, t);
  if (t->by) html_put(h, " <b>%s</b>", say_group(&h->w, t->by, t->target->dims.n));
  html_put(h, " %s</span>", html_target_words(h, t));
}

/* ---- commands ------------------------------------------------------------------------- */

const char *html_where(struct html *h, const char *command, const char *options) {
  return arena_printf(h->a, "vigie %s%s%s%s", command, h->r->where ? h->r->where : "",
                      *options ? " " : "", options);
}

/* ---- renewals ------------------------------------------------------------------------- */

struct renewal_sum renewals_sum(const struct renewals *x, int state) {
  struct renewal_sum out = {0};
  for (size_t i = 0; i < x->coming.n; i++) {
    const struct renewal_line *l = &x->coming.v[i];
    if (state != RENEWAL_STATES && (int)l->state != state) continue;
    out.n++;
    if (!l->worth.known) continue;
    if (!out.worth.known) out.worth.type = l->worth.type;
    out.worth.known = true;
    out.worth.num += l->worth.num;
  }
  return out;
}
