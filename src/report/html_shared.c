/* What several sections say alike: targets, owners, commands. */
#include "base/check.h"
#include "base/text.h"
#include "report/html.h"
#include "sema/threshold_line.h"

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

/* "rise over 1 year: −46.2%": of a movement what is measured; NULL: the KPI. */
static const char *measured(struct html *h, const struct target_status *t) {
  static const enum page_text moves[] = {T_TARGET_DROP, T_TARGET_RISE, T_TARGET_CHANGE};
  const struct term *m = t->target->measure;
  const struct speaker s = {h->a, h->w.tongue, h->r->as_of};
  const char *now = say_amount(&h->w, &t->now);
  if (!m || m->kind == T_KPI) return NULL;
  if (m->kind != T_MOVE && m->kind != T_MOVE_CMP)
    return say(&h->w, T_TARGET_OTHER, say_term(&s, m), now);
  size_t move = m->kind == T_MOVE ? (size_t)m->op : (size_t)m->move;
  CHECK(move < sizeof moves / sizeof *moves);
  return say(&h->w, moves[move], say_duration(&s, term_duration(m, t->day)), now);
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

static const struct target_status *target_of_item(const struct html *h, const struct item *i) {
  for (size_t d = 0; d < h->r->decisions.n; d++)
    if (h->r->decisions.v[d].item == i) return h->r->decisions.v[d].target;
  return NULL;
}

const char *html_asked(struct html *h, const struct item *i) {
  const struct target_status *t = target_of_item(h, i);
  if (!t || !t->judged || !t->gap.known) return i->action;
  if (t->gap.num <= 0) return say(&h->w, T_DECIDE_MET);
  return say(&h->w, T_DECIDE_GAP, say_distance(&h->w, &t->gap));
}

/* ---- commands ------------------------------------------------------------------------- */

/* Of the day of the page, whenever somebody types it. */
const char *html_where(struct html *h, const char *command, const char *options) {
  char day[16];
  return arena_printf(h->a, "vigie %s%s --as-of %s%s%s", command, h->r->where ? h->r->where : "",
                      day_text(h->r->as_of, day), *options ? " " : "", options);
}

/* The months of the page. */
const char *html_months(struct html *h, const struct report_kpi *k, const char *options) {
  char day[16];
  return html_where(h, "kpi",
                    arena_printf(h->a, "%s%s--from %.7s --every month", options,
                                 *options ? " " : "", day_text(k->series->days[0].day, day)));
}

void html_items_command(struct html *h) {
  const struct report *r = h->r;
  const char *whose =
      r->person || r->team ? text_shell_word(h->a, r->person ? r->person : r->team) : "";
  const char *option = r->person ? " --owner " : r->team ? " --team " : "";
  html_command(h, arena_printf(h->a, "vigie items%s%s --as-of %s", option, whose,
                               say_iso_day(&h->w, r->as_of)));
}
