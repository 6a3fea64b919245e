# 2025-01-01 00:00:00 by RouterOS 7.15
/routing bgp connection
add as=65000 local.role=ebgp name=up remote.address=192.0.2.9
