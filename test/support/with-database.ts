import { openDatabase, type OpenDatabase } from './open-database.ts'

const OPEN_WITHIN_MS = 60_000

/** What `open` opens, for the tests of the describe it is called in, closed after the last; ask for it inside a test. */
export const withOpen = <D extends { readonly close: () => Promise<void> }>(open: () => Promise<D>): (() => D) => {
  let opened: D | undefined
  before(async function () {
    this.timeout(OPEN_WITHIN_MS)
    opened = await open()
  })
  after(() => opened?.close())
  return () => {
    if (opened === undefined) throw new Error('ask for it inside a test')
    return opened
  }
}

/** A migrated database of its own. */
export const withDatabase = (): (() => OpenDatabase) => withOpen(openDatabase)
