-- each contract ends on the day on which the next one begins
update subscriptions set end_date = '2026-01-01';
insert into subscriptions select subscription_id || '-2', account_id, '2026-01-01', null, mrr_amount * 1.1, discount
  from subscriptions;
