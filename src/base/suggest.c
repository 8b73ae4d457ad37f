/* In: a word and the words that would have been right. Out: the nearest of them by edit distance
 * (Damerau's, with neighbours swapped at most once), if it is near. */
#include "base/suggest.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* Longer words are not names that somebody mistyped, and the distance costs the product of two
 * lengths. */
enum { LONGEST = 64 };

struct letters {
  utf8proc_int32_t exact[LONGEST];
  utf8proc_int32_t folded[LONGEST]; /* in lower case */
  int n;
};

static bool letters_of(const char *text, struct letters *out) {
  out->n = 0;
  for (const char *p = text; *p;) {
    if (out->n == LONGEST) return false;
    utf8proc_int32_t letter;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)strnlen(p, 4), &letter);
    if (used <= 0) { /* not UTF-8: the byte stands for itself */
      letter = (unsigned char)*p;
      used = 1;
    }
    out->exact[out->n] = letter;
    out->folded[out->n++] = utf8proc_tolower(letter);
    p += used;
  }
  return true;
}

static int least(int a, int b) { return a < b ? a : b; }

static int distance(const utf8proc_int32_t *a, int na, const utf8proc_int32_t *b, int nb) {
  int rows[3][LONGEST + 1];
  int *before = rows[0], *above = rows[1], *row = rows[2];
  for (int j = 0; j <= nb; j++) above[j] = j;
  for (int i = 1; i <= na; i++) {
    row[0] = i;
    for (int j = 1; j <= nb; j++) {
      row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = least(row[j], before[j - 2] + 1);
    }
    int *oldest = before;
    before = above;
    above = row;
    row = oldest;
  }
  return above[nb];
}

/* How many slips a word of this length may hold and still be recognised. */
static int tolerance(int letters) {
  return letters < 2 ? 0 : letters < 6 ? 1 : letters < 9 ? 2 : 3;
}

/* Slips first, then letters in the wrong case; INT_MAX when it is too far. */
static int cost(const struct letters *typed, const struct letters *known) {
  int longer = typed->n > known->n ? typed->n : known->n;
  int shorter = typed->n + known->n - longer;
  int allowed = tolerance(longer);
  if (longer - shorter > allowed) return INT_MAX;
  int slips = distance(typed->folded, typed->n, known->folded, known->n);
  if (slips > allowed) return INT_MAX;
  return slips * (LONGEST + 1) + distance(typed->exact, typed->n, known->exact, known->n);
}

const char *suggest(const char *word, const char *const *candidates, size_t n) {
  struct letters typed, known;
  if (!word || !*word || !letters_of(word, &typed)) return NULL;
  const char *best = NULL;
  int best_cost = INT_MAX;
  for (size_t i = 0; i < n; i++) {
    if (!candidates[i] || !letters_of(candidates[i], &known)) continue;
    int c = cost(&typed, &known);
    if (c >= best_cost) continue;
    best = candidates[i];
    best_cost = c;
  }
  return best;
}
