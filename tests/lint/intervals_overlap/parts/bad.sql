-- a renewal that was written before the old contract was ended
insert into subscriptions select subscription_id || '-2', account_id, '2026-01-01', null, mrr_amount * 1.1, discount
  from subscriptions where account_id in ('A-03', 'A-04');
