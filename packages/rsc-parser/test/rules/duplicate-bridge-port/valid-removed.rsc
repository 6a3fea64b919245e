/interface bridge port
add bridge=old interface=ether3
remove [ find interface=ether3 ]
add bridge=new interface=ether3
