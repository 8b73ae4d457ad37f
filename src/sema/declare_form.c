/* How the cells of a column are written. In: the options `format` and `in time zone` of a clause.
 * Out: the form of the column; or what is wrong with them. */
#include <string.h>

#include "base/date_format.h"
#include "base/number_format.h"
#include "base/text.h"
#include "sema/sema.h"

const char *text_option(struct ruleset *rs, const struct option *o) {
  if (o->value && o->value->kind == E_STRING) return o->value->name;
  struct diag *d =
      diag_add(&rs->diags, V0403, o->span, "`%s` is followed by a name in quotes", o->word);
  diag_help(&rs->diags, d, "write: %s \"column\"", o->word);
  return NULL;
}

bool form_option(struct ruleset *rs, const struct option *o, struct cell_form *form) {
  if (strcmp(o->word, "format") == 0)
    form->format = text_option(rs, o);
  else if (strcmp(o->word, "in time zone") == 0)
    form->zone = text_option(rs, o);
  else
    return false;
  return true;
}

static void check_format(struct ruleset *rs, struct span at, struct cell_form *form) {
  struct day_format f;
  if (day_format_read(form->format, &f)) return;
  struct diag *d =
      diag_add(&rs->diags, V0403, at,
               "the format \"%s\" does not say where day, month and year stand", form->format);
  diag_help(&rs->diags, d,
            "write it with DD, MM and YYYY: format \"DD/MM/YYYY\", \"M/D/YYYY h:mm a\", \"D MMM "
            "YYYY\"; without DD, a month is its first day; `h` needs `a`, for AM or PM. Numbers "
            "are \"epoch seconds\", \"epoch "
            "milliseconds\", \"excel\" or \"julian\"");
  form->format = NULL;
}

/* A zone moves times that say no offset: is there such a time? */
static void check_zone(struct ruleset *rs, struct span at, struct cell_form *form) {
  struct day_format f;
  struct diag *d = NULL;
  if (!form->zone || !day_format_read(form->format, &f)) return;
  if (!tz_known(form->zone)) {
    d = diag_add(&rs->diags, V0403, at, "\"%s\" is not a time zone that this machine knows",
                 form->zone);
    diag_help(&rs->diags, d, "%s",
              tz_help("it is a region and a city, or UTC: in time zone \"UTC\""));
  } else if (f.as_written) {
    d = diag_add(&rs->diags, V0403, at,
                 "`day as written` and `in time zone` contradict each other: one leaves the day as "
                 "it is, the other moves it");
    diag_help(&rs->diags, d, "keep `in time zone \"%s\"` when the time of day counts", form->zone);
  } else if (f.kind == DAY_EPOCH_SECONDS || f.kind == DAY_EPOCH_MILLISECONDS) {
    d = diag_add(&rs->diags, V0403, at, "an epoch counts from midnight in UTC, in every zone");
    diag_help(&rs->diags, d, "leave out: in time zone \"%s\"", form->zone);
  } else if (!day_format_has_time(&f)) {
    d = diag_add(&rs->diags, V0403, at,
                 "days without a time of day are in no time zone, and \"%s\" has none",
                 form->format);
    diag_help(&rs->diags, d, "leave out: in time zone \"%s\"", form->zone);
  }
  if (d) form->zone = NULL;
}

void check_day_form(struct ruleset *rs, struct span at, struct cell_form *form) {
  check_format(rs, at, form);
  check_zone(rs, at, form);
}

static void check_number_form(struct ruleset *rs, struct span at, struct cell_form *form) {
  struct number_format f;
  if (form->format && !number_format_read(form->format, &f)) {
    struct diag *d = diag_add(&rs->diags, V0403, at,
                              "the format \"%s\" is no example of a number that can be read in one "
                              "way only",
                              form->format);
    diag_help(&rs->diags, d,
              "show one with thousands and decimals, as the column has them: format \"1,234.50\", "
              "\"1 234,50\", \"1.234,50\"; \"1234,50\" where nothing separates thousands");
    form->format = NULL;
  }
}

void check_value_form(struct ruleset *rs, struct span at, struct attr *attr) {
  struct cell_form *form = &attr->form;
  enum unit_class class = unit_class(attr->type.unit);
  form->ratio = attr->type.unit == U_SHARE && !attr->percent_column;
  if (class == CLASS_DAY) {
    check_day_form(rs, at, form);
    return;
  }
  if (class == CLASS_NUM) check_number_form(rs, at, form);
  const char *stray = form->zone                           ? "in time zone"
                      : form->format && class != CLASS_NUM ? "format"
                                                           : NULL;
  if (!stray) return;
  struct diag *d = diag_add(&rs->diags, V0403, at, "`%s` says nothing of a %s", stray,
                            unit_name(attr->type.unit));
  diag_help(&rs->diags, d,
            "remove it: `format` is for dates and numbers, `in time zone` for dates");
  form->zone = NULL;
  if (class != CLASS_NUM) form->format = NULL;
}

/* A history has two columns that may be written in their own way: an example of a number has
 * digits, the format of a day has none. */
bool history_form_option(struct ruleset *rs, const struct option *o, struct attr *at) {
  bool number = strcmp(o->word, "format") == 0 && o->value && o->value->kind == E_STRING &&
                strpbrk(o->value->name, "0123456789");
  return form_option(rs, o, number ? &at->form : &at->history.day_form);
}

