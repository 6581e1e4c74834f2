import type { FoundFailedEvent } from '../../../application/ports/failed-event-finder.ts'
import type { Page, PageRequest, Place } from '../../../application/ports/finder-page.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import type { FoundReplayItem, FoundReplayJob } from '../../../application/ports/replay-job-finder.ts'
import type { ChatView, ContactView, MessageView } from './views.ts'

/** A page with its cursors (https://relay.dev/graphql/connections.htm). */
export interface Connection<View> {
  readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: View }>
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  /** Counted only when asked for; null where that is not cheap. */
  readonly total: () => Promise<number | null>
}
export type ChatPage = Connection<ChatView>
export type MessagePage = Connection<MessageView>
export type ContactPage = Connection<ContactView>
export type OnboardingPage = Connection<FoundOnboarding>
export type FailedEventPage = Connection<FoundFailedEvent>
export type ReplayJobPage = Connection<FoundReplayJob>
export type ReplayItemPage = Connection<FoundReplayItem>

interface Listing<Row, View> {
  /** What a row shows. */
  readonly viewOf: (row: Row) => View
  readonly placeOf: (row: Row) => Place
  readonly cursorOf: (place: Place) => string
  /** Left out where no total is shown. */
  readonly total?: () => Promise<number | null>
}

/** One shape for all, and nothing made for a cursor that nobody asks for. */
class Edge<Row, View> {
  readonly node: View
  readonly #row: Row
  readonly #listing: Listing<Row, View>

  constructor(row: Row, listing: Listing<Row, View>) {
    this.node = listing.viewOf(row)
    this.#row = row
    this.#listing = listing
  }

  get cursor(): string {
    return this.#listing.cursorOf(this.#listing.placeOf(this.#row))
  }
}

const uncounted = (): Promise<null> => Promise.resolve(null)

/**
 * Cursors are signed only where they are asked for. Against the direction of paging the list goes on exactly when a cursor stands there
 * (Relay, section 4.4).
 */
export const toConnection = <Row, View>(
  { rows, more }: Page<Row>, { from, after, before }: PageRequest, listing: Listing<Row, View>,
): Connection<View> => {
  const edges = rows.map((row) => new Edge(row, listing))
  return {
    edges, total: listing.total ?? uncounted,
    pageInfo: {
      hasNextPage: from === 'start' ? more : before !== undefined,
      hasPreviousPage: from === 'end' ? more : after !== undefined,
      get startCursor() { return edges[0]?.cursor ?? null }, get endCursor() { return edges.at(-1)?.cursor ?? null },
    },
  }
}
