delete from feature_usage where usage_date > '2026-01-10';
