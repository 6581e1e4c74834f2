import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import type { FoundFailedEvent } from '../../../application/ports/failed-event-finder.ts'
import type { Page, PageRequest, Place } from '../../../application/ports/finder-page.ts'
import type { FoundMessage } from '../../../application/ports/message-finder.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import type { FoundReplayItem, FoundReplayJob } from '../../../application/ports/replay-job-finder.ts'

/** A page with its cursors (https://relay.dev/graphql/connections.htm). */
export interface Connection<Row> {
  readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: Row }>
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  /** Counted only when asked for; null where that is not cheap. */
  readonly total: () => Promise<number | null>
}
export type ChatPage = Connection<FoundChat>
export type MessagePage = Connection<FoundMessage>
export type ContactPage = Connection<FoundContact>
export type OnboardingPage = Connection<FoundOnboarding>
export type FailedEventPage = Connection<FoundFailedEvent>
export type ReplayJobPage = Connection<FoundReplayJob>
export type ReplayItemPage = Connection<FoundReplayItem>

interface Listing<Row> {
  readonly placeOf: (row: Row) => Place
  readonly cursorOf: (place: Place) => string
  /** Left out where no total is shown. */
  readonly total?: () => Promise<number | null>
}

/** One shape for all, and nothing made for a cursor that nobody asks for. */
class Edge<Row> {
  readonly node: Row
  readonly #signed: (row: Row) => string

  constructor(node: Row, signed: (row: Row) => string) {
    this.node = node
    this.#signed = signed
  }

  get cursor(): string {
    return this.#signed(this.node)
  }
}

const uncounted = (): Promise<null> => Promise.resolve(null)

/**
 * Cursors are signed only where they are asked for. Against the direction of paging the list goes on exactly when a cursor stands there
 * (Relay, section 4.4).
 */
export const toConnection = <Row>(
  { rows, more }: Page<Row>, { from, after, before }: PageRequest, listing: Listing<Row>,
): Connection<Row> => {
  const signed = (row: Row): string => listing.cursorOf(listing.placeOf(row))
  const cursorOf = (row: Row | undefined): string | null => (row === undefined ? null : signed(row))
  return {
    edges: rows.map((node) => new Edge(node, signed)), total: listing.total ?? uncounted,
    pageInfo: {
      hasNextPage: from === 'start' ? more : before !== undefined,
      hasPreviousPage: from === 'end' ? more : after !== undefined,
      get startCursor() { return cursorOf(rows[0]) }, get endCursor() { return cursorOf(rows.at(-1)) },
    },
  }
}
