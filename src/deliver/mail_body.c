/* What a person reads at nine: the first five in full, the rest a line each. In plain text, and in
 * HTML that names no picture and no other server. */
#include "deliver/mail.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/text.h"

struct page {
  FILE *f;
  const struct digest *d;
  struct arena *a;
};

const char *mail_title(const struct digest *d, struct arena *a) {
  return d->of_team ? arena_printf(a, "Team %s: %s", d->to, d->title) : d->title;
}

typedef void (*print_fn)(struct page *p);

static const char *written(print_fn print, const struct digest *d, struct arena *a) {
  char *text = NULL;
  size_t n = 0;
  struct page p = {.f = open_memstream(&text, &n), .d = d, .a = a};
  CHECK(p.f);
  print(&p);
  fclose(p.f);
  const char *kept = arena_strdup(a, text);
  free(text);
  return kept;
}

static size_t in_full(const struct digest *d) {
  return d->n_lines < DIGEST_FULL ? d->n_lines : DIGEST_FULL;
}

/* ---- plain ---------------------------------------------------------------------------- */

static void plain_line(struct page *p, size_t number, const struct digest_line *l) {
  text_print_line(p->f, "%zu. %s%s%s", number, l->about, *l->money ? "  " : "", l->money);
  text_print_line(p->f, "   %s", l->task);
  text_print_line(p->f, "   %s%s%s  (%s)", l->due, strcmp(l->due, l->news) ? ", " : "",
                  strcmp(l->due, l->news) ? l->news : "", l->number);
  const char *step = digest_step(l, p->a);
  if (*l->why) text_print_line(p->f, "   Why: %s", l->why);
  if (step) text_print_line(p->f, "   %s", step);
  if (l->item->link && strlen(l->item->link) <= DIGEST_LINK_MAX)
    text_print_line(p->f, "   %s", l->item->link);
  fputc('\n', p->f);
}

static void plain_short(struct page *p, const char *head, const struct digest_line *lines, size_t n,
                        bool over) {
  if (!n) return;
  fprintf(p->f, "%s\n", head);
  for (size_t i = 0; i < n && i < DIGEST_SHORT; i++)
    text_print_line(p->f, "  %s: %s, %s%s%s  (%s)", lines[i].about, lines[i].task,
                    over ? lines[i].news : lines[i].due, *lines[i].money ? ", " : "",
                    lines[i].money, lines[i].number);
  if (n > DIGEST_SHORT) fprintf(p->f, "  and %zu more\n", n - DIGEST_SHORT);
  fputc('\n', p->f);
}

static void plain_replies(struct page *p) {
  size_t n;
  const struct reply *r = digest_replies(p->d, p->a, &n);
  if (!n) return;
  text_print_line(
      p->f, "To answer, here for %s (a reply to this message is not read):", p->d->lines[0].number);
  for (size_t i = 0; i < n; i++) fprintf(p->f, "  %-16s  %s\n", r[i].when, r[i].command);
}

static void print_plain(struct page *p) {
  const struct digest *d = p->d;
  if (d->sample) fputs("This is a sample: nobody has to do anything.\n\n", p->f);
  fprintf(p->f, "%s\n\n", mail_title(d, p->a));
  for (size_t i = 0; i < in_full(d); i++) plain_line(p, i + 1, &d->lines[i]);
  plain_short(p, "And", d->lines + in_full(d), d->n_lines - in_full(d), false);
  plain_short(p, "No longer to do", d->over, d->n_over, true);
  if (d->to_do) fprintf(p->f, "Your whole list: %ld to do, %ld late.\n\n", d->to_do, d->late);
  plain_replies(p);
}

const char *mail_plain(const struct digest *d, struct arena *a) {
  return written(print_plain, d, a);
}

/* ---- HTML ----------------------------------------------------------------------------- */

static void html(struct page *p, const char *text) {
  for (; *text; text++) {
    const char *sign = *text == '&'   ? "&amp;"
                       : *text == '<' ? "&lt;"
                       : *text == '>' ? "&gt;"
                       : *text == '"' ? "&quot;"
                                      : NULL;
    if (sign)
      fputs(sign, p->f);
    else
      fputc((unsigned char)*text < ' ' ? ' ' : *text, p->f);
  }
}

