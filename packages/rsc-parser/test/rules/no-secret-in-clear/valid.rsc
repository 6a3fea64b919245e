/ppp secret
add name=joe
