create table quotes (quote_id, discount_pct);
insert into quotes values (1, 0.1), (2, 0.2), (3, 0.05), (4, 0.15), (5, 0.3);
