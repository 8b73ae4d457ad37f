/* Values put aside. In: the values of a day. Out: all of them, later. */
#include "cmd/kpi_spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action/value_json.h"
#include "base/check.h"
#include "cmd/kpi_print.h"

enum { DIGITS_LEAST = 15, DIGITS_ALL = 17, COPY_BYTES = 1 << 16 };

/* Of one KPI. In the arena, where gcc's analyzer does not take the file for lost. */
struct put_aside {
  FILE *f;
};

struct kpi_spool {
  bool json, needs;
  size_t n;
  struct put_aside **of; /* by KPI; NULL: it is not of an entity, or it failed */
  int digits;
  int failed; /* errno of the first failure; 0: none */
};

static struct put_aside *put_aside_new(struct arena *a) {
  FILE *f = tmpfile();
  if (!f) return NULL;
  struct put_aside *p = NEW(a, struct put_aside);
  p->f = f;
  return p;
}

struct kpi_spool *kpi_spool_new(struct kpi *const *kpis, size_t n, bool json, bool needs,
                                struct arena *a) {
  struct kpi_spool *x = NEW(a, struct kpi_spool);
  *x = (struct kpi_spool){.json = json,
                          .needs = needs,
                          .n = n,
                          .of = NEW_N(a, struct put_aside *, n + 1),
                          .digits = DIGITS_LEAST};
  for (size_t k = 0; k < n; k++)
    if (kpis[k]->entity && !(x->of[k] = put_aside_new(a))) x->failed = errno;
  return x;
}

void kpi_spool_free(struct kpi_spool *x) {
  for (size_t k = 0; x && k < x->n; k++)
    if (x->of[k]) fclose(x->of[k]->f);
}

/* An element a line. */
static void put_json(struct kpi_spool *x, FILE *f, json_t *element) {
  int digits = json_digits(element);
  if (digits > x->digits) x->digits = digits;
  json_dumpf(element, f, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS_ALL));
  fputc('\n', f);
  json_decref(element);
}

void kpi_spool_take(void *spool, size_t kpi, const struct kpi_series *s, const struct kpi_day *d) {
  struct kpi_spool *x = spool;
  CHECK(kpi < x->n);
  if (!x->of[kpi]) return; /* it failed, which kpi_spool_finish says */
  FILE *f = x->of[kpi]->f;
  if (!x->json) kpi_print_csv_day(f, s, d, x->needs);
  for (size_t i = 0; x->json && i < d->n; i++) put_json(x, f, kpi_json(s, d, &d->values[i]));
  if (ferror(f) && !x->failed) x->failed = errno ? errno : EIO;
}

bool kpi_spool_finish(struct kpi_spool *x, struct diags *problems) {
  for (size_t k = 0; k < x->n; k++)
    if (x->of[k] && (fflush(x->of[k]->f) || fseek(x->of[k]->f, 0, SEEK_SET)) && !x->failed)
      x->failed = errno;
  return !x->failed ||
         diag_fail(problems, V0606, "the values of the rows could not be put aside: %s",
                   strerror(x->failed));
}

bool kpi_spool_has(const struct kpi_spool *x, size_t kpi) { return x && x->of[kpi]; }

int kpi_spool_digits(const struct kpi_spool *x) { return x ? x->digits : DIGITS_LEAST; }

void kpi_spool_print_csv(struct kpi_spool *x, size_t kpi, FILE *f) {
  char buf[COPY_BYTES];
  for (size_t n; (n = fread(buf, 1, sizeof buf, x->of[kpi]->f)) > 0;) fwrite(buf, 1, n, f);
}

void kpi_spool_print_json(struct kpi_spool *x, size_t kpi, int digits, bool *first, FILE *f) {
  char *line = NULL;
  size_t room = 0;
  while (getline(&line, &room, x->of[kpi]->f) > 0) {
    json_t *element = json_loads(line, JSON_DECODE_ANY, NULL);
    CHECK(element); /* as put_json wrote it */
    kpi_print_json_element(f, element, digits, first);
  }
  free(line);
}
