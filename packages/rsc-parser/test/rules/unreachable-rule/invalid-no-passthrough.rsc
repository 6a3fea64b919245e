/ip firewall mangle
add action=mark-packet chain=forward new-packet-mark=web passthrough=no protocol=tcp
add action=mark-packet chain=forward dst-port=443 new-packet-mark=tls passthrough=no protocol=tcp
