import { randomUUID } from 'node:crypto'
import { Client } from 'pg'

export interface FreshDatabase {
  readonly url: string
  /** Ends whatever is still connected to it. */
  readonly drop: () => Promise<void>
}

/** The server of `TEST_DATABASE_URL`; a missing one fails the tests, it never skips them. */
const serverUrl = (): string => {
  const url = process.env['TEST_DATABASE_URL']
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set: the tests start one in test/support, or name your own')
  return url
}

/** One statement that cannot run inside a transaction. */
const onServer = async (statement: string): Promise<void> => {
  const client = new Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** An empty database of its own for each test file, so that files can run side by side. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const name = `daisi_test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name}`)
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) }
}
