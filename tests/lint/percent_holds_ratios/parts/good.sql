create table quotes (quote_id, discount_pct);
insert into quotes values (1, 10), (2, 20), (3, 5), (4, 15), (5, 30);
