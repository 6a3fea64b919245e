# 2025-01-01 00:00:00 by RouterOS 6.49
/ip address
add address=192.0.2.1/24 interface=ether1
