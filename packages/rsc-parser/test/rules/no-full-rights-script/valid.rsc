/system scheduler
add interval=1d name=backup on-event=backup policy=read,write,test