/* "1", "2" of what stands in the list from an item on. */
static const char *in_quotes(struct ruleset *rs, const expr_list *list, size_t from) {
  const char *out = "";
  for (size_t i = from; i < list->n; i++) {
    const char *text = span_text(rs->arena, list->v[i]->span), *sign = *text == '"' ? "" : "\"";
    out = arena_printf(rs->arena, "%s%s%s%s%s", out, *out ? ", " : "", sign, text, sign);
  }
  return out;
}

/* The texts are cleaned as those of the data are. */
static void read_list(struct ruleset *rs, const expr_list *list, struct cell_form *form) {
  const char **texts = NEW_N(rs->arena, const char *, list->n + 1);
  for (size_t i = 0; i < list->n; i++) {
    const struct expr *e = list->v[i];
    size_t n;
    if (e->kind == E_STRING) {
      texts[form->n_one_of++] = text_clean(rs->arena, e->name, strlen(e->name), &n);
      continue;
    }
    struct span rest = span_join(e->span, list->v[list->n - 1]->span);
    struct diag *d = diag_add(&rs->diags, V0403, rest, "`one of` lists texts, in quotes");
    diag_help(&rs->diags, d, "write: %s", in_quotes(rs, list, i));
    return;
  }
  form->one_of = texts;
}

bool list_option(struct ruleset *rs, const struct option *o, struct attr *at) {
  if (strcmp(o->word, "one of") != 0 || !o->value) return false;
  if (unit_class(at->type.unit) != CLASS_TXT) {
    struct diag *d = diag_add(&rs->diags, V0403, o->span, "`one of` lists texts, and `%s` is a %s",
                              at->name, unit_name(at->type.unit));
    diag_help(&rs->diags, d, "leave `one of` out, or declare it as a text: %s text", at->name);
    return true;
  }
  struct cell_form form = {0};
  read_list(rs, &o->value->list, &form);
  if (form.n_one_of < o->value->list.n) return true;
  at->one_of = o->value->list;
  at->form.one_of = form.one_of;
  at->form.n_one_of = form.n_one_of;
  return true;
}

bool lenient_option(const struct option *o, struct cell_form *form) {
  if (strcmp(o->word, "unreadable") != 0 || o->value) return false;
  form->lenient = true;
  form->at_most = 1;
  return true;
}

void lenient_options(struct ruleset *rs, const struct clause *c, struct cell_form *form) {
  for (size_t i = 0; i < c->options.n; i++)
    if (!lenient_option(&c->options.v[i], form))
      unknown_option(rs, &c->options.v[i], "unreadable is unknown");
}

void declare_unreadable(struct ruleset *rs, const struct clause *c) {
  struct diag *d;
  if (c->num < 0) return;
  if (rs->unreadable.lenient) {
    d = diag_add(&rs->diags, V0117, c->span, "how many values may be unreadable is said twice");
    diag_note(&rs->diags, d, rs->unreadable_span, "the first time is here");
    diag_help(&rs->diags, d, "keep one line; an attribute may say `unreadable is unknown` itself");
    return;
  }
  if (c->num > 100) {
    d = diag_add(&rs->diags, V0403, c->name_span, "more than all values cannot be unreadable");
    diag_help(&rs->diags, d, "write: unreadable values at most 1%%");
    return;
  }
  rs->unreadable = (struct cell_form){.lenient = true, .at_most = c->num / 100};
  rs->unreadable_span = c->span;
}

/* The days from which attributes are known, each its own value. An empty one says that something
 * has not happened, which an unreadable one does not say: they stay strict, and so does `until`. */
static struct pointer_map days_known_from(struct ruleset *rs, const struct entity *e) {
  struct pointer_map days = {0};
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *day = e->attrs.v[i]->known_from;
    if (day) pointer_map_put(&days, rs->arena, day, day);
  }
  return days;
}

static void refuse_lenient(struct ruleset *rs, const struct attr *at) {
  struct diag *d = diag_add(&rs->diags, V0403, at->span,
                            "an empty `%s` says that it has not happened, and one that cannot be "
                            "read does not say so: it cannot be unknown",
                            at->name);
  diag_help(&rs->diags, d, "leave out `unreadable is unknown`, and correct such values");
}

/* What a line says itself wins. */
static void make_lenient(const struct ruleset *rs, struct cell_form *form) {
  if (form->lenient) return;
  form->lenient = rs->unreadable.lenient;
  form->at_most = rs->unreadable.at_most;
}

static void make_entity_lenient(struct ruleset *rs, struct entity *e) {
  make_lenient(rs, &e->key_form);
  make_lenient(rs, &e->life.from_form);
  for (size_t i = 0; i < e->edges.n; i++) make_lenient(rs, &e->edges.v[i]->form);
  struct pointer_map days = days_known_from(rs, e);
  for (size_t i = 0; i < e->attrs.n; i++) {
    struct attr *at = e->attrs.v[i];
    bool strict = pointer_map_get(&days, at) != NULL;
    if (strict && at->form.lenient) refuse_lenient(rs, at);
    if (strict) continue;
    make_lenient(rs, &at->form);
    make_lenient(rs, &at->history.day_form);
  }
}

void resolve_unreadable(struct ruleset *rs) {
  for (size_t i = 0; i < rs->entities.n; i++) make_entity_lenient(rs, rs->entities.v[i]);
}
