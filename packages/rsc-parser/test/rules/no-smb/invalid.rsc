/ip smb
set enabled=yes
