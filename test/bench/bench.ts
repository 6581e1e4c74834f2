import { Command } from 'commander'
import { pipelineBench } from './pipeline.ts'

/** Benchmarks by name; each prints its progress and ends with one line of JSON: `{"bench":…,"figures":{…},"seed":…}`. */
const benches = { pipeline: pipelineBench } as const

const isName = (name: string): name is keyof typeof benches => Object.hasOwn(benches, name)

const bench = new Command('bench')
  .description(`measure the service on this machine: ${Object.keys(benches).join(', ')}`)
  .argument('[name]', 'which benchmark', 'pipeline')
  .option('--events <n>', 'events a round', '8000')
  .option('--rounds <n>', 'rounds of each kind, in alternation', '5')
  .option('--seed <n>', 'seed of the events', '1')
  .action(async (name: string, { events, rounds, seed }: { readonly events: string; readonly rounds: string; readonly seed: string },
    command: Command) => {
    if (!isName(name)) return command.error(`there is no benchmark ${name}; there are: ${Object.keys(benches).join(', ')}`)
    const [eventCount, roundCount, seedNumber] = [events, rounds, seed].map(Number)
    const whole = [eventCount, roundCount, seedNumber].every((n) => Number.isInteger(n) && (n ?? 0) > 0)
    if (!whole) return command.error('--events, --rounds and --seed are whole numbers from 1')
    const figures = await benches[name]({ events: eventCount ?? 1, rounds: roundCount ?? 1, seed: seedNumber ?? 1 })
    process.stdout.write(`${JSON.stringify({ bench: name, figures, seed: seedNumber })}\n`)
  })

await bench.parseAsync()
