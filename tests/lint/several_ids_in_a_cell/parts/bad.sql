update deals set account_id = 'A-03;A-04' where account_id = 'A-03';
