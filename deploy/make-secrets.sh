#!/bin/sh
# Makes the passwords compose.yaml hands out as files, in deploy/secrets or the folder given. Never replaces one.
set -eu
umask 077
folder=${1:-"$(dirname "$0")/secrets"}
mkdir -p "$folder"
chmod 700 "$folder"

# Containers read their files under other accounts; the folder is closed to everybody else on this machine.
keep() {
  [ -e "$folder/$1" ] || printf '%s\n' "$2" > "$folder/$1"
  chmod 644 "$folder/$1"
}
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
url() { printf 'postgresql://countersign_%s:%s@postgres:5432/countersign' "$1" "$(cat "$folder/database_$1_password")"; }

keep database_superuser_password "$(random)"
for role in owner app reader; do
  keep "database_${role}_password" "$(random)"
  keep "database_${role}_url" "$(url "$role")"
done
echo "Passwords and addresses are in $folder."
