/ip neighbor discovery-settings
set discover-interface-list=LAN
