/* Datasets that are databases of PostgreSQL: --db postgresql://…. All that the generic half knows
 * of them. */
#ifndef VIGIE_POSTGRES_OPS_H
#define VIGIE_POSTGRES_OPS_H

#include "data/backend.h"

extern const struct dataset_ops postgres_ops;

#endif
