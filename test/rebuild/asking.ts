import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Seen } from './asker.ts'

const ASKER = fileURLToPath(new URL('./asker.ts', import.meta.url))

/** The company that stands still, and the one that events come in for. */
export interface Asked {
  readonly url: string
  readonly key: string
  readonly still: string
  readonly moving: string
  readonly atATime: number
}

/** Starts the loop of questions; what it returns ends it and answers what was seen. */
export const startAsking = ({ url, key, still, moving, atATime }: Asked): (() => Promise<Seen>) => {
  const child = spawn(process.execPath, [ASKER, url, key, still, moving, String(atATime)], { stdio: ['pipe', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString() })
  const ended = once(child, 'close')
  return async () => {
    child.kill('SIGTERM')
    await ended
    return JSON.parse(out) as Seen
  }
}

export interface Window { readonly from: number; readonly to: number }

/** Of the questions that were open in one of the windows, however short. */
export const latenciesIn = ({ samples }: Seen, windows: ReadonlyArray<Window>): ReadonlyArray<number> =>
  samples.filter(([at, ms]) => windows.some(({ from, to }) => at <= to && at + ms >= from)).map(([, ms]) => ms).sort((a, b) => a - b)

/** Of ascending values. */
export const percentile = (values: ReadonlyArray<number>, percent: number): number => {
  const value = values[Math.min(values.length - 1, Math.floor((values.length * percent) / 100))]
  if (value === undefined) throw new Error('no question was asked in the time')
  return Number(value.toFixed(1))
}
