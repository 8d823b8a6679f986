#!/usr/bin/env bash
# Serves Pythia on one machine: web server and job worker, stopped together.
set -euo pipefail
cd "$(dirname "$0")/.."
PORT="${PORT:-8000}"
export PYTHIA_BASE_URL="${PYTHIA_BASE_URL:-http://127.0.0.1:$PORT}"

.venv/bin/flask --app wsgi worker &
worker=$!
.venv/bin/gunicorn --config deploy/gunicorn.conf.py --bind "127.0.0.1:$PORT" --workers 1 --threads 8 --access-logfile /dev/null \
  "wsgi:create_app()" &
web=$!
trap 'kill $web $worker 2>/dev/null || true; wait' EXIT INT TERM
for _ in $(seq 100); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then break; fi
  sleep 0.2
done
.venv/bin/flask --app wsgi demonstration links
wait -n
