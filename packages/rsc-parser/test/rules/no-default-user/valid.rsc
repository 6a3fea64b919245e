/user
add group=full name=joe
add disabled=yes group=full name=admin
