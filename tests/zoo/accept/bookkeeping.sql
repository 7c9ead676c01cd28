-- Tables of migration tools are left alone.
-- rows: alembic_version=0, schema_migrations=0
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
CREATE TABLE schema_migrations (version varchar PRIMARY KEY);
CREATE TABLE things (id serial PRIMARY KEY);
