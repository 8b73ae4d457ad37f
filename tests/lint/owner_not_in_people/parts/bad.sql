update deals set owner_email = 'eve@acme.example' where deal_id = 'DA-03';
