-- The tables of the starter dataset. Dates are ISO texts, amounts are EUR with decimals, an empty cell is NULL.
-- People and customers

CREATE TABLE people (
  email TEXT PRIMARY KEY, name TEXT, role TEXT, region TEXT, manager_email TEXT);

CREATE TABLE accounts (
  account_id TEXT PRIMARY KEY, account_name TEXT, industry TEXT, region TEXT, plan_tier TEXT, employees INTEGER,
  csm_email TEXT, ae_email TEXT, signup_date TEXT, renewal_date TEXT, parent_account_id TEXT);

CREATE TABLE contacts (
  contact_id TEXT PRIMARY KEY, account_id TEXT, name TEXT, email TEXT, job_title TEXT, is_champion INTEGER);

-- What they pay: end_date is the first day without the subscription

CREATE TABLE subscriptions (
  subscription_id TEXT PRIMARY KEY, account_id TEXT, plan_tier TEXT, start_date TEXT, end_date TEXT,
  mrr_amount REAL, is_trial INTEGER);

CREATE TABLE contracts (
  contract_id TEXT PRIMARY KEY, account_id TEXT, signed_on TEXT, start_date TEXT, end_date TEXT,
  notice_days INTEGER, auto_renew INTEGER, total_amount REAL);

CREATE TABLE invoices (
  invoice_id TEXT PRIMARY KEY, account_id TEXT, issued_on TEXT, due_on TEXT, paid_on TEXT, amount REAL);

-- What they do and say

CREATE TABLE feature_usage (
  usage_date TEXT, subscription_id TEXT, feature_name TEXT, usage_count INTEGER);

CREATE TABLE health_daily (
  account_id TEXT, day TEXT, score INTEGER);

CREATE TABLE tickets (
  ticket_id TEXT PRIMARY KEY, account_id TEXT, opened_on TEXT, closed_on TEXT, priority TEXT, csat INTEGER);

CREATE TABLE nps_answers (
  answer_id TEXT PRIMARY KEY, account_id TEXT, answered_on TEXT, score INTEGER);

-- Sales and marketing

CREATE TABLE deals (
  deal_id TEXT PRIMARY KEY, deal_name TEXT, account_id TEXT, deal_type TEXT, stage TEXT, amount REAL,
  created_on TEXT, expected_close TEXT, closed_on TEXT, last_activity TEXT, owner_email TEXT);

CREATE TABLE deal_stages (
  deal_id TEXT, day TEXT, stage TEXT);

CREATE TABLE quotes (
  quote_id TEXT PRIMARY KEY, deal_id TEXT, sent_on TEXT, valid_until TEXT, amount REAL, discount_percent INTEGER,
  status TEXT);

CREATE TABLE leads (
  lead_id TEXT PRIMARY KEY, company TEXT, source TEXT, created_on TEXT, mql_date TEXT, sql_date TEXT, score INTEGER,
  cost REAL, owner_email TEXT);

CREATE TABLE marketing_spend (
  month TEXT, channel TEXT, amount REAL);

-- The calendar

CREATE TABLE holidays (
  day TEXT PRIMARY KEY, name TEXT);
