create table accounts (id text primary key, name text, arr real, plan text, renewal text, health real, csm text);

-- ten thousand rows for twelve people
with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
insert into accounts
select 'A-' || i,
       case i % 7
         when 0 then '<script>window.attacked = ' || i || '</script>'
         when 1 then '" onload="window.attacked=1" x="' || i
         when 2 then char(0x202e) || 'txt.exe ' || i || char(0x2066)
         when 3 then 'A name that has no blank anywhere and goes on: ' || replace(hex(zeroblob(60)), '0', 'W') || i
         when 4 then 'ends' || char(10) || 'in lines' || char(9) || char(7) || i
         when 5 then '</svg></style><iframe src=//example.org></iframe>' || i
         else 'Plain & honest, "quoted" ''company'' ' || i
       end,
       1000 + i,
       case i % 5 when 0 then '<i>Basic</i>' when 1 then '"Pro"' when 2 then '&amp;' when 3 then 'Enterprise' else null end,
       date('2026-03-01', '+' || (i % 300) || ' days'),
       case when i % 50 = 0 then null else i % 60 end,
       '<' || char(97 + i % 12) || '>@acme.example'
from n;
