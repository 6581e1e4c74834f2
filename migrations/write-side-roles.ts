/** Roles of the runtime and the owner of all objects (design 6). None can log in: a login becomes one of them per transaction. */
const ROLES = ['daisi_owner', 'daisi_writer', 'daisi_projector', 'daisi_reader', 'daisi_ops']

const MOST_TRIES = 50

/**
 * Roles belong to the cluster: another database may have made them, or be making them right now, and neither an advisory
 * lock nor `if not exists` reaches across. So each is tried until it is there. `inherit false`: a login that forgets to
 * become a role can do nothing.
 */
export const CREATE_ROLES = `
do $$
declare wanted text;
begin
  foreach wanted in array array[${ROLES.map((role) => `'${role}'`).join(', ')}] loop
    for attempt in 1..${MOST_TRIES} loop
      begin
        if not exists (select from pg_roles where rolname = wanted) then
          execute format('create role %I nologin nosuperuser nobypassrls', wanted);
        end if;
        if not exists (select from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
                       where r.rolname = wanted and u.rolname = session_user and m.set_option) then
          execute format('grant %I to %I with inherit false, set true', wanted, session_user);
        end if;
        exit;
      exception when duplicate_object or unique_violation or internal_error then
        if attempt = ${MOST_TRIES} then raise; end if;
        perform pg_sleep(0.1);
      end;
    end loop;
  end loop;
end $$`

/** The owner makes the schemas itself, so that every object in them is its own. */
export const LET_OWNER_CREATE =
  `do $$ begin execute format('grant create on database %I to daisi_owner', current_database()); end $$`
