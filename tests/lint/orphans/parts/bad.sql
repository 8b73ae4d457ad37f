delete from accounts where account_id = 'A-07';
