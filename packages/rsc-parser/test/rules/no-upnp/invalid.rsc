/ip upnp
set enabled=yes
