/* KPIs and thresholds explained. In: a declaration, and maybe a dataset, a row and a day. Out:
 * its formula with the `define`s in it and the values under it; the lines of a threshold with the
 * days on which they count. */
#include "explain/declaration.h"

#include <string.h>

#include "action/value_json.h"
#include "base/text.h"
#include "explain/key.h"
#include "explain/phrase.h"
#include "explain/print.h"
#include "sema/threshold_line.h"

/* ---- a KPI with its values ------------------------------------------------------------ */

bool kpi_explain(struct ruleset *rs, struct kpi *k, const char *key, struct dataset *dataset,
                 day_t day, struct arena *a, struct kpi_explanation **out, struct diags *problems) {
  struct kpi_explanation *e = *out = NEW(a, struct kpi_explanation);
  *e = (struct kpi_explanation){.kpi = k, .day = day};
  if (!dataset || (!key && !kpi_has_total(k))) return true;
  struct plan *p = plan_new(rs, a);
  struct tree *tree = tree_new(p);
  struct term *root = NEW(a, struct term);
  struct evaluation *ev;
  *root = (struct term){.kind = T_KPI, .kpi = k, .type = k->term->type};
  int domain = k->entity          ? plan_entity_domain(p, k->entity, true)
               : k->dims.n && key ? plan_group_domain(p, &k->dims, day)
                                  : 0;
  struct place *here = tree_place(tree, domain, NULL, NULL);
  struct part *value = tree_add(tree, root, here, day);
  int label = k->entity ? plan_label(p, domain) : -1;
  if (label >= 0) VEC_PUSH(a, &tree->roots, label);
  const struct row_asked asked = {.text = key};
  if (!evaluation_run(p, dataset, tree->roots.v, tree->roots.n, NULL, NULL, &ev, problems))
    return false;
  bool good = key_find(ev, domain, label, &asked, k->entity ? k->entity->name : "group", a,
                       &here->row, &e->key, problems) &&
              tree_fill(tree, ev, problems) && tree_fill_rows(tree, ev, problems);
  evaluation_free(ev);
  e->value = value;
  return good;
}

/* ---- the formulas of `define` in it --------------------------------------------------- */

typedef VEC(const struct define *) define_list;

static void find_defines(const struct ruleset *rs, const struct expr *e, define_list *out,
                         struct arena *a) {
  if (!e) return;
  const struct define *d = e->kind == E_CALL ? map_get(&rs->define_names, e->name) : NULL;
  bool known = !d;
  for (size_t i = 0; i < out->n; i++) known |= out->v[i] == d;
  if (!known) {
    VEC_PUSH(a, out, d);
    find_defines(rs, d->expr, out, a);
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) find_defines(rs, expr_kid(e, i), out, a);
}

static const char *define_head(const struct define *d, struct arena *a) {
  const char *params = "";
  for (size_t i = 0; i < d->params.n; i++)
    params = arena_printf(a, "%s%s%s", params, i ? ", " : "", d->params.v[i].name);
  return arena_printf(a, "%s(%s)", d->name, params);
}

/* Goes on below, two columns further, where the terminal has no room. */
static void print_line(FILE *f, int indent, const char *text) {
  fprintf(f, "%*s", indent, "");
  text_print_from(f, indent, indent + 2, text, strlen(text));
}

static void print_defines(FILE *f, const define_list *list, struct arena *a) {
  for (size_t i = 0; i < list->n; i++) {
    const struct define *d = list->v[i];
    const char *head = define_head(d, a), *text = span_text(a, d->expr->span);
    fputc('\n', f);
    print_line(f, 0, arena_printf(a, "where %s = %s", head, text));
    for (const char *p = d->doc ? d->doc : ""; *p;) {
      size_t n = strcspn(p, "\n");
      print_line(f, 2, arena_strndup(a, p, n));
      p += n + (p[n] == '\n');
    }
  }
}

