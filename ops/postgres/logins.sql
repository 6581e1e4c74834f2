-- Roles and logins of the service in PostgreSQL. Once per cluster, before the first `daisi migrate`, in the service's database, as a
-- superuser: psql -d daisi -f logins.sql. The passwords are given apart: `\password daisi_ingest` and so on.
--
-- No login may do anything by itself: it becomes one of the roles for each transaction (inherit false, set true), and row-level
-- security binds all of them. Only daisi_migrate may become the owner of the tables; it needs no right to create roles.

create role daisi_owner nologin;
create role daisi_writer nologin;
create role daisi_projector nologin;
create role daisi_reader nologin;
create role daisi_ops nologin;

create role daisi_migrate login;
create role daisi_ingest login;
create role daisi_project login;
create role daisi_serve login;
-- People and scripts that run `daisi doctor`, `daisi dlq`, `daisi company`.
create role daisi_operate login;

grant daisi_owner, daisi_writer, daisi_projector, daisi_reader, daisi_ops to daisi_migrate with inherit false, set true;
grant daisi_writer, daisi_projector to daisi_ingest with inherit false, set true;
grant daisi_projector to daisi_project with inherit false, set true;
grant daisi_reader, daisi_projector, daisi_ops to daisi_serve with inherit false, set true;
-- The doctor looks at what each of the processes sees.
grant daisi_writer, daisi_projector, daisi_reader, daisi_ops to daisi_operate with inherit false, set true;

alter database :"DBNAME" owner to daisi_migrate;
