/* In: what the report holds. Out: the page, one file with its style, without a script. */
#include "base/embedded.h"
#include "base/check.h"
#include "report/section.h"

/* ---- the family ----------------------------------------------------------------------- */

static const struct section {
  const char *name;
  bool (*there)(const struct html *h);
  void (*lead)(struct html *h), (*body)(struct html *h);
  const char *heading[2], *in_list[2]; /* by tongue */
} sections[] = {
#define SECTION(name, en, fr, short_en, short_fr)                         \
  {#name,    html_##name##_there, html_##name##_lead, html_##name##_body, \
   {en, fr}, {short_en, short_fr}},
#include "report/section.def"
#undef SECTION
};
enum { SECTIONS = sizeof sections / sizeof *sections };

/* A heading with the day of the last meeting in it. */
static const char *heading(struct html *h, const char *const of[2]) {
  const char *pattern = typeset(&h->w, of[h->w.tongue == TONGUE_FR]);
  day_t since = h->r->since.day == DAY_NONE ? h->r->as_of : h->r->since.day;
  return arena_printf(h->a, pattern, say_short_day(&h->w, since));
}

static void put_section(struct html *h, const struct section *s) {
  html_put(
      h,
      "<section id=\"%s\" aria-labelledby=\"h-%s\"><div class=\"side\"><h2 id=\"h-%s\">%s</h2>\n",
      s->name, s->name, s->name, heading(h, s->heading));
  s->lead(h);
  html_put(h, "</div><div class=\"main\">\n");
  s->body(h);
  html_put(h, "</div></section>\n");
}

static void put_list(struct html *h) {
  html_put(h, "<nav aria-label=\"%s\"><ol>", say(&h->w, T_PAGE_SECTIONS));
  for (size_t i = 0; i < SECTIONS; i++)
    if (sections[i].there(h))
      html_put(h, "<li><a href=\"#%s\">%s</a></li>", sections[i].name,
               heading(h, sections[i].in_list));
  html_put(h, "</ol></nav></header>\n");
}

/* ---- the style ------------------------------------------------------------------------ */

static const struct embedded *style(void) {
  for (size_t i = 0; i < n_embedded_files; i++)
    if (strcmp(embedded_files[i].path, "src/report/page.css") == 0) return &embedded_files[i];
  UNREACHABLE("the style is embedded by the Makefile");
}

/* A team is chosen without a script: each has a button and the rows that it hides. */
static void put_team_style(struct html *h) {
  for (size_t t = 0; t < h->r->teams.n; t++)
    html_put(h, "section:has(#team-%zu:checked) .owner:not(.team-%zu){display:none}\n", t, t);
}

static const char *title(struct html *h) {
  const char *of = h->r->title ? h->r->title : say(&h->w, T_PAGE_TITLE);
  return say(&h->w, T_PAGE_OF_DAY, of, say_full_day(&h->w, h->r->as_of));
}

static void put_top(struct html *h) {
  html_put(h, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n",
           h->w.tongue == TONGUE_FR ? "fr" : "en");
  html_put(h,
           "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<meta name=\"generator\" content=\"vigie report\">\n");
  html_put(h, "<title>%s</title>\n<style>\n", title(h));
  fwrite(style()->text, 1, style()->size, h->f);
  put_team_style(h);
  html_put(h, "</style></head><body>\n<a class=\"skip\" href=\"#%s\">%s</a>\n", sections[0].name,
           say(&h->w, T_PAGE_SKIP));
}

/* ---- the head ------------------------------------------------------------------------- */

static void put_line(struct html *h) {
  const struct report *r = h->r;
  const char *whose = r->person ? say_person(&h->w, r->person) : r->team;
  html_put(h, "<header><p class=\"top\"><b>Vigie</b><span>%s</span>",
           r->title ? r->title : say(&h->w, T_PAGE_TITLE));
  if (whose) html_put(h, "<span>%s</span>", say(&h->w, T_PAGE_FOR, whose));
  html_put(h, "<time datetime=\"%s\">%s</time>", say_iso_day(&h->w, r->as_of),
           say_long_day(&h->w, r->as_of));
  if (r->ran == DAY_NONE)
    html_put(h, "<span>%s</span>", say(&h->w, T_PAGE_NOT_RUN));
  else if (r->since.day != DAY_NONE)
    html_put(h, "<span>%s</span>", say(&h->w, T_PAGE_SINCE, say_short_day(&h->w, r->since.day)));
  html_put(h, "</p>\n");
}

