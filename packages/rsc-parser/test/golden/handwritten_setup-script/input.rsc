#!rsc by RouterOS
# Sets the office up; run it on an empty device.

:local bridgeName "bridge-office"
:global done false

:if ([:len [/interface/bridge/find where name=$bridgeName]] = 0) do={
  /interface/bridge/add name=$bridgeName comment="made by script"; # twice is no harm
} else={ :log info ("have " . $bridgeName) }

:foreach port in={"ether2"; "ether3"} do={
  /interface bridge port
  add bridge=$bridgeName interface=$port
}
/ip address add address=192.168.10.1/24 interface=$bridgeName
/ip fi fil
add chain=input action=accept protocol=icmp \
    comment="ping \"from everywhere\"" \
    place-before=0
remove [find comment~"^old"]
.. nat
:do { /ip service disable telnet,ftp } on-error={ :put "failed: $[/system/identity get name]" }
$report "done" level=(1 + 2)
