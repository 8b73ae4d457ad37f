/* What could stand at a place of the command line: for the scripts of the shells. */
#ifndef VIGIE_CANDIDATES_H
#define VIGIE_CANDIDATES_H

#include <stdbool.h>

#include "cmd/args.h"

/* Prints the candidates of args->words, one a line: the word, a tab, what it is. args->paths: the
 * words of the line that is being completed, from which --state and the rule files are taken. What
 * goes wrong is kept quiet, for nobody asked a question; nothing is written. */
void print_candidates(const struct args *args);

#endif
