/snmp
set enabled=yes
/snmp community
add addresses=0.0.0.0/0 name=ops write-access=yes
