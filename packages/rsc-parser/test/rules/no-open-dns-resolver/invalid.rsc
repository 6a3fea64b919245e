/ip dns
set allow-remote-requests=yes servers=192.0.2.53
