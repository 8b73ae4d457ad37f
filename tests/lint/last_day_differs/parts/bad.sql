-- the last day of each contract is written, and the next one begins a day later
update subscriptions set end_date = '2025-12-31';
insert into subscriptions select subscription_id || '-2', account_id, '2026-01-01', null, mrr_amount * 1.1, discount
  from subscriptions;
