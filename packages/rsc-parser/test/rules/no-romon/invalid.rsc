/tool romon
set enabled=yes
