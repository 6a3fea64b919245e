#!/bin/sh
# OpenSSH against a router: ssh exec, ssh interactive, sftp, scp (both protocols), public key.
# Needs SIM_HOST, SIM_PORT, SIM_USER, SIM_PASSWORD; run.mjs sets them.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '#!/bin/sh\necho "$SIM_PASSWORD"\n' >"$work/askpass"
chmod 700 "$work/askpass"
export SSH_ASKPASS="$work/askpass" SSH_ASKPASS_REQUIRE=force
options="-o StrictHostKeyChecking=no -o UserKnownHostsFile=$work/known_hosts -o LogLevel=ERROR"
target="$SIM_USER@$SIM_HOST"

check() { # name, text, pattern
  if printf '%s' "$2" | grep -q -- "$3"; then echo "ok: $1"; else
    echo "FAILED: $1"
    printf '%s\n' "$2"
    exit 1
  fi
}

echo "-- ssh exec: /export"
# shellcheck disable=SC2086
export_text=$(ssh $options -p "$SIM_PORT" "$target" '/export' | tr -d '\r')
printf '%s\n' "$export_text"
check 'export has the firewall rule' "$export_text" 'in-interface-list=WAN'

echo "-- ssh exec: an error still has status 0"
# shellcheck disable=SC2086
error_text=$(ssh $options -p "$SIM_PORT" "$target" 'foo' | tr -d '\r')
printf '%s\n' "$error_text"
check 'bad command name' "$error_text" 'bad command name foo (line 1 column 1)'

echo "-- ssh interactive (terminal forced, commands from a pipe)"
# shellcheck disable=SC2086
screen=$(printf '/system identity print\r/quit\r' | ssh $options -tt -p "$SIM_PORT" "$SIM_USER+cte120w@$SIM_HOST" | tr -d '\r')
printf '%s\n' "$screen"
check 'identity on the console' "$screen" 'name: office-1'

echo "-- scp to the router, import, scp back (SFTP protocol, then the old one)"
printf '/ip firewall address-list\nadd address=198.51.100.7 list=interop\n' >"$work/list.rsc"
# shellcheck disable=SC2086
scp -s $options -P "$SIM_PORT" "$work/list.rsc" "$target:list.rsc"
# shellcheck disable=SC2086
imported=$(ssh $options -p "$SIM_PORT" "$target" '/import file-name=list.rsc; :put [:len [/ip firewall address-list find list=interop]]' | tr -d '\r')
printf '%s\n' "$imported"
check 'import succeeded' "$imported" 'Script file loaded and executed successfully'
# shellcheck disable=SC2086
scp -O $options -P "$SIM_PORT" "$work/list.rsc" "$target:old.rsc"
# shellcheck disable=SC2086
scp -O $options -P "$SIM_PORT" "$target:old.rsc" "$work/back.rsc"
cmp "$work/list.rsc" "$work/back.rsc"
echo "ok: scp round trip"

echo "-- sftp: put, ls, get, mkdir, rm"
cat >"$work/batch" <<BATCH
put $work/list.rsc sftp.rsc
mkdir kept
ls -l
get sftp.rsc $work/sftp-back.rsc
rm sftp.rsc
rmdir kept
ls
BATCH
# BatchMode would forbid the password; -b alone sets it, so it is switched off again.
# shellcheck disable=SC2086
sftp $options -o BatchMode=no -b "$work/batch" -P "$SIM_PORT" "$target"
cmp "$work/list.rsc" "$work/sftp-back.rsc"
echo "ok: sftp round trip"

echo "-- binary backup over exec and sftp"
# shellcheck disable=SC2086
saved=$(ssh $options -p "$SIM_PORT" "$target" '/system backup save name=interop dont-encrypt=yes' | tr -d '\r')
check 'backup saved' "$saved" 'Configuration backup saved'
# shellcheck disable=SC2086
scp -s $options -P "$SIM_PORT" "$target:interop.backup" "$work/interop.backup"
magic=$(od -An -tx1 -N4 "$work/interop.backup" | tr -d ' ')
check 'backup magic' "$magic" '88aca1b1'

echo "-- public key"
ssh-keygen -q -t ed25519 -N '' -C interop -f "$work/key"
# shellcheck disable=SC2086
scp -s $options -P "$SIM_PORT" "$work/key.pub" "$target:key.pub"
# shellcheck disable=SC2086
ssh $options -p "$SIM_PORT" "$target" "/user ssh-keys import user=$SIM_USER public-key-file=key.pub"
# shellcheck disable=SC2086
by_key=$(ssh $options -o PasswordAuthentication=no -o IdentitiesOnly=yes -i "$work/key" -p "$SIM_PORT" "$target" ':put "by key"' | tr -d '\r')
check 'login by key' "$by_key" 'by key'
# shellcheck disable=SC2086
if ssh $options -o PubkeyAuthentication=no -o NumberOfPasswordPrompts=1 -p "$SIM_PORT" "$target" ':put x' 2>/dev/null; then
  echo 'FAILED: a password is still accepted beside a key'
  exit 1
fi
echo "ok: with a key, the password is refused"
