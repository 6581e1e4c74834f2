import { Command, InvalidArgumentError } from 'commander'
import { companiesBench } from './companies.ts'
import { domainBench } from './domain.ts'
import { fairnessBench } from './fairness.ts'
import { runBench, type Bench, type BenchOptions } from './frame/run-bench.ts'
import { graphqlBench } from './graphql.ts'
import { historyBench } from './history.ts'
import { latencyBench } from './latency.ts'
import { limitBench } from './limit.ts'
import { memoryBench } from './memory.ts'
import { pipelineBench } from './pipeline.ts'
import { projectorBench } from './projector.ts'
import { readableBench } from './readable.ts'
import { scaleBench } from './scale.ts'

/** Benchmarks by name; each prints its progress and ends with one line of JSON: `{"bench":…,"figures":{…},"seed":…}`. */
const benches: Readonly<Record<string, Bench>> = {
  pipeline: pipelineBench,
  limit: limitBench,
  history: historyBench,
  readable: readableBench,
  latency: latencyBench,
  memory: memoryBench,
  scale: scaleBench,
  domain: domainBench,
  projector: projectorBench,
  graphql: graphqlBench,
  fairness: fairnessBench,
  companies: companiesBench,
}

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
  .option('--seconds <n>', 'how long fairness and latency measure each', whole)
  .option('--messages <n>', 'messages that scale stores before it measures', whole)
  .option('--seed <n>', 'seed of the events', whole, 1)
  .action(async (name: string, options: BenchOptions, command: Command) => {
    const found = Object.hasOwn(benches, name) ? benches[name] : undefined
    if (found === undefined) return command.error(`there is no benchmark ${name}; there are: ${Object.keys(benches).join(', ')}`)
    await runBench(name, found, options)
  })

await bench.parseAsync()
