/tool bandwidth-server
set enabled=no
