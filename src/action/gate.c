/* The rows of gate.def as data. */
#include "action/gate.h"

#include <stddef.h>
#include <string.h>

static const struct {
  const char *word, *full;
} gates[] = {
#define GATE(id, word, full) {word, full},
#include "action/gate.def"
#undef GATE
};

const char *gate_word(enum gate g) { return g < GATE_NONE ? gates[g].word : NULL; }

const char *gate_full(const char *gate_of) {
  for (int g = 0; gate_of && g < GATE_NONE; g++)
    if (strcmp(gates[g].word, gate_of) == 0) return gates[g].full;
  return NULL;
}
