-- What a person adds to the file who asks of single accounts: each index holds all that a statement reads.
create index accounts_renewal on accounts (renewal_date);
create index health_of_account on health_daily (account_id, day, score);
create index usage_of_account on feature_usage (account_id, usage_date, usage_count);
analyze;
