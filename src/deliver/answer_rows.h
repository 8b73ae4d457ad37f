/* Rows of answer.def: whoever includes this has defined the parts he wants; the others are empty.
 * Meant to be included more than once. */
#ifndef FAULT
#define FAULT(id, sentence)
#endif
#ifndef HTTP
#define HTTP(from, to, outcome, whose, sentence)
#endif
#ifndef SMTP
#define SMTP(from, to, outcome, whose, sentence)
#endif
#ifndef CERTIFICATE
#define CERTIFICATE(from, to, sentence)
#endif
#ifndef FAILURE
#define FAILURE(from, to, outcome, whose, sentence)
#endif
#include "deliver/answer.def"
#undef FAULT
#undef HTTP
#undef SMTP
#undef CERTIFICATE
#undef FAILURE
