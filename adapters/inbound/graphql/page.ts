import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import type { Page, PageRequest, Place } from '../../../application/ports/finder-page.ts'
import type { FoundMessage } from '../../../application/ports/message-finder.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import type { CursorBox } from './cursor.ts'
import { refusal } from './errors.ts'

const DEFAULT_SIZE = 20
const MOST = 100

export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** A list with its order: cursors are good for it alone. */
export interface Listing<Row> { readonly scope: string; readonly placeOf: (row: Row) => Place }

const sizeOf = (first: number | null | undefined, last: number | null | undefined): number => {
  if (typeof first === 'number' && typeof last === 'number') throw refusal('BAD_USER_INPUT', 'Give first or last, not both.')
  const size = first ?? last ?? DEFAULT_SIZE
  if (size < 1 || size > MOST) throw refusal('BAD_USER_INPUT', `first and last go from 1 to ${MOST}.`)
  return size
}

/** Relay's arguments as a page; neither or null means the first 20 (design 10, Q10). */
export const pageOf = ({ first, after, last, before }: PageArguments, scope: string, cursors: CursorBox): PageRequest => ({
  size: sizeOf(first, last), from: typeof last === 'number' ? 'end' : 'start',
  ...(typeof after === 'string' ? { after: cursors.open(scope, after) } : {}),
  ...(typeof before === 'string' ? { before: cursors.open(scope, before) } : {}),
})

/** A Relay connection; `filtered`: counting it would not be cheap. */
export interface Connection<Row> {
  readonly edges: ReadonlyArray<{ readonly node: Row; readonly cursor: string }>
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null }
  readonly filtered: boolean
}
export type ChatConnectionView = Connection<FoundChat>
export type MessageConnectionView = Connection<FoundMessage>
export type ContactConnectionView = Connection<FoundContact>
export type OnboardingConnectionView = Connection<FoundOnboarding>

export interface Paged<Row> { readonly listing: Listing<Row>; readonly page: PageRequest; readonly filtered: boolean; readonly cursors: CursorBox }

export const connectionOf = <Row>({ rows, more }: Page<Row>, { listing, page, filtered, cursors }: Paged<Row>): Connection<Row> => {
  const edges = rows.map((node) => ({ node, cursor: cursors.seal(listing.scope, listing.placeOf(node)) }))
  return {
    edges, filtered,
    pageInfo: {
      hasNextPage: page.from === 'end' ? page.before !== undefined : more, hasPreviousPage: page.from === 'end' ? more : page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
