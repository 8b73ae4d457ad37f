/* The tables of the starter dataset, one function a family. Each reads the customers and writes
 * rows; failures stay in the sink (see rows.h). */
#ifndef VIGIE_STARTER_TABLES_H
#define VIGIE_STARTER_TABLES_H

#include "starter/rows.h"
#include "starter/world.h"

void write_accounts(struct sink *s, const struct world *w);      /* accounts, contacts */
void write_subscriptions(struct sink *s, const struct world *w); /* subscriptions */
void write_usage(struct sink *s, const struct world *w);         /* feature_usage */
void write_health(struct sink *s, const struct world *w);        /* health_daily */
void write_support(struct sink *s, const struct world *w);       /* tickets, nps_answers */
void write_deals(struct sink *s, const struct world *w);         /* deals, deal_stages, quotes */
void write_leads(struct sink *s, const struct world *w);         /* leads, marketing_spend */
void write_billing(struct sink *s, const struct world *w);       /* contracts, invoices */
/* holidays: France, 2024 to 2027 */
void write_holidays(struct sink *s);

#endif
