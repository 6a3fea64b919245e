# set up
:global config {"wan"="ether1"; "lan"={"ether2";"ether3"}; 10; true}
:local greet do={ :local name $1; :return "hello $name, $[:len $name]" }
:put [$greet "bob"]
:global add2 do={:return ($a + $b)}
:put [$add2 a=1 b=(2*3)]
:foreach k,v in=$config do={ :put "$k => $[:tostr $v]" }
:for i from=1 to=10 step=2 do={ /interface/vlan/add name=("vlan" . $i) vlan-id=$i interface=bridge comment="n$i" }
:while ($x < 5) do={ :set x ($x + 1); :if ($x = 3) do={ :error "three" } }
:do { :do { /tool fetch url="https://example.net/a?b=$c&d=$[/system identity get name]" output=user } on-error={ :log warning "x" } } while=($y != "done")
:onerror err in={ :resolve example.net } do={ :put "error $err"; }
:local j [:serialize to=json value={"a"=1;"b"={1;2;3}}]
:local parsed [:deserialize from=json value="{\"a\":1}"]
:put ($parsed->"a")
:put ($parsed->"a"->0)
:set ($config->"wan") "ether9"
:local arr [:toarray "a,b,c"]; :put [:pick $arr 0]; :put ($arr,{"d"})
:if (!($a = $b) && ($c != 1 || $d ~ "^x.*\$")) do={ :put yes } else={ :put no }
:local f [:parse ":put \"hi \$1\""]; $f 1
:put (192.0.2.0/24 in 192.0.2.0/16)
:put ("a" . "b" . [:tostr 1])
:put [/ip route get [find dst-address="0.0.0.0/0"] gateway]
/ip firewall filter add chain=input action=accept src-address-list=mgmt place-before=[find where comment="x" and chain=input]
/ip address set [find where interface=ether1 && !disabled] disabled=yes
/interface ethernet
:foreach e in=[find] do={ set $e comment=[get $e default-name] }
print where name~"ether" and running=yes
/system script add name=s1 source={ :log info "in braces"; :if (1=1) do={ :put "}" } }
/system script run s1
:local "my var" 5; :put $"my var"
:put (1 < 2); :put (5 % 3); :put (1 << 4); :put ~5; :put (-$x)
:put [:convert from=base64 to=hex "YQ=="]
:global a; :global b ; :set a [ :rndnum from=1 to=9 ] ;
/ip dns static { add name=a.lan address=192.0.2.1; add name=b.lan address=192.0.2.2
  add name=c.lan \
     address=192.0.2.3 }
/ip/firewall/address-list/add list=x address=192.0.2.9 timeout=1d ; /ip/firewall/address-list add list=x address=192.0.2.10
:grep "x" in=y
:put "\E2\82\AC \5F \? \_ \a"
:exit
