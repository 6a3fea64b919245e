/routing bgp connection
add local.role=ebgp name=transit remote.address=192.0.2.1
