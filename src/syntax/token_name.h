/* What a token is called in dumps; the names are the aliases of the grammar. */
#ifndef VIGIE_TOKEN_NAME_H
#define VIGIE_TOKEN_NAME_H

const char *token_name(int kind);

#endif
