import { jetstreamManager } from '@nats-io/jetstream'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeDurables, surveyAhead } from '../../inbound/nats/restored-durables.ts'
import { logOrigin, raiseEpoch } from '../../outbound/postgres/restored/log-epoch.ts'
import { lostPolicies, lostProjections } from '../../outbound/postgres/restored/lost-checkpoints.ts'
import { forgetBeyond, lastWritten, storedPositions, writersAtWork } from '../../outbound/postgres/restored/restored-database.ts'
import { repairSequences } from '../../outbound/postgres/restored/sequences.ts'
import type { Check, Examined } from '../doctor/check.ts'
import { natsSources } from '../doctor/nats-sources.ts'
import { once, type Opened } from '../doctor/once.ts'
import { postgresSources } from '../doctor/postgres-sources.ts'
import { runChecks } from '../doctor/run-checks.ts'
import { withRunningServers } from '../embedded/running-servers.ts'
import type { Settings } from '../settings.ts'
import {
  judgeDurables, judgeOrigin, judgePolicies, judgePositions, judgeProjections, judgeRetention, judgeSequences, judgeWriters,
} from './restored-findings.ts'

/** A look at all facts of a large log. */
const LOOK_WITHIN_MS = 600_000
const CLOSED_WITHIN_MS = 1_000

type Sources = ReturnType<typeof sourcesOf>

/** The login of migrations may change what is put right; NATS with that of the provisioner. */
const sourcesOf = (given: Settings, opened: Opened) => {
  const settings = withRunningServers(given)
  const { migrationDatabaseUrl, databaseUrl, readDatabaseUrl } = settings
  const own = migrationDatabaseUrl ?? databaseUrl
  const postgres = postgresSources({ ...settings, databaseUrl: own, readDatabaseUrl: readDatabaseUrl ?? own }, opened)
  const nats = natsSources(settings, () => Promise.resolve(new Set<string>()), opened)
  const jsm = once(async () => jetstreamManager(await nats.connection(), { checkAPI: false }))
  return {
    ...postgres, jsm,
    backupAt: once(async () => lastWritten(await postgres.orm())),
    ahead: once(async () => surveyAhead(await jsm(), await storedPositions(await postgres.orm()))),
  }
}

const databaseChecks = ({ orm, readOrm }: Sources, repairs: boolean): Readonly<Record<string, Check['look']>> => ({
  'projections after the restore': async () => judgeProjections(await lostProjections(await orm(), await readOrm())),
  'policies after the restore': async () => judgePolicies(await lostPolicies(await orm(), repairs), repairs),
  'origin of the log': async () => judgeOrigin(await (repairs ? raiseEpoch : logOrigin)(await orm()), repairs),
  'numbers': async () => judgeSequences(await repairSequences(await orm(), repairs), repairs),
})

const brokerChecks = ({ orm, jsm, ahead, backupAt }: Sources, repairs: boolean): Readonly<Record<string, Check['look']>> => ({
  'events since the backup': async () => judgeRetention(await ahead(), await backupAt()),
  'durables after the restore': async () => {
    if (repairs) for (const one of await ahead()) await removeDurables(await jsm(), one)
    return judgeDurables(await ahead(), repairs)
  },
  'positions after the restore': async () => {
    const beyond = (await ahead()).filter(({ beyond: companies }) => companies.length > 0)
    if (repairs) for (const { stream, lastSequence } of beyond) await forgetBeyond(await orm(), stream, lastSequence)
    return judgePositions(await ahead(), repairs)
  },
})

const checksOf = (area: Check['area'], looks: Readonly<Record<string, Check['look']>>): ReadonlyArray<Check> =>
  Object.entries(looks).map(([name, look]) => ({ area, name, look }))

/** One after the other: a checkpoint is judged before the log under it changes. */
const inTurn = async (checks: ReadonlyArray<Check>): Promise<ReadonlyArray<Examined>> => {
  const examined: Examined[] = []
  for (const check of checks) examined.push(...await runChecks([check], LOOK_WITHIN_MS))
  return examined
}

/**
 * After a restore, before the service is started: puts right what a backup cannot know, or, unless it `repairs`, only says it
 * (design 6; reliability 5.3, G20). Repeating it changes nothing more.
 */
export const examineRestored = async (settings: Settings, wish: { readonly repairs: boolean }): Promise<ReadonlyArray<Examined>> => {
  const closers: (() => Promise<unknown>)[] = []
  const sources = sourcesOf(settings, (close) => { closers.push(close) })
  try {
    const writers = await inTurn(checksOf('service', { 'writers': async () => judgeWriters(await writersAtWork(await sources.orm())) }))
    const repairs = wish.repairs && writers.every(({ state }) => state === 'ok')
    return [...writers, ...await inTurn([...checksOf('postgresql', databaseChecks(sources, repairs)),
      ...checksOf('nats', brokerChecks(sources, repairs))])]
  } finally {
    await Promise.race([Promise.allSettled(closers.map((close) => close())), sleep(CLOSED_WITHIN_MS)])
  }
}