static const char *rows_of_kpi(const struct kpi_explanation *e, struct arena *a) {
  if (e->kpi->entity)
    return e->key ? arena_printf(a, " of %s %s", e->kpi->entity->name, e->key)
                  : arena_printf(a, " of each %s", e->kpi->entity->name);
  return e->kpi->dims.n && e->key && strcmp(e->key, "company") != 0
             ? arena_printf(a, " of %s", e->key)
             : "";
}

void kpi_explain_text(FILE *f, const struct ruleset *rs, const struct kpi_explanation *e,
                      struct arena *a) {
  const struct kpi *k = e->kpi;
  struct speaker english = {a, TONGUE_EN, e->day}, vigie = {a, TONGUE_VIGIE, e->day};
  define_list defines = {0};
  char day[16];
  print_line(f, 0,
             arena_printf(a, "%s%s%s%s", k->name, rows_of_kpi(e, a), k->means ? ": " : "",
                          k->means ? k->means : ""));
  fputc('\n', f);
  print_line(f, 2, say_term(&vigie, k->term));
  fputc('\n', f);
  print_line(f, 0, arena_printf(a, "In words: %s.", say_term(&english, k->term)));
  if (k->owner) print_line(f, 0, arena_printf(a, "Owner: %s.", k->owner));
  if (k->decides) print_line(f, 0, arena_printf(a, "Decides: %s.", k->decides));
  find_defines(rs, k->expr, &defines, a);
  print_defines(f, &defines, a);
  if (!kpi_has_total(k) && !e->value)
    fprintf(f, "\nOver all currencies it has no value; --key explains the one of a group.\n");
  if (!e->value) return;
  fprintf(f, "\nOn %s:\n", day_text(e->day, day));
  print_parts(f, e->value, e->day, a);
}

void kpi_explain_json(FILE *f, const struct ruleset *rs, const struct kpi_explanation *e,
                      struct arena *a) {
  const struct kpi *k = e->kpi;
  struct speaker english = {a, TONGUE_EN, e->day}, vigie = {a, TONGUE_VIGIE, e->day};
  define_list defines = {0};
  json_t *j = json_object(), *list = json_array();
  find_defines(rs, k->expr, &defines, a);
  for (size_t i = 0; i < defines.n; i++) {
    json_t *d = json_object();
    json_object_set_new(d, "define", text_json(define_head(defines.v[i], a)));
    json_object_set_new(d, "formula", text_json(span_text(a, defines.v[i]->expr->span)));
    json_object_set_new(d, "doc", text_json(defines.v[i]->doc));
    json_array_append_new(list, d);
  }
  json_object_set_new(j, "kpi", text_json(k->name));
  json_object_set_new(j, "key", text_json(e->key));
  json_object_set_new(j, "as_of", day_json(e->day));
  json_object_set_new(j, "means", text_json(k->means));
  json_object_set_new(j, "owner", text_json(k->owner));
  json_object_set_new(j, "decides", text_json(k->decides));
  json_object_set_new(j, "formula", text_json(say_term(&vigie, k->term)));
  json_object_set_new(j, "sentence", text_json(say_term(&english, k->term)));
  json_object_set_new(j, "defines", list);
  json_object_set_new(j, "value", e->value ? part_json(e->value, a) : json_null());
  json_print(f, j);
}

/* ---- thresholds ----------------------------------------------------------------------- */

/* The first day on which a later line of the same segment or entry takes over; DAY_NONE: none
 * does. */
static day_t ends_before(const struct threshold *t, const struct threshold_line *l) {
  day_t end = DAY_NONE;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *o = &t->lines.v[i];
    if (same_scope(o, l) && o->from > l->from && (end == DAY_NONE || o->from < end)) end = o->from;
  }
  return end;
}

static const char *standing(const struct threshold *t, const struct threshold_line *l, day_t day) {
  if (threshold_line_on(t, l, day) == l) return "in force";
  return l->from > day ? "to come" : "past";
}

