delete from health_daily where strftime('%w', day) <> '1';
