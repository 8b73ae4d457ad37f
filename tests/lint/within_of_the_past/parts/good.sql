update deals set expected_close = case when deal_id < 'DA-05' then '2026-02-15' else '2026-01-15' end;
