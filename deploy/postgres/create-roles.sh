#!/bin/sh
# Run once by the Postgres image on an empty data folder: the three roles of docs/operate.md, and the database.
set -eu
read_secret() { tr -d '\n' < "/run/secrets/$1"; }

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=owner_password="$(read_secret database_owner_password)" \
  --set=app_password="$(read_secret database_app_password)" \
  --set=reader_password="$(read_secret database_reader_password)" <<'SQL'
CREATE ROLE countersign_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE countersign_app LOGIN PASSWORD :'app_password';
CREATE ROLE countersign_reader LOGIN PASSWORD :'reader_password';
CREATE DATABASE countersign OWNER countersign_owner;
REVOKE ALL ON DATABASE countersign FROM PUBLIC;
GRANT CONNECT ON DATABASE countersign TO countersign_app, countersign_reader;
SQL
