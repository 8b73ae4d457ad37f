/* Datasets that are SQLite files: --db data.db. All that the generic half knows of them. */
#ifndef VIGIE_SQLITE_OPS_H
#define VIGIE_SQLITE_OPS_H

#include "data/backend.h"

extern const struct dataset_ops sqlite_ops;

#endif
