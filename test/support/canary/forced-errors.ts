import { Client } from 'pg'

/** What PostgreSQL is made to answer to one text, with the text in message, detail, hint and context of the error. */
const TRIGGERS = [
  `create function public.complain() returns trigger language plpgsql as $$
    begin
      if new.message_text like '%provoke-' || tg_argv[0] || '%' then
        raise exception 'cannot take %', new.message_text using errcode = tg_argv[0], detail = new.message_text, hint = new.from_phone;
      end if;
      return new;
    end $$`,
  'grant usage on schema public to daisi_writer, daisi_projector',
]
const onMessages = (state: string): string => `create trigger complain_${state.toLowerCase()} before insert or update on daisi.messages
  for each row execute function public.complain('${state}')`

/** A value that the table refuses, data that cannot be, a deadlock, and what nobody expected. */
export const PROVOKED = ['23514', '22008', '40P01', 'XX000'] as const

/** Errors of the projector last until they are taken away: a fact that cannot be projected stops its projection. */
export const forceErrors = async (url: string) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  for (const statement of [...TRIGGERS, ...PROVOKED.map(onMessages)]) await client.query(statement)
  await client.query(`create trigger complain before insert or update on read.message_timeline for each row execute function public.complain('P0001')`)
  return {
    letDeadlocksPass: () => client.query('drop trigger complain_40p01 on daisi.messages'),
    letProjectorPass: () => client.query('drop trigger complain on read.message_timeline'),
    close: () => client.end(),
  }
}
