create table holidays as select '2026-05-01' as day;
