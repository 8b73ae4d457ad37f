create table accounts (id text primary key, name text);
insert into accounts values ('A-1', 'The only one');
