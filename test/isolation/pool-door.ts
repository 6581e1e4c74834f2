import type { CompanyId } from '../../domain/company.ts'
import type { ApiServer } from '../adapters/graphql/open-api-server.ts'
import { ask } from '../adapters/graphql/bad-requests/row.ts'
import { aToken } from '../support/a-token.ts'
import { rawConnection } from '../support/raw-http.ts'
import type { Tally } from './attempts.ts'
import type { Planted } from './canaries.ts'

const QUERY = '{ company { companyId chatCount } chats { edges { node { chatId jid displayName } } } }'
const ROUNDS = 500
/** Every so many, a client that goes away in the middle. */
const GONE_EVERY = 10
const AT_A_TIME = 20

const tokenOf = ({ company }: Planted): Promise<string> => aToken({ company: company as CompanyId })

/** Companies take turns on one single connection to PostgreSQL, some of their clients going away in the middle (reliability G15). */
export const tryPool = async (server: ApiServer, [a, b]: readonly [Planted, Planted], { count }: Tally): Promise<void> => {
  const tokens = [await tokenOf(a), await tokenOf(b)]
  const one = async (i: number): Promise<void> => {
    const [own, other] = i % 2 === 0 ? [a, b] : [b, a]
    const authorization = `Bearer ${tokens[i % 2] ?? ''}`
    if (i % GONE_EVERY === 0) {
      const { socket } = rawConnection(server.port,
        `GET /graphql?query=${encodeURIComponent(QUERY)} HTTP/1.1\r\nhost: api\r\nauthorization: ${authorization}\r\n\r\n`)
      setTimeout(() => { socket.destroy() }, i % 7)
      return
    }
    const { text, status } = await ask(QUERY, {}, {}, { headers: { authorization } })(server)
    const wrong = text.includes(other.mark) || text.includes(String(other.number)) ? 'saw the other' : undefined
    count('pool', QUERY, wrong ?? (status === 200 && text.includes('errors') || text.includes(own.mark) ? undefined : `answered ${status}`))
  }
  for (let from = 0; from < 2 * ROUNDS; from += AT_A_TIME)
    await Promise.all(Array.from({ length: AT_A_TIME }, (_, i) => one(from + i)))
}
