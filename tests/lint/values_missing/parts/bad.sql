delete from health_daily where account_id > 'A-10';
