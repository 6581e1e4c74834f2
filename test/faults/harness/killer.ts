import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../../../adapters/main/sample/chance.ts'
import type { Cluster } from './cluster.ts'
import type { Kept } from './kept.ts'

/** What is killed, by weight; `two` are two of the others at once (reliability 3.3, G1). */
const WEIGHTS = [['ingest', 40], ['project', 20], ['nats', 15], ['postgres', 15], ['serve', 5], ['two', 5]] as const
type Victim = Exclude<(typeof WEIGHTS)[number][0], 'two'>

const VICTIMS: readonly [Victim, ...Victim[]] = ['ingest', 'project', 'nats', 'postgres', 'serve']

const choose = (chance: Chance): ReadonlyArray<Victim> => {
  let at = chance.below(WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0))
  const chosen = WEIGHTS.find(([, weight]) => (at -= weight) < 0)?.[0] ?? 'ingest'
  if (chosen !== 'two') return [chosen]
  const first = chance.oneOf(VICTIMS)
  const [other, ...others] = VICTIMS.filter((victim) => victim !== first)
  return other === undefined ? [first] : [first, chance.oneOf([other, ...others])]
}

const keptOf = ({ nats, postgres, services }: Cluster, victim: Victim, chance: Chance): Kept => {
  if (victim === 'nats') return nats
  if (victim === 'postgres') return postgres
  const [first, ...others] = services.filter(({ role }) => role === victim)
  if (first === undefined) throw new Error(`no ${victim} runs`)
  return chance.oneOf([first, ...others])
}

const LOOK_EVERY_MS = 10

/** Answers how many ms the process took to end. */
type End = (kept: Kept) => Promise<number>

/** Whatever it is doing; waits only where there is nothing to kill. */
const killHard: End = async (kept) => {
  for (;;) {
    const begun = Date.now()
    if (await kept.kill('SIGKILL')) return Date.now() - begun
    await sleep(LOOK_EVERY_MS)
  }
}

/** One that is ready, by the signal that asks it to end: PostgreSQL's waits for no client. */
const stopOrderly: End = async (kept) => {
  await kept.untilReady()
  const begun = Date.now()
  await kept.kill(kept.name === 'postgres' ? 'SIGINT' : 'SIGTERM')
  return Date.now() - begun
}

export interface Killing {
  readonly kills: number
  readonly perClass: Readonly<Record<string, number>>
  /** From the signal to the end of the process. */
  readonly slowestMs: number
}

export interface KillOptions {
  readonly kills: number
  /** `hard`: kill -9. */
  readonly how: 'hard' | 'orderly'
  /** Shortest and longest pause between two. */
  readonly pauseMs: readonly [shortest: number, longest: number]
  readonly onKill: (kills: number) => void
}

/** Ends processes, one after the other and now and then two at once, until so many are dead; each is started again. */
export const killAround = async (cluster: Cluster, chance: Chance, options: KillOptions): Promise<Killing> => {
  const { kills: wanted, pauseMs, onKill } = options
  const end = options.how === 'hard' ? killHard : stopOrderly
  const perClass: Record<string, number> = {}
  let [kills, slowestMs] = [0, 0]
  while (kills < wanted) {
    await sleep(pauseMs[0] + chance.below(pauseMs[1] - pauseMs[0]))
    const victims = choose(chance)
    slowestMs = Math.max(slowestMs, ...await Promise.all(victims.map((victim) => end(keptOf(cluster, victim, chance)))))
    for (const victim of victims) perClass[victim] = (perClass[victim] ?? 0) + 1
    kills += victims.length
    onKill(kills)
  }
  return { kills, perClass, slowestMs }
}
