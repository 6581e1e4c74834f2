import { Client, type QueryResultRow } from 'pg'

export interface Session {
  readonly rows: <Row extends QueryResultRow>(statement: string, values?: ReadonlyArray<unknown>) => Promise<ReadonlyArray<Row>>
  readonly close: () => Promise<void>
}

/** A connection of the server's owner, to look at what is measured from outside. */
export const openSession = async (connectionString: string): Promise<Session> => {
  const client = new Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  return {
    rows: async <Row extends QueryResultRow>(statement: string, values: ReadonlyArray<unknown> = []) =>
      (await client.query<Row>(statement, [...values])).rows,
    close: () => client.end(),
  }
}

/** The rows of one statement. */
export const queried = async <Row extends QueryResultRow>(connectionString: string, statement: string): Promise<ReadonlyArray<Row>> => {
  const session = await openSession(connectionString)
  try {
    return await session.rows<Row>(statement)
  } finally {
    await session.close()
  }
}
