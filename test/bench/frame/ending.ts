import { setTimeout as sleep } from 'node:timers/promises'

type Close = () => Promise<unknown>

/** What must not outlive a benchmark, however it ends; the newest ends first. */
const open = new Set<Close>()
let isEnding = false

/** How long somebody who knows better has to say why, before a consequence is told as the cause. */
const CAUSE_FIRST_MS = 1_000

/** Has `close` called if the benchmark ends early; answers what calls it in time. */
export const closedAtEnd = (close: Close): Close => {
  open.add(close)
  return async () => {
    open.delete(close)
    await close()
  }
}

/** Ends the process without a result: one line says why, and nothing that was started stays behind. */
export const endEarly = async (why: string, exitCode: number): Promise<never> => {
  if (isEnding) return new Promise(() => undefined)
  isEnding = true
  process.stderr.write(`${why}; no result\n`)
  for (const close of [...open].reverse()) await close().catch(() => undefined)
  process.exit(exitCode)
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** A failure of the work: a server that has died is told as such, by who watches it. */
export const endFailed = async (cause: unknown): Promise<never> => {
  await sleep(CAUSE_FIRST_MS)
  return endEarly(`failed: ${wordsOf(cause)}`, 1)
}

/** From here on an interruption, or an error that nobody caught, ends the benchmark cleanly. */
export const endCleanly = (): void => {
  for (const [signal, exitCode] of [['SIGINT', 130], ['SIGTERM', 143]] as const)
    process.on(signal, () => { void endEarly('interrupted', exitCode) })
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, (cause) => { void endFailed(cause) })
}
