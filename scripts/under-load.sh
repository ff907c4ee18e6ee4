#!/usr/bin/env bash
# Runs a command while this machine is as busy as a bad day makes it: `npm run under-load -- [command]`.
# RELAY_LOAD processes keep the processors busy meanwhile [25]; they end with the command. Without one: every test.
set -uo pipefail
cd "$(dirname "$0")/.."
busy=()
for _ in $(seq "${RELAY_LOAD:-25}"); do
  node -e 'for (;;);' &
  busy+=("$!")
done
trap 'kill "${busy[@]}" 2>/dev/null' EXIT
if [ "$#" -gt 0 ]; then "$@"; else npm run test:all; fi
