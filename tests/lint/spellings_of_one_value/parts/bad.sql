update accounts set industry = 'RETAIL' where account_id in ('A-02', 'A-04');
update accounts set industry = 'retail' where account_id = 'A-06';