static const char *line_days(const struct threshold *t, const struct threshold_line *l,
                             struct arena *a) {
  char from[16], to[16];
  day_t end = ends_before(t, l);
  if (l->from == DAY_MIN)
    return end == DAY_NONE ? "any day" : arena_printf(a, "before %s", day_text(end, to));
  if (end == DAY_NONE) return arena_printf(a, "from %s on", day_text(l->from, from));
  return arena_printf(a, "%s to %s", day_text(l->from, from), day_text(end - 1, to));
}

/* Lines are printed segment by segment, the one that outranks the others first, the base last. */
static int deepest(const struct threshold *t) {
  int most = 1;
  for (size_t i = 0; i < t->lines.n; i++) {
    int rank = threshold_line_rank(&t->lines.v[i]);
    if (rank > most) most = rank;
  }
  return most;
}

void threshold_explain_text(FILE *f, const struct threshold *t, day_t day, struct arena *a) {
  struct speaker english = {a, TONGUE_EN, day};
  char buf[16];
  fprintf(f, "%s on %s%s%s\n\n", t->name, day_text(day, buf), t->means ? ": " : "",
          t->means ? t->means : "");
  for (int rank = deepest(t); rank >= 0; rank--)
    for (size_t i = 0; i < t->lines.n; i++) {
      const struct threshold_line *l = &t->lines.v[i];
      if (threshold_line_rank(l) != rank) continue;
      const char *whom = l->entries.n ? arena_printf(a, "for \"%s\"", line_entries(l, "\", \"", a))
                         : l->segment ? arena_printf(a, "for %s", l->segment->name)
                                      : "for all others";
      fprintf(f, "  %-8s  %s %s, %s%s%s%s\n", standing(t, l, day),
              say_threshold_value(&english, t, l), whom, line_days(t, l, a),
              l->because ? ", because \"" : "", l->because ? l->because : "",
              l->because ? "\"" : "");
      if (l->segment && l->segment->inside)
        fprintf(f, "            %s is a segment of %s, so it goes first\n", l->segment->name,
                l->segment->inside->name);
    }
  for (size_t i = 0; i < t->by.n; i++)
    fprintf(f, "%s`%s`%s", i ? ", " : "\nA table: the value goes by ",
            span_text(a, t->by.v[i]->span), i + 1 < t->by.n ? "" : ".\n");
  if (t->has_review)
    fprintf(f, "\nReviewed every %s; %s%s.\n", period_unit_name(t->review),
            t->reviewed == DAY_NONE ? "it never was" : "the last time on ",
            t->reviewed == DAY_NONE ? "" : day_text(t->reviewed, buf));
  if (t->owner) fprintf(f, "Owner: %s.\n", t->owner);
}

void threshold_explain_json(FILE *f, const struct threshold *t, day_t day) {
  json_t *j = json_object(), *lines = json_array();
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    struct value v = l->value;
    json_t *o = json_object();
    v.type = t->type;
    day_t end = ends_before(t, l);
    json_object_set_new(o, "value", value_json(&v));
    json_object_set_new(o, "segment", l->segment ? text_json(l->segment->name) : json_null());
    json_object_set_new(o, "entry", entries_json(l));
    json_object_set_new(o, "from", l->from == DAY_MIN ? json_null() : day_json(l->from));
    json_object_set_new(o, "to", end == DAY_NONE ? json_null() : day_json(end - 1));
    json_object_set_new(o, "because", text_json(l->because));
    json_object_set_new(o, "standing", text_json(standing(t, l, day)));
    json_array_append_new(lines, o);
  }
  json_object_set_new(j, "threshold", text_json(t->name));
  json_object_set_new(j, "as_of", day_json(day));
  json_object_set_new(j, "unit", text_json(type_name(&t->type)));
  json_object_set_new(j, "lines", lines);
  json_object_set_new(j, "reviewed", day_json(t->reviewed));
  json_print(f, j);
}
