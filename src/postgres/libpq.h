/* libpq, loaded for the first address of PostgreSQL: pq->exec(…) is PQexec(…). */
#ifndef VIGIE_LIBPQ_H
#define VIGIE_LIBPQ_H

#include <postgresql/libpq-fe.h>
#include <stdbool.h>

struct diags;

struct libpq {
#define PQ_FUNCTION(name) typeof(PQ##name) *name;
#include "postgres/libpq.def"
#undef PQ_FUNCTION
};

/* False with one error when this machine has no libpq. */
bool libpq_load(struct libpq *pq, struct diags *problems);

#endif
