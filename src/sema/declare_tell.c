/* `tell` under a team. In: the line. Out: a struct tell, or one message that says how it is
 * written. */
#include "sema/tell.h"

#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/path.h"
#include "base/suggest.h"
#include "sema/sema.h"

const struct channel_word channel_words[CHANNELS] = {
#define CHANNEL(id, name, place, variable, takes, example) \
  [CHANNEL_##id] = {name, place, variable, takes, example},
#include "sema/channel.def"
#undef CHANNEL
};

enum channel channel_named(const char *name) {
  int c = 0;
  while (c < CHANNELS && strcasecmp(channel_words[c].name, name) != 0) c++;
  return (enum channel)c;
}

struct telling {
  struct ruleset *rs;
  const struct clause *c;
  struct tell *out;
  const struct channel_word *w;
};

static bool wrong(struct telling *x, struct span at, const char *what, const char *help) {
  struct diag *d = diag_add(&x->rs->diags, V0423, at, "%s", what);
  diag_help(&x->rs->diags, d, "%s", help);
  return false;
}

#define WRONG(x, at, help, ...) wrong(x, at, arena_printf((x)->rs->arena, __VA_ARGS__), help)

/* ---- the channel ---------------------------------------------------------------------- */

static bool no_channel(struct telling *x) {
  struct arena *a = x->rs->arena;
  const char *names[CHANNELS], *all = "", *more = "";
  size_t n = strlen(x->c->name);
  for (int i = 0; i < CHANNELS; i++) {
    names[i] = channel_words[i].name;
    all = arena_printf(a, "%s%s%s", all, i ? ", " : "", names[i]);
    if (strncasecmp(names[i], x->c->name, n) == 0 && names[i][n] == ' ')
      more =
          arena_printf(a, "%s%s%s", more, *more ? ", or: " : "write: ", channel_words[i].example);
  }
  if (*more) return WRONG(x, x->c->span, more, "which %s?", x->c->name);
  const char *near = suggest(x->c->name, names, CHANNELS);
  const char *help = arena_printf(a, "people are told through one of: %s", all);
  if (near) help = arena_printf(a, "did you mean `%s`? %s", near, help);
  return WRONG(x, x->c->name_span, help, "there is no channel `%s`", x->c->name);
}

/* *words: how many its name has. */
static bool read_channel(struct telling *x, size_t *words) {
  const option_list *o = &x->c->options;
  const char *name = x->c->name;
  *words = 1;
  if (o->n && !o->v[0].value) {
    const char *two = arena_printf(x->rs->arena, "%s %s", name, o->v[0].word);
    if (channel_named(two) != CHANNELS) name = two, *words = 2;
  }
  x->out->channel = channel_named(name);
  if (x->out->channel == CHANNELS) return no_channel(x);
  x->w = &channel_words[x->out->channel];
  return true;
}

/* ---- what stands behind it ------------------------------------------------------------ */

static bool is_variable(const char *s) {
  static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
  return *s && (*s < '0' || *s > '9') && s[strspn(s, signs)] == 0;
}

static bool take_variable(struct telling *x, const struct option *o, const char **out) {
  const char *text = o->value->name;
  if (!is_variable(text))
    return WRONG(x, o->value->span,
                 arena_printf(x->rs->arena,
                              "addresses and passwords stay out of rule files: name a variable, "
                              "%s \"%s\", and set it where `vigie deliver` runs",
                              o->word, x->w->variable ? x->w->variable : "CS_WEBHOOK"),
                 "behind `%s` stands the name of an environment variable", o->word);
  *out = text;
  return true;
}

static bool take_env(struct telling *x, const struct option *o) {
  if (x->w->place == PLACE_NONE)
    return WRONG(x, o->span, "leave `env` out: `vigie deliver --out FOLDER` writes the files",
                 "%s go into files, not to an address", channel_name(x->out->channel));
  return take_variable(x, o, &x->out->place);
}

static bool take_from(struct telling *x, const struct option *o) {
  if (!strchr(o->value->name, '@'))
    return wrong(x, o->value->span, "mail comes from an address",
                 "write: from \"vigie@company.example\"");
  x->out->sender = o->value->name;
  return true;
}

static bool take_signed(struct telling *x, const struct option *o) {
  return take_variable(x, o, &x->out->signer);
}

/* The file lies where the rule file says it does. */
static bool take_ids(struct telling *x, const struct option *o) {
  const char *file = o->value->name;
  const char *folder = path_folder(x->c->span.src->path, x->rs->arena);
  x->out->ids = *file == '/' || strcmp(folder, ".") == 0
                    ? file
                    : arena_printf(x->rs->arena, "%s/%s", folder, file);
  return true;
}

static bool take_hours(struct telling *x, const struct option *o) {
  double from = o->value->list.v[0]->num, to = o->value->list.v[1]->num;
  if (from != (int)from || to != (int)to || from < 0 || to > 24 || from >= to)
    return wrong(x, o->span, "the hours of a day go from 0 to 24, the earlier one first",
                 "write: hours 8 to 18");
  x->out->from_hour = (int)from;
  x->out->to_hour = (int)to;
  return true;
}

static bool take_working_days(struct telling *x, const struct option *o) {
  (void)o;
  return x->out->working_days = true;
}

static bool take_at_once(struct telling *x, const struct option *o) {
  (void)o;
  return x->out->at_once = true;
}

enum form { ALONE, TEXT, HOURS };
static const struct {
  const char *word;
  enum form form;
  unsigned takes; /* which channels have it; 0: all */
  bool (*take)(struct telling *x, const struct option *o);
  const char *example;
} options[] = {
    {"env", TEXT, 0, take_env, "env \"CS_WEBHOOK\""},
    {"from", TEXT, TAKES_FROM, take_from, "from \"vigie@company.example\""},
    {"signed", TEXT, TAKES_SIGNED, take_signed, "signed \"ITEMS_SECRET\""},
    {"ids", TEXT, TAKES_IDS, take_ids, "ids \"people.csv\""},
    {"working days", ALONE, 0, take_working_days, "working days"},
    {"hours", HOURS, 0, take_hours, "hours 8 to 18"},
    {"at once", ALONE, 0, take_at_once, "at once"},
};
enum { OPTIONS = sizeof options / sizeof *options };

static bool no_option(struct telling *x, const struct option *o) {
  const char *words[OPTIONS], *all = "";
  for (int i = 0; i < OPTIONS; i++) {
    words[i] = options[i].word;
    if (options[i].takes & ~x->w->takes || options[i].form != TEXT) continue;
    all = arena_printf(x->rs->arena, "%s%s; ", all, options[i].example);
  }
  const char *near = suggest(o->word, words, OPTIONS);
  const char *help = arena_printf(x->rs->arena,
                                  "what can stand there: %sand behind a comma working days, hours "
                                  "8 to 18, at once",
                                  all);
  if (near) help = arena_printf(x->rs->arena, "did you mean `%s`? %s", near, help);
  return WRONG(x, o->span, help, "`%s` says nothing of how people are told", o->word);
}

static bool take_option(struct telling *x, const struct option *o) {
  if (o->value && o->value->kind == E_STRING && strcmp(o->word, o->value->name) == 0)
    return WRONG(x, o->span,
                 arena_printf(x->rs->arena,
                              "an address is a secret: set it in a variable where `vigie deliver` "
                              "runs, and write: %s",
                              x->w->example),
                 "a text alone says nothing here");
  for (int i = 0; i < OPTIONS; i++) {
    if (strcasecmp(options[i].word, o->word) != 0) continue;
    enum form form = !o->value ? ALONE : o->value->kind == E_STRING ? TEXT : HOURS;
    if (form != options[i].form)
      return WRONG(x, o->span, arena_printf(x->rs->arena, "write: %s", options[i].example),
                   "`%s` is not written so", o->word);
    if (options[i].takes & ~x->w->takes)
      return WRONG(x, o->span,
                   arena_printf(x->rs->arena, "leave it out; %s is written: %s",
                                channel_name(x->out->channel), x->w->example),
                   "`%s` is nothing that %s has", o->word, channel_name(x->out->channel));
    return options[i].take(x, o);
  }
  return no_option(x, o);
}

/* ---- the line ------------------------------------------------------------------------- */

static bool is_whole(struct telling *x) {
  if (!x->out->place) x->out->place = x->w->variable;
  if (x->w->place == PLACE_NEEDED && !x->out->place)
    return WRONG(
        x, x->c->span,
        arena_printf(x->rs->arena, "write: %s; the address stands in that environment variable",
                     x->w->example),
        "where %s finds the people is missing", channel_name(x->out->channel));
  if ((x->w->takes & TAKES_IDS) && !x->out->ids)
    return WRONG(x, x->c->span,
                 arena_printf(x->rs->arena, "write: %s; the file has the columns person and id",
                              x->w->example),
                 "%s are given to people by their numbers there", x->w->name);
  return true;
}

static bool is_new(struct telling *x, const struct team *t) {
  for (size_t i = 0; i < t->tells.n; i++) {
    const struct tell *o = &t->tells.v[i].is;
    bool same_place = o->place && x->out->place ? strcmp(o->place, x->out->place) == 0
                                                : o->place == x->out->place;
    if (o->channel != x->out->channel || !same_place) continue;
    struct diag *d = diag_add(&x->rs->diags, V0117, x->c->span, "team %s is told through %s twice",
                              t->name, channel_name(o->channel));
    diag_note(&x->rs->diags, d, t->tells.v[i].span, "the first time is here");
    diag_help(&x->rs->diags, d, "keep one of them");
    return false;
  }
  return true;
}

void declare_tell(struct ruleset *rs, struct team *t, const struct clause *c) {
  struct said_tell said = {.is = {.to_hour = 24}, .span = c->span};
  struct telling x = {.rs = rs, .c = c, .out = &said.is};
  size_t words;
  if (!read_channel(&x, &words)) return;
  for (size_t i = words - 1; i < c->options.n; i++)
    if (!take_option(&x, &c->options.v[i])) return;
  if (is_whole(&x) && is_new(&x, t)) VEC_PUSH(rs->arena, &t->tells, said);
}
