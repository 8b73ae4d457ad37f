/* In: ids of sentences, values, days and names. Out: what the page says of them. */
#include "report/page_words.h"

#include <math.h>
#include <stdarg.h>

#include "action/short_name.h"
#include "base/text.h"

#define NO_BREAK "\u00a0"
#define NARROW "\u202f"
#define MINUS "\u2212"

/* by tongue (English, French) and number */
static const char *const sentences[][2][2] = {
#define TEXT(id, en, fr) [T_##id] = {{en, en}, {fr, fr}},
#define COUNT(id, one_en, many_en, one_fr, many_fr) \
  [T_##id] = {{one_en, many_en}, {one_fr, many_fr}},
#include "report/page_text.def"
#undef TEXT
#undef COUNT
};

struct words words_of(const struct report *r, struct arena *a) {
  return (struct words){.a = a, .tongue = r->tongue, .as_of = r->as_of, .domain = r->domain};
}

static bool french(const struct words *w) { return w->tongue == TONGUE_FR; }

/* ---- sentences ------------------------------------------------------------------------ */

/* Is this blank before a sign that does not begin a line, or after the quote that opens? */
static bool keeps_together(const char *text, const char *blank) {
  static const char opening[] = "«", closing[] = "»";
  size_t n = sizeof opening - 1;
  if (blank[1] && strchr(":;!?%", blank[1])) return true;
  if (strncmp(blank + 1, closing, sizeof closing - 1) == 0) return true;
  return (size_t)(blank - text) >= n && strncmp(blank - n, opening, n) == 0;
}

const char *typeset(const struct words *w, const char *text) {
  if (!french(w)) return text;
  char *out = arena_alloc(w->a, strlen(text) * 2 + 1), *p = out;
  for (const char *c = text; *c; c++)
    if (*c == ' ' && keeps_together(text, c) && strncmp(c, " %s", 3) != 0)
      p = stpcpy(p, NO_BREAK);
    else
      *p++ = *c;
  *p = 0;
  return out;
}

static const char *sentence(const struct words *w, enum page_text id, bool many) {
  return typeset(w, sentences[id][french(w)][many]);
}

const char *say(const struct words *w, enum page_text id, ...) {
  va_list ap;
  va_start(ap, id);
  const char *out = arena_vprintf(w->a, sentence(w, id, false), ap);
  va_end(ap);
  return out;
}

/* "%s" of the number and what follows it: the number first. */
const char *say_count(const struct words *w, enum page_text id, long n, ...) {
  const char *pattern = sentence(w, id, french(w) ? n > 1 || n < -1 : n != 1);
  const char *slot = strstr(pattern, "%s");
  if (!slot) return pattern;
  const char *rest =
      arena_printf(w->a, "%.*s%s%s", (int)(slot - pattern), pattern, say_number(w, n), slot + 2);
  va_list ap;
  va_start(ap, n);
  const char *out = arena_vprintf(w->a, rest, ap);
  va_end(ap);
  return out;
}

/* ---- numbers -------------------------------------------------------------------------- */

/* 1,234.5 as the tongue writes it: what value_text says is English, with a hyphen for a minus. */
static const char *in_tongue(const struct words *w, const char *english) {
  char *out = arena_alloc(w->a, strlen(english) * 4 + 1), *p = out;
  for (const char *c = english; *c; c++)
    if (*c == '-')
      p = stpcpy(p, MINUS);
    else if (*c == ',' && french(w))
      p = stpcpy(p, NARROW);
    else if (*c == '.' && french(w))
      *p++ = ',';
    else if (*c == '%' && french(w))
      p = stpcpy(p, NO_BREAK "%");
    else
      *p++ = *c;
  *p = 0;
  return out;
}

const char *say_number(const struct words *w, long n) {
  return in_tongue(w, grouped_count(n, w->a));
}

const char *say_percent(const struct words *w, double share) {
  return in_tongue(w, arena_printf(w->a, "%.1f%%", round(share * 1000) / 10));
}

enum { CENTS_BELOW = 100 }; /* of an amount: a price has cents, a sum none */

/* As the page says it: without cents, and without how many rows it was computed of. */
static struct value plain_value(const struct value *v) {
  struct value out = *v;
  out.of_rows = out.rows = out.needs = 0;
  double minor = v->type.unit == U_MONEY ? currency_minor(v->type.currency) : 1;
  if (v->type.unit == U_MONEY && fabs(v->num) >= CENTS_BELOW * minor)
    out.num = round(v->num / minor) * minor;
  if (v->type.unit == U_COUNT) out.num = round(v->num);
  return out;
}

/* "days", "jours ouvrés" */
static const char *span_words(const struct words *w, const struct value *v) {
  static const enum page_text units[] = {
      [DUR_DAY] = T_N_DAYS, [DUR_MONTH] = T_N_MONTHS, [DUR_BDAY] = T_N_BUSINESS};
  bool one = fabs(v->num) == 1;
  const char *both = say_count(w, units[dur_unit_base(v->type.counted_in)], one ? 1 : 2);
  const char *blank = strchr(both, ' ');
  return blank ? blank + 1 : both;
}

struct amount amount_of(const struct words *w, const struct value *v) {
  struct value plain = plain_value(v);
  if (!v->known) return (struct amount){say(w, T_WORD_UNKNOWN), ""};
  if (unit_class(v->type.unit) == CLASS_TXT) return (struct amount){v->text ? v->text : "", ""};
  if (v->type.unit == U_FLAG)
    return (struct amount){say(w, v->num != 0 ? T_WORD_YES : T_WORD_NO), ""};
  if (v->type.unit == U_DATE && v->num >= DAY_MIN && v->num <= DAY_MAX)
    return (struct amount){say_short_day(w, (day_t)v->num), ""};
  char buf[96];
  char *text = arena_strdup(w->a, value_text(&plain, buf, sizeof buf));
  char *blank = strchr(text, ' ');
  if (!blank) return (struct amount){in_tongue(w, text), ""};
  *blank = 0;
  bool span = v->type.unit == U_DURATION;
  return (struct amount){in_tongue(w, text), span ? span_words(w, v) : blank + 1};
}

const char *say_amount(const struct words *w, const struct value *v) {
  struct amount x = amount_of(w, v);
  return *x.unit ? arena_printf(w->a, "%s" NO_BREAK "%s", x.number, x.unit) : x.number;
}

const char *say_signed(const struct words *w, const struct value *v) {
  struct amount x = amount_of(w, v);
  return v->known && v->num > 0 ? arena_printf(w->a, "+%s", x.number) : x.number;
}

const char *say_distance(const struct words *w, const struct value *v) {
  bool percent = v->known && v->type.unit == U_SHARE && v->type.percent;
  if (!percent) return say_amount(w, v);
  return arena_printf(w->a, "%s" NO_BREAK "%s",
                      in_tongue(w, arena_printf(w->a, "%.1f", v->num * 100)),
                      french(w) ? "points" : "pp");
}

/* The largest step that the number reaches: "13.1 M". */
static const char *stepped(const struct words *w, double x) {
  static const struct {
    double size;
    const char *letter;
  } steps[] = {{1e9, "G"}, {1e6, "M"}, {1e4, "k"}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (fabs(x) < steps[i].size) continue;
    double shown = x / (steps[i].size == 1e4 ? 1e3 : steps[i].size);
    return arena_printf(w->a, "%s" NO_BREAK "%s",
                        in_tongue(w, arena_printf(w->a, "%.*f", fabs(shown) < 20 ? 1 : 0, shown)),
                        steps[i].letter);
  }
  return NULL;
}

const char *say_short(const struct words *w, const struct value *v) {
  bool counted = v->type.unit == U_MONEY || v->type.unit == U_COUNT || v->type.unit == U_NUMBER;
  double minor = v->type.unit == U_MONEY ? currency_minor(v->type.currency) : 1;
  const char *text = v->known && counted ? stepped(w, v->num / minor) : NULL;
  return text ? text : amount_of(w, v).number;
}

/* ---- days ----------------------------------------------------------------------------- */

static const char *const month_names[2][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
     "October", "November", "December"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
     "octobre", "novembre", "décembre"}};
