/tool bandwidth-server
set authenticate=no
