-- two products, sold at once to most accounts
insert into subscriptions select subscription_id || '-2', account_id, '2026-01-01', null, mrr_amount * 0.3, discount
  from subscriptions where account_id > 'A-04';
