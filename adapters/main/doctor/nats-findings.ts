import type { ServerSettings } from '../../outbound/nats/server-settings.ts'
import { bad, badInProduction, ok, warn, type Finding } from './check.ts'
import { count, inWords, someOf } from './wording.ts'

type Version = readonly [major: number, minor: number, patch: number]

const FLOOR: Version = [2, 10, 0]
/** The first of each line without the known advisories (reliability 5.1); the last one stands for all later lines. */
const SAFE: ReadonlyArray<Version> = [[2, 12, 15], [2, 14, 5], [2, 15, 1]]

const parse = (text: string): Version => {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)]
}

const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]

const isSafe = (version: Version): boolean => {
  const sameLine = SAFE.find(([major, minor]) => major === version[0] && minor === version[1])
  return compare(version, sameLine ?? SAFE.at(-1) ?? FLOOR) >= 0
}

export const judgeNatsVersion = (version: string): Finding => {
  const safe = SAFE.map((each) => each.join('.')).join(', ')
  if (compare(parse(version), FLOOR) < 0) return bad(`nats-server ${version} lacks what this service needs`, `take at least 2.10, better ${safe}`)
  if (!isSafe(parse(version))) return warn(`nats-server ${version} has known security holes`, `take ${safe}, or later`)
  return ok(`nats-server ${version}`)
}

const UNREADABLE: Finding = warn('cannot be read', 'set NATS_MONITOR_URL to the monitoring address of nats-server, and see that it answers')

/** What a power cut costs (reliability M1 to M3). */
export const judgeSync = (server: ServerSettings | undefined, production: boolean): Finding => {
  if (server === undefined) return UNREADABLE
  if (server.syncAlways) return ok('every event is on disk before its publisher hears so')
  return badInProduction(production)(`a power cut loses what publishers sent in the last ${inWords(server.syncIntervalSeconds)}, though they were told it is stored`,
    'set sync_interval: always in the jetstream block of nats-server, and reload it')
}

export const judgeStore = (server: ServerSettings | undefined, production: boolean): Finding => {
  if (server === undefined) return UNREADABLE
  if (!/^\/tmp(\/|$)/.test(server.storeDir)) return ok(`events are kept in ${server.storeDir}`)
  return badInProduction(production)(`events are kept in ${server.storeDir}, which a restart of the machine may empty`,
    'set store_dir in the jetstream block of nats-server to a disk of its own')
}

/** A limit of the account, the server or a stream, and how much of it is used. */
export interface Limited { readonly what: string; readonly used: number; readonly limit: number }

const NEARLY_FULL = 0.7
const FULL = 0.95

const isAbove = (share: number) => ({ used, limit }: Limited): boolean => limit > 0 && used / limit > share

export const judgeLimits = (limits: ReadonlyArray<Limited>): Finding => {
  const tell = (some: ReadonlyArray<Limited>): string =>
    someOf(some.map(({ what, used, limit }) => `${what}: ${Math.round((used / limit) * 100)} % of ${limit} used`))
  const [full, nearly] = [limits.filter(isAbove(FULL)), limits.filter(isAbove(NEARLY_FULL))]
  const todo = 'raise the limit of JetStream (max_file_store, max_consumers, or max_bytes of the stream) before it is reached'
  if (full.length > 0) return bad(`${tell(full)}: publishers or new companies are refused beyond it`, todo)
  return nearly.length > 0 ? warn(tell(nearly), todo) : ok(`${count(limits.filter(({ limit }) => limit > 0).length, 'limit')}, none nearly reached`)
}

const MEBIBYTE = 1_048_576
const LARGEST = 8 * MEBIBYTE

export const judgeMaxPayload = (bytes: number): Finding => {
  if (bytes < MEBIBYTE) return warn(`events above ${bytes} bytes are refused; histories come in up to 1 MiB`, 'set max_payload to 1MB in nats-server')
  if (bytes > LARGEST) return warn(`events of up to ${Math.round(bytes / MEBIBYTE)} MiB are let in: a few of them fill the memory`, 'set max_payload to 1MB in nats-server')
  return ok(`events of up to ${bytes} bytes`)
}
