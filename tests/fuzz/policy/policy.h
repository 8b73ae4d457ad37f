/* Random policies over random data: what the files of this folder share.  world.c invents
 * entities and rows, generate.c declares things over them, expand.c writes what they are made of
 * by the table grammar.def, drive.c puts the policy through the commands of commands.def, main.c
 * goes from seed to seed. All that a seed makes lives in the arena of its gen. */
#ifndef VIGIE_FUZZ_POLICY_H
#define VIGIE_FUZZ_POLICY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"
#include "starter/rng.h"

typedef VEC(char) text_buf;

enum symbol_kind {
  SYMBOL_ATTR,
  SYMBOL_KPI,
  SYMBOL_THRESHOLD,
  SYMBOL_SEGMENT,
  SYMBOL_DEFINE, /* of two values */
  SYMBOL_TOTAL,  /* a define over an entity */
  SYMBOL_TEAM,
  SYMBOL_RULE,
  SYMBOL_PLAYBOOK,
  SYMBOL_TARGET, /* named after what it measures */
  SYMBOL_NONE    /* declares no name */
};

/* A name that the policy declares. */
struct symbol {
  enum symbol_kind kind;
  const char *name, *unit; /* unit: num money share score days date text cond; NULL: none */
  int entity;              /* whose rows it is of; -1: of the company or of groups */
  const char *dims;        /* "plan1, region2"; NULL: not split */
  bool past;               /* has one */
  bool computed, person;
  bool listed; /* may hold "Basic", "Pro" and "Max" only */
};

enum cell_shape { /* what a column holds */
                  SHAPE_SMALL,
                  SHAPE_NUMBER,
                  SHAPE_MONEY,
                  SHAPE_PERCENT,
                  SHAPE_RATIO,
                  SHAPE_DATE,
                  SHAPE_TEXT,
                  SHAPE_LISTED,
                  SHAPE_FLAG,
                  SHAPE_PERSON
};

struct gen_column {
  const char *name;
  enum cell_shape shape;
  const char *history; /* the table of its records; NULL: a column of the entity */
};

enum life_kind {
  LIFE_NONE,
  LIFE_EXISTS,
  LIFE_EXISTS_UNTIL,
  LIFE_AT,
  LIFE_ACTIVE,
  LIFE_THROUGH,
  LIFE_COUNT
};

struct gen_entity {
  const char *name;
  enum life_kind life;
  int parents[2], n_parents;
  int rows;
  VEC(struct gen_column) columns;
  text_buf text; /* its declaration */
};

struct policy_line {
  const char *text; /* without a line end */
  bool off;         /* taken out */
};

struct gen {
  struct arena *arena;
  struct rng rng;
  VEC(struct symbol) symbols;
  VEC(struct gen_entity) entities;
  VEC(const char *) blocks;      /* declarations */
  VEC(struct policy_line) lines; /* of the blocks, as they stand in the file */
  int misses;  /* of 1000 parts of an expression, how many are not what should stand there */
  int steps;   /* rows of the grammar tried in this block */
  int serial;  /* names given */
  int n_pairs; /* of rules and KPIs that must agree: see generate.c */
  long seed;
};

/* Where a part of a policy stands. */
struct scope {
  int entity;       /* bare names are of its rows; -1: of the company or a group */
  int inner;        /* the entity of the set of this aggregate; -1: none */
  int group;        /* entity that the dimensions are of; -1: not grouped */
  const char *dims; /* "plan1, region2" */
  bool past;        /* something that has one is needed */
  int depth;        /* how many more expressions may stand inside each other */
  const char *unit; /* of {same} */
  const char *name; /* {new} */
  int other;        /* {other}: a second entity */
};

/* ---- texts ---------------------------------------------------------------------------- */
void put(struct gen *g, text_buf *out, const char *s);
__attribute__((format(printf, 3, 4))) void putf(struct gen *g, text_buf *out, const char *fmt, ...);
const char *text_of(struct gen *g, text_buf *b);      /* NUL-terminated */
const char *choice(struct gen *g, const char *words); /* one of "a|b|c" */

/* ---- expand.c ------------------------------------------------------------------------- */
/* Appends a random way to write the symbol; false: there is none here, and out is as it was. */
bool write_symbol(struct gen *g, const struct scope *sc, const char *symbol, text_buf *out);
bool is_numeric(const char *unit);
const char *random_unit(struct gen *g);
/* A constant of the unit. */
void write_constant(struct gen *g, const char *unit, text_buf *out);

/* ---- world.c -------------------------------------------------------------------------- */
void invent_entities(struct gen *g);
/* Writes the rows of all tables to an SQLite file, which is made anew. */
void write_dataset(const struct gen *g, const char *path);
/* Does a row of child lead to one of parent? */
bool leads_to(const struct gen *g, int child, int parent);

/* ---- generate.c ----------------------------------------------------------------------- */
/* The policy of a seed, in g->blocks. */
struct gen *generate_policy(long seed);

/* ---- drive.c -------------------------------------------------------------------------- */
struct progress { /* seen by the parent process when the child is gone */
  long seed;
  char command[512];
  long policies, accepted,
      judged;      /* made; without a mistake as made; put through the commands after repair */
  long edit;       /* of the seed: proofs.c */
  long answers[5]; /* what was proved, by enum proof_answer */
};
/* Puts the policy through the commands, in the folder (which is used up). Ends the process with a
 * message on standard error when a promise is broken. */
void drive_policy(struct gen *g, const char *folder, struct progress *p);
enum { EXIT_BROKEN = 87 };

#endif
