import { Command, InvalidArgumentError } from 'commander'
import { companiesBench } from './companies.ts'
import { fairnessBench } from './fairness.ts'
import { pipelineBench } from './pipeline.ts'

interface Options {
  readonly events?: number
  readonly rounds?: number
  readonly history?: number
  readonly seconds?: number
  readonly seed: number
}

/** Benchmarks by name; each prints its progress and ends with one line of JSON: `{"bench":…,"figures":{…},"seed":…}`. */
const benches = {
  pipeline: ({ events = 8_000, rounds = 5, seed }: Options) => pipelineBench({ events, rounds, seed }),
  fairness: ({ events = 100_000, history = 1_000_000, seconds = 12, seed }: Options) => fairnessBench({ events, history, seconds, seed }),
  companies: ({ events = 20_000, rounds = 3, seed }: Options) => companiesBench({ events, rounds, seed }),
} as const

const isName = (name: string): name is keyof typeof benches => Object.hasOwn(benches, name)

const whole = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('It must be a whole number from 1.')
}

const bench = new Command('bench')
  .description(`measure the service on this machine: ${Object.keys(benches).join(', ')}`)
  .argument('[name]', 'which benchmark', 'pipeline')
  .option('--events <n>', 'events a round; of fairness: those that wait of a flood', whole)
  .option('--rounds <n>', 'rounds of each kind, in alternation', whole)
  .option('--history <n>', 'messages of the history import of fairness', whole)
  .option('--seconds <n>', 'how long fairness measures each', whole)
  .option('--seed <n>', 'seed of the events', whole, 1)
  .action(async (name: string, options: Options, command: Command) => {
    if (!isName(name)) return command.error(`there is no benchmark ${name}; there are: ${Object.keys(benches).join(', ')}`)
    const figures = await benches[name](options)
    process.stdout.write(`${JSON.stringify({ bench: name, figures, seed: options.seed })}\n`)
  })

await bench.parseAsync()
