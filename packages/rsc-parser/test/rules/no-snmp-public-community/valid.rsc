/snmp community
set [ find default=yes ] addresses=192.0.2.9/32 name=mon
/snmp
set enabled=yes
