/ip upnp
set enabled=no
