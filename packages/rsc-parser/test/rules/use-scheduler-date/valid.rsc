/system scheduler
add interval=1d name=backup on-event=backup start-date=2025-01-01 start-time=03:00:00