static const char *const short_months[2][12] = {
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
     "déc."}};
static const char *const french_weekdays[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                              "vendredi", "samedi", "dimanche"};

struct civil {
  int year, month, day;
};

static struct civil civil_of(day_t d) {
  struct civil c;
  day_to_civil(d, &c.year, &c.month, &c.day);
  return c;
}

static bool is_day(day_t d) { return d >= DAY_MIN && d <= DAY_MAX; }

/* "2 Mar", "1er mars" */
static const char *day_in_month(const struct words *w, struct civil c, const char *const *months) {
  return arena_printf(w->a, "%d%s" NO_BREAK "%s", c.day, french(w) && c.day == 1 ? "er" : "",
                      months[c.month - 1]);
}

const char *say_short_day(const struct words *w, day_t d) {
  if (!is_day(d)) return say(w, T_WORD_UNKNOWN);
  struct civil c = civil_of(d);
  const char *text = day_in_month(w, c, short_months[french(w)]);
  return c.year == civil_of(w->as_of).year ? text
                                           : arena_printf(w->a, "%s" NO_BREAK "%d", text, c.year);
}

const char *say_full_day(const struct words *w, day_t d) {
  if (!is_day(d)) return say(w, T_WORD_UNKNOWN);
  struct civil c = civil_of(d);
  return arena_printf(w->a, "%s" NO_BREAK "%d", day_in_month(w, c, month_names[french(w)]), c.year);
}

