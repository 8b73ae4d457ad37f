/* In: markup with slots, texts. Out: HTML in which no text is markup. */
#include "report/html.h"

#include <stdarg.h>
#include <utf8proc.h>

#include "action/item.h"
#include "base/check.h"

/* ---- the one function that escapes ---------------------------------------------------- */

static const char *entity_of(utf8proc_int32_t c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
  }
}

/* Overrides and isolates of direction: text of one cell would turn what stands beside it. */
static bool turns_direction(utf8proc_int32_t c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_printable(utf8proc_int32_t c) {
  utf8proc_category_t is = utf8proc_category(c);
  return is != UTF8PROC_CATEGORY_CC && is != UTF8PROC_CATEGORY_CN && is != UTF8PROC_CATEGORY_CS &&
         is != UTF8PROC_CATEGORY_ZL && is != UTF8PROC_CATEGORY_ZP && !turns_direction(c);
}

static void put_character(FILE *f, const char *s, size_t n, utf8proc_int32_t c) {
  const char *entity = entity_of(c);
  if (entity)
    fputs(entity, f);
  else if (c == '\n' || c == '\t' || c == '\r')
    fputc(' ', f);
  else if (is_printable(c))
    fwrite(s, 1, n, f);
  else
    fputs("\ufffd", f);
}

void html_text(struct html *h, const char *text) {
  for (const char *s = text ? text : ""; *s;) {
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s, -1, &c);
    bool good = n > 0;
    put_character(h->f, s, good ? (size_t)n : 1, good ? c : -1);
    s += good ? n : 1;
  }
}

/* ---- slots ---------------------------------------------------------------------------- */

/* Writes the slot that begins at s, after the percent sign; how long it is. */
static size_t put_slot(struct html *h, const char *s, va_list *ap) {
  static const char *const slots[] = {"s", "d", "ld", "zu", ".1f", "%"};
  size_t k = 0, n_slots = sizeof slots / sizeof *slots;
  while (k < n_slots && strncmp(s, slots[k], strlen(slots[k])) != 0) k++;
  switch (k) {
    case 0: html_text(h, va_arg(*ap, const char *)); break;
    case 1: fprintf(h->f, "%d", va_arg(*ap, int)); break;
    case 2: fprintf(h->f, "%ld", va_arg(*ap, long)); break;
    case 3: fprintf(h->f, "%zu", va_arg(*ap, size_t)); break;
    case 4: fprintf(h->f, "%.1f", va_arg(*ap, double)); break;
    case 5: fputc('%', h->f); break;
    default: UNREACHABLE("a slot that html.h does not name");
  }
  return strlen(slots[k]);
}

void html_put(struct html *h, const char *markup, ...) {
  va_list ap;
  va_start(ap, markup);
  for (const char *s = markup; *s;) {
    size_t plain = strcspn(s, "%");
    fwrite(s, 1, plain, h->f);
    s += plain;
    if (*s) s += 1 + put_slot(h, s + 1, &ap);
  }
  va_end(ap);
}

/* ---- tables --------------------------------------------------------------------------- */

void html_table(struct html *h, const char *class, const char *caption,
                const struct html_column *columns, size_t n) {
  h->columns = columns;
  h->n_columns = n;
  html_put(h, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">", caption);
  html_put(h, "<table class=\"%s\"><caption>%s</caption><thead><tr>", class, caption);
  for (size_t i = 0; i < n; i++)
    html_put(h, "<th scope=\"col\" class=\"%s\">%s</th>", columns[i].number ? "n" : "t",
             i == 0 && h->first_head ? h->first_head : say(&h->w, columns[i].head));
  h->first_head = NULL;
  html_put(h, "</tr></thead><tbody>\n");
}

void html_table_end(struct html *h) { html_put(h, "</tbody></table></div>\n"); }

void html_row(struct html *h, const char *class) {
  h->at = 0;
  html_put(h, "<tr class=\"%s\">", class);
}

void html_row_end(struct html *h) {
  CHECK(h->at == h->n_columns);
  html_put(h, "</tr>\n");
}

void html_cell_open(struct html *h, const char *class) {
  CHECK(h->at < h->n_columns);
  const struct html_column *c = &h->columns[h->at++];
  if (h->at == 1)
    html_put(h, "<th scope=\"row\" class=\"%s\">", class);
  else
    html_put(h, "<td data-l=\"%s\" class=\"%s%s\">", say(&h->w, c->head), c->number ? "n " : "",
             class);
}

void html_cell_close(struct html *h) { html_put(h, h->at == 1 ? "</th>" : "</td>"); }

void html_cell(struct html *h, const char *text) {
  html_cell_open(h, "");
  html_text(h, text);
  html_cell_close(h);
}

void html_worth(struct html *h, const struct value *v, const char *of) {
  if (!v->known) {
    html_put(h, "<span class=\"dim\">%s</span>", say(&h->w, T_WORD_NO_WORTH));
    return;
  }
  html_put(h, "%s", say_amount(&h->w, v));
  if (of) html_put(h, " <small>%s</small>", say_measure(&h->w, of));
}

void html_more_rows(struct html *h, size_t all, size_t shown) {
  if (all > shown) html_paragraph(h, "fine", say_count(&h->w, T_N_MORE_ROWS, (long)(all - shown)));
}

/* ---- pieces --------------------------------------------------------------------------- */

void html_fold(struct html *h, const char *summary) {
  html_put(h, "<details class=\"more\"><summary>%s</summary><div class=\"in\">\n", summary);
}

void html_fold_end(struct html *h) { html_put(h, "</div></details>\n"); }

void html_code(struct html *h, const char *command) {
  html_put(h, "<code>");
  for (const char *word = command; *word;) {
    size_t n = strcspn(word, " ");
    html_put(h, "<span>%s</span>%s", arena_strndup(h->a, word, n), word[n] ? " " : "");
    word += n + strspn(word + n, " ");
  }
  html_put(h, "</code>");
}

void html_command(struct html *h, const char *command) {
  html_put(h, "<p class=\"cmd\">%s ", say(&h->w, T_WORD_PRINTED));
  html_code(h, command);
  html_put(h, "</p>\n");
}

void html_paragraph(struct html *h, const char *class, const char *text) {
  html_put(h, "<p class=\"%s\">%s</p>\n", class, text);
}

void html_band(struct html *h, const char *band, const char *word) {
  html_put(h, "<b class=\"band %s\">%s</b>", band, word);
}

void html_due(struct html *h, const struct item *i) {
  if (item_late(i, h->r->as_of))
    html_put(h, "<span class=\"late\">%s</span>",
             say_count(&h->w, T_DAYS_LATE, (long)h->r->as_of - i->due));
  else
    html_text(h, i->due == DAY_NONE ? say(&h->w, T_WORD_NO_DAY) : say_short_day(&h->w, i->due));
}
