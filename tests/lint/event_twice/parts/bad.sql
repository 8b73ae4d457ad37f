update feature_usage set usage_count = 1 + (rowid * 7) % 23;
insert into feature_usage select * from feature_usage where usage_date = '2026-02-27';
