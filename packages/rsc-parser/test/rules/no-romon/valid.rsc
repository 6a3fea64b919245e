/tool romon
set enabled=yes
/tool romon port
add forbid=yes interface=ether1
