/* Words: in, names, numbers, days and spans of time; out, how English and French say them. */
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "explain/words.h"

static const struct noun {
  const char *name;
  enum unit_class class;
  const char *english, *french;
  bool feminine;
} nouns[] = {
#define NOUN(name, class, english, french, feminine) \
  {name, CLASS_##class, english, french, feminine},
#define ROWS(name, one_en, many_en, one_fr, many_fr, feminine)
#include "explain/vocabulary.def"
#undef NOUN
#undef ROWS
};

static const struct rows_noun {
  const char *name, *say[2][2]; /* by tongue (English, French) and number */
} rows_nouns[] = {
#define NOUN(name, class, english, french, feminine)
#define ROWS(name, one_en, many_en, one_fr, many_fr, feminine) \
  {name, {{one_en, many_en}, {one_fr, many_fr}}},
#include "explain/vocabulary.def"
#undef NOUN
#undef ROWS
};

static const char *quoted_text(const struct speaker *s, const char *text) {
  if (s->tongue == TONGUE_VIGIE) return arena_printf(s->a, "\"%s\"", text);
  return arena_printf(s->a, s->tongue == TONGUE_FR ? "« %s »" : "“%s”", text);
}

const char *say_name(const struct speaker *s, const char *name, enum unit unit) {
  if (s->tongue == TONGUE_VIGIE) return name;
  bool french = s->tongue == TONGUE_FR;
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
    if (strcmp(nouns[i].name, name) == 0 && nouns[i].class == unit_class(unit))
      return french ? nouns[i].french : nouns[i].english;
  if (unit == U_DATE)
    return arena_printf(s->a, french ? "la date %s" : "the date %s", quoted_text(s, name));
  return quoted_text(s, name);
}

const char *say_rows(const struct speaker *s, const struct entity *e, bool several) {
  if (!e) return s->tongue == TONGUE_FR ? "l'entreprise" : "the company";
  if (s->tongue == TONGUE_VIGIE) return e->name;
  bool french = s->tongue == TONGUE_FR;
  for (size_t i = 0; i < sizeof rows_nouns / sizeof *rows_nouns; i++)
    if (strcmp(rows_nouns[i].name, e->name) == 0) return rows_nouns[i].say[french][several];
  if (french) return arena_printf(s->a, several ? "les lignes « %s »" : "la ligne « %s »", e->name);
  return arena_printf(s->a, several ? "the %s rows" : "the %s", e->name);
}

/* ---- numbers and days ----------------------------------------------------------------- */

/* 60,000.50 -> 60 000,50; 10% -> 10 % (no-break spaces). In the language: without marks between
 * the digits. */
static const char *number_in(const struct speaker *s, const char *english) {
  if (s->tongue == TONGUE_EN) return english;
  bool french = s->tongue == TONGUE_FR;
  char *out = arena_alloc(s->a, strlen(english) * 2 + 3), *p = out;
  for (const char *c = english; *c; c++) {
    if (*c == ',')
      p = french ? stpcpy(p, "\u00a0") : p;
    else if (*c == '.' && french)
      *p++ = ',';
    else if (*c == '%' && french)
      p = stpcpy(p, "\u00a0%");
    else
      *p++ = *c;
  }
  *p = 0;
  return out;
}

const char *say_day(const struct speaker *s, day_t d) {
  static const char *const months[2][12] = {
      {"January", "February", "March", "April", "May", "June", "July", "August", "September",
       "October", "November", "December"},
      {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
       "octobre", "novembre", "décembre"}};
  char buf[16];
  if (s->tongue == TONGUE_VIGIE) return arena_strdup(s->a, day_text(d, buf));
  int year, month, day;
  day_to_civil(d, &year, &month, &day);
  bool french = s->tongue == TONGUE_FR;
  if (french)
    return arena_printf(s->a, "le %d%s %s %d", day, day == 1 ? "er" : "", months[1][month - 1],
                        year);
  return arena_printf(s->a, "%d %s %d", day, months[0][month - 1], year);
}

static const struct {
  const char *say[2][2]; /* by tongue and number */
} spans[] = {
#define SPAN(unit, one_en, many_en, one_fr, many_fr, feminine) \
  [unit] = {{{one_en, many_en}, {one_fr, many_fr}}},
#define PERIOD(unit, this, previous, next)
#include "explain/words.def"
#undef SPAN
#undef PERIOD
};

const char *say_duration(const struct speaker *s, struct duration d) {
  char buf[16];
  if (s->tongue == TONGUE_VIGIE) return arena_strdup(s->a, duration_text(d, buf));
  bool french = s->tongue == TONGUE_FR, many = french ? d.n > 1 : d.n != 1;
  return arena_printf(s->a, "%d %s", d.n, spans[d.unit].say[french][many]);
}

const char *say_value(const struct speaker *s, const struct value *v) {
  char buf[512];
  if (!v->known) return s->tongue == TONGUE_FR ? "inconnu" : "unknown";
  if (unit_class(v->type.unit) == CLASS_TXT) return quoted_text(s, v->text);
  if (v->type.unit == U_DATE) return say_day(s, (day_t)v->num);
  if (v->type.unit == U_DURATION && v->num == (int32_t)v->num)
    return say_duration(s, (struct duration){.n = (int32_t)v->num, .unit = v->type.counted_in});
  if (v->type.unit == U_FLAG && s->tongue == TONGUE_FR) return v->num != 0 ? "oui" : "non";
  if (v->type.unit == U_FLAG && s->tongue == TONGUE_VIGIE) return v->num != 0 ? "true" : "false";
  return number_in(s, arena_strdup(s->a, value_text(v, buf, sizeof buf)));
}

/* ---- French --------------------------------------------------------------------------- */

static bool begins(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

const char *french_de(struct arena *a, const char *noun) {
  if (begins(noun, "le ")) return arena_printf(a, "du %s", noun + 3);
  if (begins(noun, "les ")) return arena_printf(a, "des %s", noun + 4);
  return arena_printf(a, strchr("aeiou", *noun) ? "d'%s" : "de %s", noun);
}

const char *french_to(struct arena *a, const char *noun) {
  if (begins(noun, "le ")) return arena_printf(a, "au %s", noun + 3);
  if (begins(noun, "les ")) return arena_printf(a, "aux %s", noun + 4);
  return arena_printf(a, "à %s", noun);
}

/* What agrees with the noun: by its article, and by the vocabulary where the article is elided. */
const char *french_ending(const char *noun) {
  if (begins(noun, "la ")) return "e";
  if (!begins(noun, "l'")) return "";
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
    if (begins(noun, nouns[i].french)) return nouns[i].feminine ? "e" : "";
  return "";
}

const char *capital(struct arena *a, const char *text) {
  utf8proc_int32_t c;
  utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
  if (n <= 0) return text;
  char *out = arena_alloc(a, strlen(text) + 8);
  utf8proc_ssize_t m = utf8proc_encode_char(utf8proc_toupper(c), (utf8proc_uint8_t *)out);
  strcpy(out + m, text + n);
  return out;
}

/* ---- periods -------------------------------------------------------------------------- */

static const struct {
  bool feminine;
} span_genders[] = {
#define SPAN(unit, one_en, many_en, one_fr, many_fr, feminine) [unit] = {feminine},
#define PERIOD(unit, this, previous, next)
#include "explain/words.def"
#undef SPAN
#undef PERIOD
};

static const char *const french_periods[][3] = {
#define SPAN(unit, one_en, many_en, one_fr, many_fr, feminine)
#define PERIOD(unit, this, previous, next) [unit] = {previous, this, next},
#include "explain/words.def"
#undef SPAN
#undef PERIOD
};

/* "next 60 days", "les 60 prochains jours", "la dernière semaine" */
const char *say_stretch(const struct speaker *s, struct duration d, bool next) {
  bool many = d.n != 1, feminine = span_genders[d.unit].feminine;
  if (s->tongue != TONGUE_FR) {
    const char *word = next ? "next" : "last", *unit = spans[d.unit].say[0][many];
    return many ? arena_printf(s->a, "%s %d %s", word, d.n, unit)
                : arena_printf(s->a, "%s %s", word, unit);
  }
  const char *word = next       ? (feminine ? "prochaine" : "prochain")
                     : feminine ? "dernière"
                                : "dernier";
  const char *unit = spans[d.unit].say[1][many];
  if (!many) return arena_printf(s->a, "%s %s %s", feminine ? "la" : "le", word, unit);
  return arena_printf(s->a, "les %d %ss %s", d.n, word, unit);
}

static const struct {
  const char *article, *noun;
} french_units[] = {[PU_DAY] = {"le ", "jour"},
                    [PU_WEEK] = {"la ", "semaine"},
                    [PU_MONTH] = {"le ", "mois"},
                    [PU_QUARTER] = {"le ", "trimestre"},
                    [PU_YEAR] = {"l'", "année"},
                    [PU_FMONTH] = {"le ", "mois fiscal"},
                    [PU_FQUARTER] = {"le ", "trimestre fiscal"},
                    [PU_FYEAR] = {"l'", "exercice"}};

const char *say_unit_alone(const struct speaker *s, enum period_unit u) {
  return s->tongue == TONGUE_FR ? french_units[u].noun : period_unit_name(u);
}

const char *say_unit(const struct speaker *s, enum period_unit u) {
  const char *article = s->tongue == TONGUE_FR      ? french_units[u].article
                        : s->tongue == TONGUE_VIGIE ? ""
                                                    : "the ";
  return arena_printf(s->a, "%s%s", article, say_unit_alone(s, u));
}

const char *say_period(const struct speaker *s, const struct period *p) {
  static const char *const english[] = {"the previous", "this", "the next"};
  char buf[64];
  if (s->tongue == TONGUE_VIGIE || p->kind == PERIOD_FIXED)
    return arena_strdup(s->a, period_text(p, buf));
  bool french = s->tongue == TONGUE_FR;
  if (p->kind != PERIOD_RELATIVE) {
    const char *text = say_stretch(s, p->dur, p->kind == PERIOD_NEXT);
    return french ? text : arena_printf(s->a, "the %s", text);
  }
  if (french) return french_periods[p->unit][p->step + 1];
  return arena_printf(s->a, "%s %s", english[p->step + 1], period_unit_name(p->unit));
}

const char *say_in_period(const struct speaker *s, const struct period *p) {
  const char *text = say_period(s, p);
  if (s->tongue != TONGUE_FR) return arena_printf(s->a, "in %s", text);
  if (p->kind == PERIOD_FIXED) return arena_printf(s->a, "en %s", text);
  return p->kind == PERIOD_RELATIVE ? arena_printf(s->a, "dans %s", text)
                                    : arena_printf(s->a, "au cours %s", french_de(s->a, text));
}
