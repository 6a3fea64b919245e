/system scheduler
add interval=1d name=backup on-event=backup start-time=startup
