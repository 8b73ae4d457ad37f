update accounts set csm_email = 'Ana Moreau' where csm_email = 'ana@acme.example';
