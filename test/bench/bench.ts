import { Command, InvalidArgumentError } from 'commander'
import { companiesBench } from './companies.ts'
import { diskBench } from './disk.ts'
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
import { runAll } from './report/run-all.ts'
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
  disk: diskBench,
  projector: projectorBench,
  graphql: graphqlBench,
  fairness: fairnessBench,
  companies: companiesBench,
}

/** Too long for a run of all, or measured for issues of their own. */
const BY_NAME_ONLY = ['scale', 'fairness', 'companies']

const whole = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('It must be a whole number from 1.')
}

const bench = new Command('bench')
  .description(`measure the service on this machine: ${Object.keys(benches).join(', ')}`)
  .argument('[name]', `which benchmark; without one all but ${BY_NAME_ONLY.join(', ')}, and ops/bench/latest.md is written`)
  .option('--events <n>', 'events a round; of fairness: those that wait of a flood', whole)
  .option('--rounds <n>', 'rounds of each kind, in alternation', whole)
  .option('--history <n>', 'messages of the history import of fairness', whole)
  .option('--seconds <n>', 'how long fairness and latency measure each', whole)
  .option('--messages <n>', 'messages that scale stores before it measures', whole)
  .option('--seed <n>', 'seed of the events', whole, 1)
  .action(async (name: string | undefined, options: BenchOptions, command: Command) => {
    if (name === undefined) return runAll(Object.keys(benches).filter((one) => !BY_NAME_ONLY.includes(one)), options.seed)
    const found = Object.hasOwn(benches, name) ? benches[name] : undefined
    if (found === undefined) return command.error(`there is no benchmark ${name}; there are: ${Object.keys(benches).join(', ')}`)
    await runBench(name, found, options)
  })

await bench.parseAsync()
