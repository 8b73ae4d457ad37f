-- SQLite, tuned by hand: the table in memory, and an index of all that a rule reads.
pragma temp_store = memory;
pragma cache_size = -200000;
.read facts.sql
create index temp.facts_of_renewal on facts (renewal_date, health_drop, usage_drop, usage_before, account_id);
