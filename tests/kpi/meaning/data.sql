create table accounts (id text, plan text, region text, signed text);
insert into accounts values ('A1', 'Pro', 'North', '2024-01-10'), ('A2', 'Pro', 'South', '2024-02-10'),
  ('A3', 'Basic', 'North', '2024-03-10'), ('A4', null, 'South', '2024-04-10'), ('A5', 'Basic', 'North', '2026-02-20');
create table subs (id text, account text, "from" text, till text, last text, amount real, seats int, product text);
insert into subs values
 ('S1', 'A1', '2024-01-31', '2025-02-28', '2025-02-27', 100, 5, 'X'), ('S2', 'A1', '2025-02-28', null, null, 150, 6, 'X'),
 ('S3', 'A2', '2024-02-29', '2026-03-01', '2026-02-28', 80, 4, 'Y'), ('S4', 'A3', '2024-03-10', null, null, 40, null, 'X'),
 ('S5', 'A4', '2024-04-10', null, null, 60, 2, 'Y'), ('S6', 'A5', '2026-02-20', null, null, 500.10, 1, 'X'),
 ('S7', 'A3', '2025-06-01', '2025-06-01', '2025-05-31', 999, 1, 'X'); -- ended before it began
create table stock (account text, day text, seats int);
insert into stock values ('A1', '2026-01-01', 5), ('A1', '2026-02-01', 7), ('A2', '2026-02-01', 3);
