/ip service
set ssh port=2222
