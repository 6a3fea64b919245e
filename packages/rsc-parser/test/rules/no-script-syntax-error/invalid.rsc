/system script
add name=check source=":if ([:len [/ip address find]] = 0) do={ :log warning empty"
/system scheduler
add interval=1d name=nightly on-event=":log info done }"
