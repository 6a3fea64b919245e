/system script
add name=mail source=":local password [/file get secret.txt contents]\r\n/tool e-mail send to=ann@example.com user=ann password=\$password"