static bool is_web(const char *link) {
  return link && strlen(link) <= DIGEST_LINK_MAX &&
         (strncmp(link, "https://", 8) == 0 || strncmp(link, "http://", 7) == 0);
}

static void html_about(struct page *p, const struct digest_line *l) {
  bool web = is_web(l->item->link);
  if (web) {
    fputs("<a href=\"", p->f);
    html(p, l->item->link);
    fputs("\" style=\"color:#1a4f8b\">", p->f);
  }
  html(p, l->about);
  if (web) fputs("</a>", p->f);
}

static void html_line(struct page *p, const struct digest_line *l) {
  fputs("<tr><td style=\"padding:8px 0;border-top:1px solid #ddd\"><b>", p->f);
  html_about(p, l);
  fputs("</b> <span style=\"float:right\">", p->f);
  html(p, l->money);
  fputs("</span><br>", p->f);
  html(p, l->task);
  fputs("<br><span style=\"color:#555\">", p->f);
  html(p, l->due);
  if (strcmp(l->due, l->news) != 0) {
    fputs(", ", p->f);
    html(p, l->news);
  }
  fprintf(p->f, " (%s)", l->number);
  const char *step = digest_step(l, p->a);
  if (*l->why) {
    fputs("<br>Why: ", p->f);
    html(p, l->why);
  }
  if (step) {
    fputs("<br>", p->f);
    html(p, step);
  }
  fputs("</span></td></tr>\n", p->f);
}

static void html_short(struct page *p, const char *head, const struct digest_line *lines, size_t n,
                       bool over) {
  if (!n) return;
  fprintf(p->f, "<p><b>%s</b></p>\n<ul>\n", head);
  for (size_t i = 0; i < n && i < DIGEST_SHORT; i++) {
    fputs("<li>", p->f);
    html_about(p, &lines[i]);
    fputs(": ", p->f);
    html(p, lines[i].task);
    fputs(", ", p->f);
    html(p, over ? lines[i].news : lines[i].due);
    if (*lines[i].money) fputs(", ", p->f);
    html(p, lines[i].money);
    fprintf(p->f, " (%s)</li>\n", lines[i].number);
  }
  if (n > DIGEST_SHORT) fprintf(p->f, "<li>and %zu more</li>\n", n - DIGEST_SHORT);
  fputs("</ul>\n", p->f);
}

static void html_replies(struct page *p) {
  size_t n;
  const struct reply *r = digest_replies(p->d, p->a, &n);
  if (!n) return;
  fprintf(p->f,
          "<p style=\"color:#555\">To answer, here for %s (a reply to this message is not "
          "read):</p>\n<table style=\"color:#555\">\n",
          p->d->lines[0].number);
  for (size_t i = 0; i < n; i++) {
    fputs("<tr><td style=\"padding-right:16px\">", p->f);
    html(p, r[i].when);
    fputs("</td><td><code>", p->f);
    html(p, r[i].command);
    fputs("</code></td></tr>\n", p->f);
  }
  fputs("</table>\n", p->f);
}

static void print_html(struct page *p) {
  const struct digest *d = p->d;
  fputs(
      "<!doctype html>\n<html lang=\"en\"><body style=\"font-family:sans-serif;max-width:640px;"
      "color:#222\">\n",
      p->f);
  if (d->sample) fputs("<p><i>This is a sample: nobody has to do anything.</i></p>\n", p->f);
  fputs("<p>", p->f);
  html(p, mail_title(d, p->a));
  fputs("</p>\n<table style=\"width:100%;border-collapse:collapse\">\n", p->f);
  for (size_t i = 0; i < in_full(d); i++) html_line(p, &d->lines[i]);
  fputs("</table>\n", p->f);
  html_short(p, "And", d->lines + in_full(d), d->n_lines - in_full(d), false);
  html_short(p, "No longer to do", d->over, d->n_over, true);
  if (d->to_do) fprintf(p->f, "<p>Your whole list: %ld to do, %ld late.</p>\n", d->to_do, d->late);
  html_replies(p);
  fputs("</body></html>\n", p->f);
}

const char *mail_html(const struct digest *d, struct arena *a) { return written(print_html, d, a); }
