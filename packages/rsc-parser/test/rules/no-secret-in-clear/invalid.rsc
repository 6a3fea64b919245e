/ppp secret
add name=joe password=Winter2025