static const char *state_of_actions(struct html *h) {
  const struct report *r = h->r;
  long n = r->counts.to_do, late = r->counts.late;
  if (!n) return say(&h->w, r->rs && !r->rs->rules.n ? T_LEAD_NO_RULES : T_LEAD_NOTHING);
  if (!late) return say_count(&h->w, T_LEAD_OPEN, n);
  if (late == n) return say_count(&h->w, T_LEAD_LATE_ALL, n);
  return say_count(&h->w, T_LEAD_LATE, late, say_number(&h->w, n));
}

/* What nobody could judge, in the first line: silence is not safety. NULL: all was judged. */
static const char *what_nobody_judged(struct html *h) {
  const struct report *r = h->r;
  for (size_t i = 0; i < r->renewals.n; i++) {
    struct renewal_sum sum =
        renewals_sum(r->renewals.v[i].coming.v, r->renewals.v[i].coming.n, RENEWAL_UNJUDGED);
    if (sum.n && sum.worth.known)
      return say_count(&h->w, T_LEAD_RENEWAL, sum.n, say_amount(&h->w, &sum.worth),
                       say_of_measure(&h->w, r->renewals.v[i].worth_name));
    if (sum.n) return say_count(&h->w, T_LEAD_RENEWAL_BARE, sum.n);
  }
  if (r->person || r->team || !r->unjudged.n) return NULL;
  return say_count(&h->w, T_LEAD_ROWS, r->unjudged_rows);
}

static void put_sentence(struct html *h) {
  const char *unjudged = what_nobody_judged(h);
  const char *mark = h->r->counts.late ? "em" : "span";
  html_put(h, "<h1><%s>%s</%s>", mark, state_of_actions(h), mark);
  if (unjudged) html_put(h, "%s%s", say(&h->w, T_LEAD_AND), unjudged);
  html_put(h, ".</h1>\n");
}

static void put_fact(struct html *h, const char *name, const char *value, const char *more) {
  html_put(h, "<div><dt>%s</dt><dd><b>%s</b><span>%s</span></dd></div>\n", name, value, more);
}

static void put_stake(struct html *h, const struct measure_sum *m) {
  const char *rows = say_kind(&h->w, h->r->rs, m->entity, 2);
  const char *name =
      m->name ? say(&h->w, T_FACT_STAKE, capital(h->a, say_measure(&h->w, m->name)), rows)
              : say(&h->w, T_FACT_MONEY, rows);
  put_fact(h, name, say_amount(&h->w, &m->money),
           say_count(&h->w, T_FACT_ROWS, m->rows, say_kind(&h->w, h->r->rs, m->entity, m->rows)));
}

enum { FACTS_OF_MONEY = 3 };

static void put_facts(struct html *h) {
  const struct report *r = h->r;
  size_t n = r->stake.sums.n, shown = n < FACTS_OF_MONEY ? n : FACTS_OF_MONEY;
  if (!shown && !r->no_worth) return;
  html_put(h, "<dl class=\"facts\">\n");
  for (size_t i = 0; i < shown; i++) put_stake(h, &r->stake.sums.v[i]);
  if (r->no_worth)
    put_fact(h, say(&h->w, T_FACT_NO_WORTH), say_number(&h->w, r->no_worth),
             say(&h->w, T_FACT_NO_WORTH_WHY));
  html_put(h, "</dl>\n");
  if (n > shown)
    html_paragraph(h, "fine", say(&h->w, T_FACT_MORE, say_number(&h->w, (long)(n - shown))));
}

/* ---- the foot ------------------------------------------------------------------------- */

static void put_foot(struct html *h) {
  html_put(h, "</main><footer><p>%s ", say(&h->w, T_FOOT_MADE));
  html_code(h, h->r->command);
  html_put(h, " %s %s %s</p></footer>\n</body></html>\n",
           say(&h->w, T_FOOT_OF, say_full_day(&h->w, h->r->as_of)), say(&h->w, T_FOOT_MONEY),
           say(&h->w, T_FOOT_KNOWN));
}

void print_report_html(FILE *f, const struct report *r, struct arena *a) {
  struct html h = {
      .f = f, .r = r, .a = a, .w = words_of(r, a), .evidence_left = REPORT_EVIDENCE_MAX};
  put_top(&h);
  put_line(&h);
  put_sentence(&h);
  put_facts(&h);
  put_list(&h);
  html_put(&h, "<main>\n");
  for (size_t i = 0; i < SECTIONS; i++)
    if (sections[i].there(&h)) put_section(&h, &sections[i]);
  put_foot(&h);
}
