insert into accounts select * from accounts where account_id = 'A-07';
