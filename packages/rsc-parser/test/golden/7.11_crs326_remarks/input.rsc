[admin@switch] > /export
# 2023-08-20 10:00:00 by RouterOS 7.11
# software id = ZZZZ-0002
#
# model = CRS326-24G-2S+
# serial number = 000000000002
/interface ethernet
# poe-out status: short_circuit
set [ find default-name=ether1 ] comment="uplink \C4\81"
# Interface not running
set [ find default-name=ether2 ] disabled=yes
#error exporting /interface/bridge/calea
#error exporting "/system/routerboard/mode-button" (timeout)
/tool netwatch
# inactive time
add host=192.0.2.9 on-down="" on-up=":log info up"
#interrupted
