/* The gates that items wait for: the rows of gate.def. */
#ifndef VIGIE_GATE_H
#define VIGIE_GATE_H

enum gate {
#define GATE(id, word, full) GATE_##id,
#include "action/gate.def"
#undef GATE
  GATE_NONE
};

const char *gate_word(enum gate g);         /* "capacity"; NULL for GATE_NONE */
const char *gate_full(const char *gate_of); /* "its owner has …", of such a word; NULL: of none */

#endif
