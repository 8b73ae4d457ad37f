/* What the rows of a column hold. */
#ifndef VIGIE_COLUMN_KIND_H
#define VIGIE_COLUMN_KIND_H

enum column_kind { COL_NUM, COL_TXT, COL_BOOL, COL_KEY };

#endif
