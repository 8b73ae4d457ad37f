-- 12 customers, three of which have left; something of everything else, so that each example has a value on 2026-03-01.
CREATE TABLE n (i);
INSERT INTO n WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 12) SELECT i FROM c;
CREATE TABLE channels AS SELECT 'C' || i AS id FROM n WHERE i <= 2;
CREATE TABLE accounts AS SELECT 'A' || i AS id, iif(i % 2, 'Pro', 'Basic') AS plan, date('2024-01-15', (i * 2) || ' months') AS signed,
  date('2024-02-10', (i * 2) || ' months') AS live, date('2026-03-01', (i * 10) || ' days') AS renewal, 0.9 AS renewal_odds,
  8 + i AS seats_used, 20 AS seats_bought, 70 AS support, 60 AS engagement, 50 AS features, 80 AS csm_mark FROM n;
CREATE TABLE health AS SELECT 'A' || i AS account, d.day, d.score + i AS score
  FROM n, (SELECT '2025-01-01' AS day, 60 AS score UNION SELECT '2026-02-20', 55) d;
CREATE TABLE subscriptions AS
  SELECT 'S' || i AS id, 'A' || i AS account, date('2024-01-20', (i * 2) || ' months') AS started,
         CASE WHEN i <= 3 THEN '2026-02-1' || i END AS ended, 100 * i AS amount, 0 AS trial FROM n
  UNION ALL SELECT 'T' || i, 'A' || i, '2026-02-10', NULL, 50, 0 FROM n WHERE i IN (5, 6)
  UNION ALL SELECT 'U' || i, 'A' || i, '2025-01-10', '2026-02-12', 20, 0 FROM n WHERE i = 7;
CREATE TABLE contracts AS SELECT 'K' || i AS id, 'A' || i AS account, date('2024-12-05', i || ' months') AS signed,
  date('2025-12-05', (i - 3) || ' months') AS ends, i % 3 > 0 AS renewed, iif(i % 2, 'New', 'Upsell') AS kind, 1200 * i AS value,
  1300 * i AS new_value, 12 AS months FROM n
  UNION ALL SELECT 'L' || i, 'A' || i, '2026-02-1' || i, '2027-02-10', NULL, iif(i % 2, 'New', 'Upsell'), 5000, NULL, 12 FROM n WHERE i < 5;
CREATE TABLE deals AS SELECT 'D' || i AS id, 'C' || (1 + i % 2) AS channel, date('2025-01-10', i || ' months') AS created,
  CASE WHEN i <= 10 THEN date('2025-03-01', i || ' months') END AS closed, '2026-03-20' AS closing, '2026-01-15' AS last_activity,
  CASE WHEN i > 10 THEN 'Proposal' WHEN i % 3 THEN 'Won' ELSE 'Lost' END AS stage, iif(i % 2, 'Base', 'Plus') AS product,
  10000 * i AS amount, 0.4 AS odds FROM n;
CREATE TABLE leads AS SELECT 'E' || i AS id, 'C' || (1 + i % 2) AS channel, date('2025-10-05', (i * 12) || ' days') AS created,
  iif(i % 2, 'Fair', 'Web') AS source, date('2025-12-10', (i * 6) || ' days') AS qualified,
  CASE WHEN i % 2 THEN date('2025-12-20', (i * 6) || ' days') END AS accepted, i % 3 = 0 AS customer, 60 AS industry_fit,
  70 AS size_fit, 80 AS region_fit FROM n;
CREATE TABLE trials AS SELECT 'F' || i AS id, date('2025-12-10', (i * 6) || ' days') AS ended, i % 3 = 0 AS paid FROM n;
CREATE TABLE usage AS SELECT 'A' || (1 + i % 12) AS account, date('2026-02-0' || (1 + i % 3), (i * 2) || ' days') AS day, 'u' || (i % 5) AS user,
  iif(i % 2, 'export', 'report') AS feature FROM n UNION ALL SELECT 'A1', '2026-03-01', 'u1', 'export';
CREATE TABLE logins AS SELECT date('2026-02-05', i || ' days') AS day FROM n;
CREATE TABLE surveys AS SELECT 'A' || i AS account, date('2026-01-05', (i * 4) || ' days') AS day,
  CASE WHEN i < 11 THEN 2 + i % 9 END AS mark FROM n;
CREATE TABLE quotes AS SELECT 'Q' || i AS id, date('2025-10-10', (i * 11) || ' days') AS issued,
  CASE WHEN i % 2 THEN date('2025-10-20', (i * 11) || ' days') END AS signed FROM n;
CREATE TABLE costs AS SELECT date('2026-01-10', (i * 4) || ' days') AS day, 1000 AS amount FROM n;
CREATE TABLE spend AS SELECT 'C' || (1 + i % 2) AS channel, date('2026-01-10', (i * 4) || ' days') AS day, 2000 AS amount FROM n;
CREATE TABLE month_closes AS SELECT date('2025-03-01', i || ' months', '-1 day') AS day, 10000 AS start_mrr, 800 AS new_mrr,
  300 AS expansion, 100 AS contraction, 200 AS churn, 11000 AS revenue, 3000 AS cogs FROM n;
