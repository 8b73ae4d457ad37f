/* The texts of a starter project, carried inside the program: everything under rules/starter. */
#ifndef VIGIE_STARTER_TEXTS_H
#define VIGIE_STARTER_TEXTS_H

/* The file rules/starter/NAME. It is always there: the build puts it in, and a test asks for
 * each. Constant. */
const char *starter_text(const char *name);

#endif
