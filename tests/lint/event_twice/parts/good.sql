-- a row for each session: two of one day that are alike happen, as do two that are not
update feature_usage set usage_count = 1 + (rowid * 7) % 23;
insert into feature_usage select account_id, usage_date, usage_count + rowid % 2 from feature_usage where usage_date > '2026-02-20';