const char *say_long_day(const struct words *w, day_t d) {
  if (!is_day(d)) return say(w, T_WORD_UNKNOWN);
  const char *weekday =
      french(w) ? french_weekdays[day_weekday(d) - 1] : weekday_name(day_weekday(d));
  return arena_printf(w->a, "%s" NO_BREAK "%s", weekday, say_full_day(w, d));
}

const char *say_month(const struct words *w, day_t d) {
  if (!is_day(d)) return say(w, T_WORD_UNKNOWN);
  struct civil c = civil_of(d);
  return arena_printf(w->a, "%s" NO_BREAK "%d", short_months[french(w)][c.month - 1], c.year);
}

const char *say_month_name(const struct words *w, day_t d) {
  return is_day(d) ? month_names[french(w)][civil_of(d).month - 1] : say(w, T_WORD_UNKNOWN);
}

const char *say_iso_day(const struct words *w, day_t d) {
  char buf[16];
  return arena_strdup(w->a, day_text(d, buf));
}

/* ---- names ---------------------------------------------------------------------------- */

/* The word in capitals where people write it so; NULL. */
static const char *acronym(const char *word, size_t n) {
  static const char *const known[] = {"ARR", "MRR", "NRR",  "GRR",  "NPS", "MQL", "SQL", "SAL",
                                      "CAC", "LTV", "ACV",  "TCV",  "CSM", "SDR", "BDR", "KPI",
                                      "QBR", "SLA", "CSAT", "ARPA", "VP",  "CRM", "ICP", "AE"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strlen(known[i]) == n && strncasecmp(known[i], word, n) == 0) return known[i];
  return NULL;
}

const char *say_inside(const struct words *w, const char *name) {
  char *out = arena_strdup(w->a, name);
  for (char *p = out; *p;) {
    size_t n = strcspn(p, "_. ");
    const char *capitals = acronym(p, n);
    if (capitals) memcpy(p, capitals, n);
    p += n;
    if (*p) *p++ = ' ';
  }
  return out;
}

const char *say_title(const struct words *w, const char *name) {
  return capital(w->a, say_inside(w, name));
}

const char *say_person(const struct words *w, const char *address) {
  return address ? short_name(address, w->domain, w->a) : say(w, T_WORD_NOBODY);
}

static const struct entity *entity_named(const struct ruleset *rs, const char *name) {
  for (size_t i = 0; rs && i < rs->entities.n; i++)
    if (strcmp(rs->entities.v[i]->name, name) == 0) return rs->entities.v[i];
  return NULL;
}

/* "les comptes" -> "comptes", "l'affaire" -> "affaire" */
static const char *without_the(const char *noun) {
  static const char *const articles[] = {"les ", "le ", "la ", "l'", "the "};
  for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
    if (strncmp(noun, articles[i], strlen(articles[i])) == 0) return noun + strlen(articles[i]);
  return noun;
}

const char *say_measure(const struct words *w, const char *name) {
  struct speaker s = {w->a, TONGUE_FR, w->as_of};
  const char *noun = french(w) ? say_name(&s, name, U_MONEY) : name;
  return noun == name || strncmp(noun, "«", 2) == 0 ? say_inside(w, name) : without_the(noun);
}

const char *say_of_measure(const struct words *w, const char *name) {
  const char *noun = say_measure(w, name);
  return say(w, strchr("aeiouAEIOU", *noun) ? T_MEASURE_OF_VOWEL : T_MEASURE_OF, noun);
}

const char *say_kind(const struct words *w, const struct ruleset *rs, const char *entity, long n) {
  const struct entity *e = entity_named(rs, entity);
  if (!french(w) || !e) return counted_name(w->a, n, say_inside(w, entity));
  struct speaker s = {w->a, TONGUE_FR, w->as_of};
  return without_the(say_rows(&s, e, n > 1));
}

const char *say_group(const struct words *w, const struct value *by, size_t n) {
  const char *out = "";
  for (size_t i = 0; i < n; i++)
    out = arena_printf(w->a, "%s%s%s", out, i ? ", " : "", say_amount(w, &by[i]));
  return out;
}

const char *say_band(const struct words *w, const char *band) {
  static const struct {
    const char *name;
    enum page_text word;
  } bands[] = {{"green", T_WORD_GREEN}, {"amber", T_WORD_AMBER}, {"red", T_WORD_RED}};
  for (size_t i = 0; band && i < sizeof bands / sizeof *bands; i++)
    if (strcmp(bands[i].name, band) == 0) return say(w, bands[i].word);
  return band ? band : "";
}
