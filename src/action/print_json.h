/* The documents of run, plan and items, as JSON. They are a public interface: section "The
 * command" of the language page. */
#ifndef VIGIE_PRINT_JSON_H
#define VIGIE_PRINT_JSON_H

#include <stdio.h>

#include "action/apply.h"
#include "action/item_text.h"
#include "action/items_text.h"

/* items: {"as_of": ..., "items": [...], "steps": [...]}: what a person or a team does in items of
 * others. */
void print_items_json(FILE *f, const struct items_screen *s);

/* items show: {"as_of": ..., "items": [...]}, each with its "history". */
void print_item_pages_json(FILE *f, const struct item_page *pages, size_t n);

#endif
