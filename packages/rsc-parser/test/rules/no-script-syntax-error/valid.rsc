/system script
add name=check source=":if ([:len [/ip address find]] = 0) do={ :log warning empty }"
