import { jetstreamManager } from '@nats-io/jetstream'
import { surveyDurables, surveyStreams, surveySubjects, surveyUnprocessed } from '../../inbound/nats/survey.ts'
import { serverSettings } from '../../outbound/nats/server-settings.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { connectNatsOnce } from '../connect-nats.ts'
import type { Settings } from '../settings.ts'
import { noAddress } from './fault.ts'
import { once, type Opened } from './once.ts'

const open = async (settings: Settings, opened: Opened) => {
  if (settings.natsUrl === undefined) throw noAddress()
  const connection = await connectNatsOnce(settings, 'daisi-doctor')
  opened(() => connection.close())
  return connection
}

/** What is read of NATS, each once however many checks look at it. `suspended`: companies that are not pulled on purpose. */
export const natsSources = (settings: Settings, suspended: () => Promise<ReadonlySet<string>>, opened: Opened) => {
  const { companyIds, natsMonitorUrl } = settings
  const connection = once(() => open(settings, opened))
  const jsm = once(async () => jetstreamManager(await connection(), { checkAPI: false }))
  const isListed = (companyId: CompanyId): boolean => companyIds.length === 0 || companyIds.includes(companyId)
  const subjects = once(async () => surveySubjects(await jsm()))
  const durables = once(async () => {
    const [resting, { durables: all }] = [await suspended(), await subjects()]
    return surveyDurables(await jsm(), all.filter(({ companyId }) => isListed(companyId) && !resting.has(companyId)))
  })
  return {
    connection, jsm, subjects, durables,
    account: once(async () => (await jsm()).getAccountInfo()),
    streams: once(async () => surveyStreams(await jsm())),
    unprocessed: once(async () => surveyUnprocessed(await jsm(), await durables())),
    /** Undefined where the monitoring address is not set or does not answer. */
    server: once(async () => (natsMonitorUrl === undefined ? undefined : serverSettings(natsMonitorUrl).catch(() => undefined))),
    /** Publishing companies that COMPANY_IDS leaves out. */
    excluded: async () => {
      const { durables: all } = await subjects()
      return [...new Set(all.map(({ companyId }) => companyId))].filter((companyId) => !isListed(companyId))
    },
  }
}

export type NatsSources = ReturnType<typeof natsSources>
