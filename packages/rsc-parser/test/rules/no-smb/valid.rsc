/ip smb
set enabled=no
