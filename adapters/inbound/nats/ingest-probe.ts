import type { CircuitProbe } from './circuit.ts'
import type { Unusual } from './unusual.ts'

/** How an event ended: new facts, nothing new, some items failed, stored as failed, given back. */
export type Outcome = 'applied' | 'unchanged' | 'partial' | 'failed' | 'retried'

/** Since it was published, and since it was delivered to this process. */
export interface Took { readonly ageSeconds: number; readonly processingSeconds: number }

/** Which stored message. */
interface FailedPlace { readonly companyId: string; readonly stream: string; readonly sequence: number }

/** What the pipeline lets others see; bounded words only, no company in labels. */
export interface IngestProbe extends CircuitProbe {
  /** `again`: it had been delivered before. */
  readonly received: (event: string, again: boolean) => void
  readonly settled: (event: string, outcome: Outcome, took: Took) => void
  readonly failed: (event: string, reason: string, place: FailedPlace, cause?: unknown) => void
  readonly repaired: (repair: string) => void
  /** Applied as it came, and yet worth a look; each thing once an event. */
  readonly unusual: (what: Unusual) => void
  readonly batch: (items: number, seconds: number) => void
  /** Something of the broker's was gone or stuck and has been made anew. */
  readonly mended: (what: 'pull' | 'stream') => void
}
