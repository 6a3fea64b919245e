/tool mac-server
set allowed-interface-list=all
