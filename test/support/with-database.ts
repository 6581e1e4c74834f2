import { openDatabase, type OpenDatabase } from './open-database.ts'

const OPEN_WITHIN_MS = 60_000

/** A migrated database for the tests of the describe it is called in, dropped after the last; ask for it inside a test. */
export const withDatabase = (): (() => OpenDatabase) => {
  let opened: OpenDatabase | undefined
  before(async function () {
    this.timeout(OPEN_WITHIN_MS)
    opened = await openDatabase()
  })
  after(() => opened?.close())
  return () => {
    if (opened === undefined) throw new Error('ask for the database inside a test')
    return opened
  }
}
