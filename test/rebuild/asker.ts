import { setTimeout as sleep } from 'node:timers/promises'
import type { CompanyId } from '../../domain/company.ts'
import { mintToken } from '../../adapters/inbound/graphql/token.ts'

/**
 * A process of its own, so that what keeps the test busy delays no question: asks the API again and again until SIGTERM, then prints
 * what it saw. Arguments: address, key of tokens, a company whose data stand still, one that events come in for, questions at a time.
 */
const [url = '', key = '', still = '', moving = '', atATime = '1'] = process.argv.slice(2)

/** What the asker saw; times are ms since 1970 and ms. */
export interface Seen {
  readonly samples: ReadonlyArray<readonly [at: number, ms: number]>
  /** Errors, and answers without data. */
  readonly failed: number
  /** Lists that had rows before and have none now. */
  readonly empty: number
  /** Answers of the company that stands still which are not what they were. */
  readonly differing: number
  /** Counts of the moving company that went down. */
  readonly backwards: number
  readonly examples: ReadonlyArray<string>
}

const EVERYTHING = `{ company { chatCount messageCount unreadCount }
  chats(first: 20) { edges { node { chatId displayName unreadCount lastActivityAt lastMessage { messageId text status } } } }
  contacts(first: 20) { edges { node { agentId phoneNumber customName tags origin } } }
  agents { agentId status } onboardings(first: 20) { edges { node { messageId phoneNumber } } } }`
const GROWING = '{ company { messageCount chatCount } chats(first: 20) { edges { node { chatId lastMessage { messageId } } } } }'

const AGE_SECONDS = 3_600
const PAUSE_MS = 2
const MOST_EXAMPLES = 5

const tokenOf = (company: string): Promise<string> => mintToken({ key, issuer: 'daisi', audience: 'daisi-wa-events', subject: 'asker',
  company: company as CompanyId, scope: 'read:chats read:messages read:contacts', expiresInSeconds: AGE_SECONDS })
const tokens = { still: await tokenOf(still), moving: await tokenOf(moving) }

const samples: [number, number][] = []
const examples: string[] = []
const counts = { failed: 0, empty: 0, differing: 0, backwards: 0 }
let stopping = false
process.once('SIGTERM', () => { stopping = true })
// a parent that dies lets go of it
process.stdin.resume().once('end', () => { process.exit(1) })

const note = (what: keyof typeof counts, example: string): void => {
  counts[what] += 1
  if (examples.length < MOST_EXAMPLES) examples.push(`${what}: ${example.slice(0, 500)}`)
}

interface Answer { readonly data?: Readonly<Record<string, unknown>> | null; readonly errors?: unknown }

const ask = async (token: string, query: string): Promise<string | undefined> => {
  const [at, began] = [Date.now(), performance.now()]
  const answered = await fetch(url, { method: 'POST', body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })
    .then(async (response) => response.text()).catch((cause: unknown) => `failed: ${String(cause)}`)
  samples.push([at, performance.now() - began])
  const answer = answered.startsWith('{') ? JSON.parse(answered) as Answer : {}
  if (answer.data === undefined || answer.data === null || answer.errors !== undefined) {
    note('failed', answered)
    return undefined
  }
  return JSON.stringify(answer.data)
}

/** What the still company was told first must be told always. */
const askStill = async (first: string): Promise<void> => {
  const told = await ask(tokens.still, EVERYTHING)
  if (told !== undefined && told !== first) note('differing', `${told} instead of ${first}`)
}

interface Growing {
  readonly company: { readonly messageCount: number; readonly chatCount: number }
  readonly chats: { readonly edges: ReadonlyArray<unknown> }
}

/** Questions asked one after the other may not see the past. */
const askMoving = async (before: Growing | undefined): Promise<Growing | undefined> => {
  const told = await ask(tokens.moving, GROWING)
  if (told === undefined) return before
  const now = JSON.parse(told) as Growing
  if (before !== undefined && before.chats.edges.length > 0 && now.chats.edges.length === 0) note('empty', told)
  if (before !== undefined && (now.company.messageCount < before.company.messageCount || now.company.chatCount < before.company.chatCount))
    note('backwards', `${told} after ${JSON.stringify(before.company)}`)
  return now
}

const loop = async (first: string): Promise<void> => {
  let before: Growing | undefined
  while (!stopping) {
    await askStill(first)
    before = await askMoving(before)
    await sleep(PAUSE_MS)
  }
}

const first = await ask(tokens.still, EVERYTHING) ?? ''
if (JSON.stringify(JSON.parse(first)).includes('"edges":[]')) note('empty', `at first: ${first}`)
await Promise.all(Array.from({ length: Number(atATime) }, () => loop(first)))
process.stdout.write(`${JSON.stringify({ samples, ...counts, examples } satisfies Seen)}\n`, () => { process.exit(0) })
