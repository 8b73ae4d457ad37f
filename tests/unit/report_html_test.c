/* The page for the revenue meeting, filled by hand: what is empty keeps its sentence, no text is
 * markup, French is set as French is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/report.h"

static struct arena *arena;

static const char *printed(const struct report *r) {
  char *text = NULL;
  size_t n = 0;
  FILE *f = open_memstream(&text, &n);
  print_report_html(f, r, arena);
  fclose(f);
  const char *kept = arena_strdup(arena, text);
  free(text);
  return kept;
}

static struct report empty_page(enum tongue tongue) {
  static struct ruleset rs;
  struct report r = {.rs = &rs,
                     .tongue = tongue,
                     .as_of = 20513, /* 2026-03-01 */
                     .ran = 20513,
                     .command = "vigie report rules --db data.db",
                     .where = " rules --db data.db"};
  r.since.day = 20506;
  return r;
}

static void has(const char *page, const char *text) {
  if (!strstr(page, text)) fail_msg("the page lacks: %s", text);
}

static void lacks(const char *page, const char *text) {
  if (strstr(page, text)) fail_msg("the page has: %s", text);
}

static struct item *add_item(struct report *r, const char *rule, const char *label) {
  struct item *i = NEW(arena, struct item);
  *i = item_none();
  i->id = 12;
  i->kept = true;
  i->rule = rule;
  i->entity = "account";
  i->key = "A-1";
  i->label = label;
  i->action = "Call them";
  i->priority = "normal";
  i->opened = 20506;
  i->due = 20509;
  VEC_PUSH(arena, &r->items, i);
  r->counts.to_do++;
  r->counts.late++;
  return i;
}

static struct owner_line *add_owner(struct report *r, const char *owner, const struct item *i) {
  struct owner_line o = {
      .owner = owner, .team = i->team, .to_do = 1, .late = 1, .first_due = i->due};
  struct customer_line c = {.name = i->label};
  VEC_PUSH(arena, &c.items, i);
  VEC_PUSH(arena, &o.customers, c);
  VEC_PUSH(arena, &r->owners, o);
  return &r->owners.v[r->owners.n - 1];
}

static void what_is_empty_keeps_its_sentence(void **state) {
  (void)state;
  struct report r = empty_page(TONGUE_EN);
  const char *page = printed(&r);
  has(page, "<html lang=\"en\">");
  has(page, "default-src 'none'");
  has(page, "The rules ask for nothing");
  has(page, "No number has crossed a line.");
  has(page, "Nothing is late, and nothing is to be done.");
  has(page, "Nothing was closed.");
  has(page, "Every rule could judge every row");
  lacks(page, "id=\"results\"");
  lacks(page, "id=\"bridge\"");
  lacks(page, "id=\"renewals\"");
  lacks(page, "id=\"pipeline\"");
  lacks(page, "<script");
}

static void no_text_is_markup(void **state) {
  (void)state;
  struct report r = empty_page(TONGUE_EN);
  struct item *i = add_item(&r, "usage_collapse", "<script>alert(1)</script>");
  i->team = "\"onload=\"alert(2)";
  i->action = "R&D 'quoted' \x01\xff \xe2\x80\xae turned";
  i->link = "javascript:alert(3)";
  add_owner(&r, "ana\"><img src=x>@acme.example", i);
  VEC_PUSH(arena, &r.teams, "</style><script>");
  VEC_PUSH(arena, &r.teams, "Sales");
  r.title = "</title><script>";
  const char *page = printed(&r);
  lacks(page, "<script");
  lacks(page, "<img");
  lacks(page, "\"onload=");
  lacks(page, "javascript:");
  lacks(page, "\xe2\x80\xae");
  lacks(page, "\x01");
  has(page, "&lt;script&gt;alert(1)&lt;/script&gt;");
  has(page, "R&amp;D &#39;quoted&#39; \ufffd\ufffd \ufffd turned");
  has(page, "The only action is late");
  has(page, "4 days late");
  has(page, "<span>show</span> <span>12</span>");
}

static void french_is_set_as_french_is(void **state) {
  (void)state;
  struct report r = empty_page(TONGUE_FR);
  struct item *i = add_item(&r, "usage_collapse", "Meadow Foods");
  i->worth =
      (struct value){.type = {.unit = U_MONEY, .currency = "EUR"}, .known = true, .num = 123456789};
  i->worth_of = "arr";
  add_owner(&r, NULL, i);
  add_item(&r, "usage_collapse", "Autre")->due = 20520;
  r.counts.late = 1;
  const char *page = printed(&r);
  has(page, "<html lang=\"fr\">");
  has(page, "1 action sur 2 est en retard");
  has(page, "dimanche\u00a01er\u00a0mars\u00a02026");
  has(page, "1\u202f234\u202f568\u00a0EUR <small>ARR</small>");
  has(page, "réunion précédente\u00a0: 22\u00a0févr.");
  has(page, "4 jours de retard");
  has(page, "<span class=\"who\">personne");
  lacks(page, " ;");
  lacks(page, "days late");
}

static void what_is_cut_is_counted(void **state) {
  (void)state;
  struct report r = empty_page(TONGUE_EN);
  struct item *first = add_item(&r, "usage_collapse", "First");
  struct owner_line *o = add_owner(&r, "ana@acme.example", first);
  for (int k = 0; k < 10000; k++) {
    struct customer_line c = {.name = "Another"};
    VEC_PUSH(arena, &c.items, add_item(&r, "usage_collapse", "Another"));
    VEC_PUSH(arena, &o->customers, c);
  }
  r.domain = "@acme.example";
  const char *page = printed(&r);
  has(page, "9,941 more customers of ana are not drawn here");
  has(page, "All 10,001 actions are late");
  assert_true(strlen(page) < 200000);
}

static int begin(void **state) {
  (void)state;
  arena = arena_new();
  return 0;
}

static int end(void **state) {
  (void)state;
  arena_free(arena);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(what_is_empty_keeps_its_sentence, begin, end),
      cmocka_unit_test_setup_teardown(no_text_is_markup, begin, end),
      cmocka_unit_test_setup_teardown(french_is_set_as_french_is, begin, end),
      cmocka_unit_test_setup_teardown(what_is_cut_is_counted, begin, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
