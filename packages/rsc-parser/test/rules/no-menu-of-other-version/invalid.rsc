# jan/01/2022 00:00:00 by RouterOS 6.49.5
/routing bgp connection
add as=65000 local.role=ebgp name=up remote.address=192.0.2.9
