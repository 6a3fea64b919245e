/interface wireless security-profiles
add name=guests
