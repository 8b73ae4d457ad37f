create table accounts as select * from read_csv('accounts.csv', header = true);
create table health_daily as select * from read_csv('health_daily.csv', header = true);
create table feature_usage as select * from read_csv('feature_usage.csv', header = true);
