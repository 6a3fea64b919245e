/system script
add name=mail source="/tool e-mail send to=ann@example.com user=ann password=\"example\"\r\n:local token example"
/tool netwatch
add host=192.0.2.1 down-script="/tool fetch url=\"https://ann:example@192.0.2.9/\""
