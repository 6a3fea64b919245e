/ip service
set ftp disabled=yes
set www disabled=yes
set api disabled=yes
