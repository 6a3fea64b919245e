/user
add group=full name=admin
