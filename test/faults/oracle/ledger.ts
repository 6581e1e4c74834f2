import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'

/** What must become of an event that the service cannot apply, or of one item of a history. */
export interface Refusal { readonly item: number; readonly reason: string; readonly body: string }

/** Item of a refusal that is about the whole event (contract of `failed_events.item`). */
export const WHOLE_EVENT = -1

/** What is about to be published. Bodies are base64: they may be anything. */
export interface Intent {
  readonly type: 'intent'
  readonly id: number
  /** With the company as its last token. */
  readonly subject: string
  /** `Nats-Msg-Id`; the same for the retries of one publish, and for a repetition that the broker must refuse. */
  readonly msgId: string
  readonly body: string
  readonly refusals: ReadonlyArray<Refusal>
  /** It fails as a whole, is copied as a dead letter, and goes through after all. */
  readonly passing?: boolean
  /** The sync that it asks for is due after this, and has been; left out: it is far off. */
  readonly syncSeconds?: number
}

/** The broker's word that it is stored. */
export interface Accepted { readonly type: 'accepted'; readonly id: number; readonly stream: string; readonly sequence: number }

export type Entry = Intent | Accepted

export interface Ledger {
  /** On disk when it returns. */
  readonly write: (entries: ReadonlyArray<Entry>) => void
  readonly close: () => void
}

export const openLedger = (file: string): Ledger => {
  const descriptor = openSync(file, 'a')
  return {
    write: (entries) => {
      writeSync(descriptor, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      fsyncSync(descriptor)
    },
    close: () => { closeSync(descriptor) },
  }
}

export const readLedger = (file: string): ReadonlyArray<Entry> =>
  readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Entry)
