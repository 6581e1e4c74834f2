import * as E from 'fp-ts/lib/Either.js'
import { postgresCompanies } from '../../outbound/postgres/companies.ts'
import { openOrm } from '../../outbound/postgres/orm.ts'
import type { Settings } from '../settings.ts'
import { noAddress } from './fault.ts'
import { once, type Opened } from './once.ts'

const CONNECTIONS = 3
const QUERY_WITHIN_MS = 8_000

const open = async (url: string | undefined, opened: Opened) => {
  if (url === undefined) throw noAddress()
  const orm = await openOrm({ url, poolSize: CONNECTIONS, name: 'daisi-doctor', queryTimeoutMs: QUERY_WITHIN_MS })
  opened(() => orm.close())
  return orm
}

/** The databases, each opened once; the read models' own one only where there is one. */
export const postgresSources = ({ databaseUrl, readDatabaseUrl }: Settings, opened: Opened) => {
  const orm = once(() => open(databaseUrl, opened))
  const readOrm = readDatabaseUrl === undefined || readDatabaseUrl === databaseUrl ? orm : once(() => open(readDatabaseUrl, opened))
  return {
    orm, readOrm,
    /** Companies that are not pulled on purpose; none where PostgreSQL cannot tell. */
    suspended: once(async (): Promise<ReadonlySet<string>> => {
      const found = await orm().then((opened) => postgresCompanies(opened).all()(), () => undefined)
      const all = found !== undefined && E.isRight(found) ? found.right : []
      return new Set(all.flatMap(({ companyId, status }) => (status === 'suspended' ? [companyId] : [])))
    }),
  }
}

export type PostgresSources = ReturnType<typeof postgresSources>
