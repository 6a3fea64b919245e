/system scheduler
add interval=1d name=backup on-event=backup policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon
