/* Names. In: an index. Out: a company or a person, French or English, with the accents real names
 * have. */
#include "starter/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const french_trades[] = {
    "Ateliers",  "Boulangerie", "Brasserie",   "Cidrerie",   "Clinique",   "Conserverie",
    "Éditions",  "Énergies",    "Fonderie",    "Fromagerie", "Imprimerie", "Laboratoires",
    "Librairie", "Maison",      "Manufacture", "Menuiserie", "Papeterie",  "Pépinières",
    "Pharmacie", "Textiles",    "Transports",
};

static const char *const french_names[] = {
    "d'Aquitaine",   "Béranger",  "Château-Neuf",  "de l'Ouest",    "Deschênes & Fils",
    "Dupré",         "Évrard",    "Faïencerie",    "François",      "Guérin",
    "de l'Île",      "Lefèvre",   "L'Hermitage",   "Mérieux-Noël",  "Noël & Cie",
    "des Pyrénées",  "Quéméneur", "de la Garenne", "Saint-Étienne", "Thévenot",
    "du Vieux-Port",
};

static const char *const english_names[] = {
    "Ashford",   "Bramble & Co", "Brightwater", "Coppergate", "Fairweather",
    "Greystone", "Harbour",      "Ironbridge",  "Kestrel",    "Larkspur",
    "Meadow",    "Northgate",    "O'Brien",     "O'Connor",   "Penrose",
    "Redfern",   "Silverlake",   "St John's",   "Thornbury",  "Whitfield",
};

static const char *const english_trades[] = {
    "Analytics", "Biotech",   "Brewing", "Capital",  "Energy",   "Foods",    "Health",  "Insurance",
    "Labs",      "Logistics", "Motors",  "Partners", "Robotics", "Software", "Studios", "Systems",
};

static const char *const firsts[] = {
    "Amélie", "Ben", "Chloé", "Daniel", "Élodie", "Fatima", "Grégoire", "Hannah", "Inès", "Jérôme",
    "Karim",  "Léa", "Maël",  "Nadia",  "Owen",   "Priya",  "Quentin",  "Renée",  "Sam",  "Théo",
};

static const char *const lasts[] = {
    "Aubert",  "Bennett", "Chevallier", "Da Silva", "Étienne", "Fournier", "Gauthier",
    "Hughes",  "Iqbal",   "Joly",       "Keller",   "Le Gall", "Marchand", "Nguyen",
    "O'Neill", "Pérez",   "Renaud",     "Sørensen", "Traoré",  "Walker",
};

size_t company_french_count(void) { return COUNT(french_trades) * COUNT(french_names); }

size_t company_count(void) {
  return company_french_count() + COUNT(english_names) * COUNT(english_trades);
}

const char *company_name(struct arena *a, size_t i) {
  size_t french = company_french_count();
  if (i < french) {
    return arena_printf(a, "%s %s", french_trades[i / COUNT(french_names)],
                        french_names[i % COUNT(french_names)]);
  }
  i -= french;
  return arena_printf(a, "%s %s", english_names[i / COUNT(english_trades)],
                      english_trades[i % COUNT(english_trades)]);
}

const char *first_name(size_t i) { return firsts[i % COUNT(firsts)]; }
const char *last_name(size_t i) { return lasts[i % COUNT(lasts)]; }

/* The letters and digits of a name, without accents, in lower case. Returns the end of what it
 * wrote. */
static char *put_ascii(char *to, const char *name) {
  utf8proc_uint8_t *plain = utf8proc_NFD((const utf8proc_uint8_t *)name);
  for (const utf8proc_uint8_t *p = plain; p && *p; p++) {
    if (p[0] == 0xC3 && p[1] == 0xB8) *to++ = 'o'; /* ø does not decompose */
    if (*p < 0x80 && isalnum(*p)) *to++ = (char)tolower(*p);
  }
  free(plain);
  return to;
}

const char *email_of(struct arena *a, const char *first, const char *last, const char *domain) {
  char *email = arena_alloc(a, strlen(first) + strlen(last) + strlen(domain) + 3);
  char *end = put_ascii(email, first);
  *end++ = '.';
  end = put_ascii(end, last);
  *end++ = '@';
  strcpy(end, domain);
  return email;
}
