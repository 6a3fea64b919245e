/ip pool
add name=lan ranges=192.0.2.10-192.0.2.20
:foreach item in=[ find ] do={ remove $item }
add name=lan ranges=192.0.2.30-192.0.2.40
