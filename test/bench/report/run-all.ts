import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { closedAtEnd, endCleanly, endFailed } from '../frame/ending.ts'
import type { Result } from './result.ts'
import { writeReport } from './write-report.ts'

const BENCH = fileURLToPath(new URL('../bench.ts', import.meta.url))
const FOLDER = fileURLToPath(new URL('../../../ops/bench/', import.meta.url))

/** The last line of its standard output; a benchmark that missed a bar has a result, too. */
const resultOf = async (name: string, seed: number): Promise<Result> => {
  const child = spawn(process.execPath, [BENCH, name, '--seed', String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const forget = closedAtEnd(() => {
    child.kill('SIGTERM')
    return ended
  })
  const said = await text(child.stdout)
  await ended
  await forget()
  const last = said.trim().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) throw new Error(`${name} ended without a result`)
  return JSON.parse(last) as Result
}

const missedOf = ({ bench, bars }: Result): ReadonlyArray<string> =>
  Object.keys(bars).filter((name) => bars[name]?.met === false).map((name) => `${bench}.${name}`)

/** One after the other, each in a process of its own as if asked for by name; then the report, or none if one of them has no result. */
export const runAll = async (names: ReadonlyArray<string>, seed: number): Promise<void> => {
  endCleanly()
  try {
    const results: Result[] = []
    for (const [i, name] of names.entries()) {
      process.stderr.write(`\n${name} (${i + 1} of ${names.length})\n`)
      results.push(await resultOf(name, seed))
    }
    writeReport(FOLDER, results)
    const missed = results.flatMap(missedOf)
    if (missed.length > 0) process.exitCode = 1
    process.stdout.write(`${JSON.stringify({ bench: 'all', benches: names, missed, seed, report: 'ops/bench/latest.md' })}\n`)
  } catch (cause) {
    await endFailed(cause)
  }
}
