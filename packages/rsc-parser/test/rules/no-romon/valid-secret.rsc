/tool romon
set enabled=yes secrets=example
