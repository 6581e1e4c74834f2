import { buildSchema, findBreakingChanges } from 'graphql'
import type { JsonSchema } from '../../schemas/noted.ts'
import { narrowed } from './narrowed.ts'

const isObject = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The paths of all fields that are told of; alternatives and items tell of the same ones. */
const told = (schema: unknown, at = ''): ReadonlyArray<string> => {
  if (Array.isArray(schema)) return schema.flatMap((one) => told(one, at))
  if (!isObject(schema)) return []
  return Object.entries(schema).flatMap(([keyword, value]) => (keyword !== 'properties' && keyword !== 'definitions' ? told(value, at)
    : Object.entries(value as JsonSchema).flatMap(([name, inner]) => [`${at}/${name}`, ...told(inner, `${at}/${name}`)])))
}

const removed = (was: JsonSchema, is: JsonSchema): ReadonlyArray<string> => {
  const now = new Set(told(is))
  return [...new Set(told(was))].filter((path) => !now.has(path)).map((path) => `${path} is gone`)
}

type Compare = (was: string, is: string) => ReadonlyArray<string>

const parsed = (text: string): JsonSchema => JSON.parse(text) as JsonSchema

const rooted = (schema: JsonSchema) => ({ schema, root: schema })

/** What publishers wrote is still taken. */
const taken: Compare = (was, is) =>
  [...removed(parsed(was), parsed(is)), ...narrowed(rooted(parsed(was)), rooted(parsed(is)), '')]

/** What readers were told is still what they get. */
const given: Compare = (was, is) =>
  [...removed(parsed(was), parsed(is)), ...narrowed(rooted(parsed(is)), rooted(parsed(was)), '')]

/** What the log holds is still read, type by type. */
const kept: Compare = (was, is) => {
  const [before, after] = [parsed(was), parsed(is)]
  const [old, now] = [before['definitions'] as JsonSchema, after['definitions'] as JsonSchema]
  return [...removed(before, after), ...Object.keys(old).filter((type) => Object.hasOwn(now, type)).flatMap((type) =>
    narrowed({ schema: old[type] as JsonSchema, root: before }, { schema: now[type] as JsonSchema, root: after }, `/${type}`))]
}

interface AsyncApi {
  readonly channels: Readonly<Record<string, { readonly address: string }>>
  readonly operations: Readonly<Record<string, { readonly action: string }>>
  readonly components: { readonly messages: Readonly<Record<string, { readonly payload: object }>> }
}

interface Channel { readonly action: string | undefined; readonly address: string; readonly payload: string }

const channelsOf = (text: string): ReadonlyArray<Channel> => {
  const { channels, operations, components } = JSON.parse(text) as AsyncApi
  return Object.entries(channels).map(([key, { address }]) =>
    ({ address, action: operations[key]?.action, payload: JSON.stringify(components.messages[key]?.payload) }))
}

const versionOf = ({ address }: Channel): string => address.slice(0, address.indexOf('.'))

/** Releases that read a version already would keep what is new in it as failures; what is of the next version waits for this one (E82). */
const intoOld = (was: ReadonlyArray<Channel>, is: ReadonlyArray<Channel>): ReadonlyArray<string> => {
  const read = new Set(was.map(versionOf))
  return is.filter((channel) => channel.action === 'receive' && read.has(versionOf(channel)))
    .filter(({ address }) => !was.some((channel) => channel.address === address))
    .map((channel) => `${channel.address} is new in ${versionOf(channel)}, which releases read already: give it the next version`)
}

/** Subjects stay, with what is done there and with which payload; the payloads are compared where they stand alone. */
const subjects: Compare = (was, is) => {
  const facts = (channels: ReadonlyArray<Channel>): ReadonlyArray<string> =>
    channels.map(({ action, address, payload }) => `${action} ${address} ${payload}`)
  const [before, after] = [channelsOf(was), channelsOf(is)]
  const now = facts(after)
  return [...facts(before).filter((fact) => !now.includes(fact)).map((fact) => `no longer: ${fact}`), ...intoOld(before, after)]
}

const graphql: Compare = (was, is) => findBreakingChanges(buildSchema(was), buildSchema(is)).map(({ description }) => description)

const settings: Compare = (was, is) => {
  const names = (text: string): ReadonlyArray<string> => (JSON.parse(text) as { name: string; file?: string }[])
    .flatMap(({ name, file }) => [name, ...(file === undefined ? [] : [file])])
  const now = names(is)
  return names(was).filter((name) => !now.includes(name)).map((name) => `${name} is no setting any more`)
}

const COMPARE: ReadonlyArray<readonly [path: RegExp, compare: Compare]> = [
  [/^inbound\//, taken], [/^outbound\//, given], [/^facts\//, kept], [/^asyncapi\.json$/, subjects], [/^schema\.graphql$/, graphql],
  [/^settings\.json$/, settings],
]

const breaksOf = (path: string, was: string, is: string | undefined): ReadonlyArray<string> => {
  if (is === undefined) return [`${path} is gone`]
  const compare = COMPARE.find(([pattern]) => pattern.test(path))?.[1]
  if (compare === undefined) throw new Error(`nothing says how ${path} is compared`)
  return compare(was, is).map((what) => `${path}: ${what}`)
}

/** What breaks somebody who relies on the frozen contracts; paths and texts, as `contractFiles` makes them. */
export const breaks = (frozen: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): ReadonlyArray<string> =>
  [...frozen].flatMap(([path, was]) => breaksOf(path, was, now.get(path)))
