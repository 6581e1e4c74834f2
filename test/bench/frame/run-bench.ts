import { letGarbageDieYoung } from '../../../adapters/main/young-garbage.ts'
import { benchServers, type BenchServers, type Needs } from '../bench-servers.ts'
import { endCleanly, endFailed } from './ending.ts'
import { figuresAsJson, printFigures, type Figure } from './figures.ts'
import { inWords, machineOf, type Machine } from './machine.ts'

/** What the command line can set; each benchmark has its own defaults. */
export interface BenchOptions {
  readonly events?: number
  readonly rounds?: number
  readonly history?: number
  readonly seconds?: number
  readonly messages?: number
  readonly seed: number
}

export type Bench = (options: BenchOptions) => Promise<ReadonlyArray<Figure>>

let machine: Machine | undefined

/** Servers for as long as `work` takes; the machine is described as it is before they work. */
export const withServers = async <A>(work: (servers: BenchServers) => Promise<A>, needs?: Partial<Needs>): Promise<A> => {
  const servers = await benchServers(needs)
  try {
    machine = await machineOf(servers)
    process.stderr.write(`${inWords(machine)}\n`)
    return await work(servers)
  } finally {
    await servers.stop()
  }
}

/** One line of JSON at the very end, or none at all. Exit code 1 when a bar is missed or there is no result. */
export const runBench = async (name: string, bench: Bench, options: BenchOptions): Promise<void> => {
  endCleanly()
  letGarbageDieYoung()
  try {
    const figures = await bench(options)
    machine ??= await machineOf()
    if (!printFigures(name, figures)) process.exitCode = 1
    process.stdout.write(`${JSON.stringify({ bench: name, ...figuresAsJson(figures), machine, seed: options.seed })}\n`)
  } catch (cause) {
    await endFailed(cause)
  }
}
