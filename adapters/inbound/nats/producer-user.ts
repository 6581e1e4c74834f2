import { nkeys } from '@nats-io/nats-core'
import * as E from 'fp-ts/lib/Either.js'
import { parseCompanyId, type CompanyId } from '../../../domain/company.ts'
import { eventNames } from './subjects.ts'

/** Who publishes for a company. `login` is public: how nats-server recognises the producer, in the words of its configuration. */
export interface Producer { readonly companyId: CompanyId; readonly login: string }

const BCRYPT = /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/

const isPublicUserKey = (text: string): boolean => {
  try {
    nkeys.fromPublic(text)
    return text.startsWith('U')
  } catch {
    return false
  }
}

const loginOf = (companyId: CompanyId, credential: string | undefined): E.Either<string, string> => {
  if (credential === undefined) return E.right(`nkey: "<public nkey of the producer of ${companyId}>"`)
  if (isPublicUserKey(credential)) return E.right(`nkey: ${credential}`)
  if (BCRYPT.test(credential)) return E.right(`user: "${companyId}", password: "${credential}"`)
  return E.left(`after ${companyId}= a public nkey (U…) or a bcrypt hash is expected: a configuration holds no secret`)
}

/** `ACME`, or `ACME=` and a public nkey or a bcrypt hash; without one a placeholder that nats-server refuses to start with. */
export const parseProducer = (text: string): E.Either<string, Producer> => {
  const [name = '', ...rest] = text.split('=')
  const companyId = parseCompanyId(name)
  if (E.isLeft(companyId)) return E.left('a company id has 1 to 48 letters, digits, _ or -')
  const login = loginOf(companyId.right, rest.length === 0 ? undefined : rest.join('='))
  return E.isLeft(login) ? login : E.right({ companyId: companyId.right, login: login.right })
}

/**
 * The producer's entry in nats-server's `users` (ops/nats/nats-server.conf): its own subjects, one by one, and answers to its own
 * requests. Not `v1.*.*.<company>`: that lets `v1.dlq.x.<company>` into the stream of dead letters.
 */
export const producerUser = ({ companyId, login }: Producer): string => `{
  ${login}
  permissions: {
    publish: [
${eventNames.map((event) => `      "${event}.${companyId}"`).join('\n')}
    ]
    subscribe: ["_INBOX_${companyId}.>"]
  }
}
`
