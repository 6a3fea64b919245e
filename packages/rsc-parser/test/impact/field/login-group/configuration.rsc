# 2025-01-02 00:00:00 by RouterOS 7.15
# model = RB5009
/user group
add name=noc policy=local,ssh,read,write,winbox,!telnet,!ftp,!reboot,!policy,!test,!password,!web,!sniff,!sensitive,!api,!romon,!rest-api
/ip address
add address=10.1.0.1/24 interface=ether1 network=10.1.0.0
/ip service
set telnet disabled=yes
