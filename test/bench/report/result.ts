import type { Limits } from '../bars.ts'
import type { Machine } from '../frame/machine.ts'

/** What one benchmark says in its last line. */
export interface Result {
  readonly bench: string
  readonly figures: Readonly<Record<string, number>>
  readonly spread: Readonly<Record<string, { readonly min: number; readonly max: number }>>
  readonly bars: Readonly<Record<string, Limits & { readonly met: boolean }>>
  readonly machine: Machine
  readonly seed: number
}

/** A file of the report, by its name in the folder. */
export interface ReportFile { readonly name: string; readonly text: string }

/** `batchedPerSecond` is `batched per second`. */
export const inWords = (name: string): string => name.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
