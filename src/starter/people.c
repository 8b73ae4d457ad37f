/* The staff. In: a role. Out: email addresses, and the table "people". */
#include "starter/people.h"

#include "starter/rows.h"

struct person {
  const char *email, *name, *title, *region, *manager;
};

static const struct person csms[] = {
    {"ana.moreau@acme.example", "Ana Moreau", "CSM", "Île-de-France", "camille.roy@acme.example"},
    {"benoit.lacroix@acme.example", "Benoît Lacroix", "CSM", "Bretagne",
     "camille.roy@acme.example"},
    {"chloe.okafor@acme.example", "Chloé Okafor", "CSM", "London", "camille.roy@acme.example"},
    {"david.mercier@acme.example", "David Mercier", "CSM", "Auvergne-Rhône-Alpes",
     "camille.roy@acme.example"},
    {"elise.dandrea@acme.example", "Élise D'Andréa", "CSM", "Occitanie",
     "camille.roy@acme.example"},
    {"farid.benali@acme.example", "Farid Benali", "CSM", "Île-de-France",
     "camille.roy@acme.example"},
    {"grace.whitmore@acme.example", "Grace Whitmore", "CSM", "Scotland",
     "camille.roy@acme.example"},
};

static const struct person aes[] = {
    {"hugo.delmas@acme.example", "Hugo Delmas", "AE", "Île-de-France", "vp-sales@acme.example"},
    {"isla.morgan@acme.example", "Isla Morgan", "AE", "London", "vp-sales@acme.example"},
    {"jules.perrin@acme.example", "Jules Perrin", "AE", "Auvergne-Rhône-Alpes",
     "vp-sales@acme.example"},
    {"katell.lebreton@acme.example", "Katell Le Breton", "AE", "Bretagne", "vp-sales@acme.example"},
    {"liam.obrien@acme.example", "Liam O'Brien", "AE", "Scotland", "vp-sales@acme.example"},
};

static const struct person sdrs[] = {
    {"manon.fabre@acme.example", "Manon Fabre", "SDR", "Île-de-France", "sdr-lead@acme.example"},
    {"noah.clarke@acme.example", "Noah Clarke", "SDR", "London", "sdr-lead@acme.example"},
    {"oceane.petit@acme.example", "Océane Petit", "SDR", "Occitanie", "sdr-lead@acme.example"},
    {"paul.weber@acme.example", "Paul Weber", "SDR", "Grand Est", "sdr-lead@acme.example"},
};

static const struct person leads[] = {
    {"camille.roy@acme.example", "Camille Roy", "CS lead", "Île-de-France", "vp-cs@acme.example"},
    {"vp-cs@acme.example", "Rosa Lindqvist", "VP Customer Success", "Île-de-France", NULL},
    {"vp-sales@acme.example", "Simon Achard", "VP Sales", "Île-de-France", NULL},
    {"sdr-lead@acme.example", "Tess Varga", "SDR lead", "London", "vp-sales@acme.example"},
    {"support-lead@acme.example", "Ugo Marin", "Support lead", "Bretagne", "vp-cs@acme.example"},
    {"billing@acme.example", "Valérie Costa", "Billing", "Île-de-France", NULL},
};

#define GROUP(list) \
  { list, sizeof(list) / sizeof *(list) }

static const struct {
  const struct person *people;
  size_t n;
} staff[] = {
    [ROLE_CSM] = GROUP(csms),
    [ROLE_AE] = GROUP(aes),
    [ROLE_SDR] = GROUP(sdrs),
    [ROLE_LEAD] = GROUP(leads),
};

const char *person_email(enum role role, size_t i) {
  return staff[role].people[i % staff[role].n].email;
}

void write_people(struct sink *s) {
  struct insert t;
  insert_begin(&t, s, "people", "ttttt");
  for (size_t role = 0; role < sizeof staff / sizeof *staff; role++) {
    for (size_t i = 0; i < staff[role].n; i++) {
      const struct person *p = &staff[role].people[i];
      insert_row(&t, p->email, p->name, p->title, p->region, p->manager);
    }
  }
  insert_end(&t);
}
