import fc from 'fast-check'

/** JSON text of values that somebody has to get wrong: as text, for `JSON.stringify` cannot write most of them. */
const NUMBERS = [
  '0', '-0', '1', '-1', '1.5', '1e3', '1E400', '-1e400', '1e-400', '1e200000', '2147483648', '-2147483649', '9007199254740991',
  '9007199254740993', '123456789012345678901234567890', '0.1000000000000000055511151231257827', '1750650042.0', '1750650042123',
  '253402300800', '1e15', '8640000000000001', '-62135596801', `1${'0'.repeat(400)}`, `0.${'0'.repeat(400)}1`, '9'.repeat(200_000),
  '007', '1.', '.5', '+1', 'NaN',
]
const TEXTS = [
  '""', '" "', '"\\u0000"', '"a\\u0000b"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\uD83D\\uDE00"', '"\\\\u0000"', '"\\\\\\u0000"',
  '"\u202egnp.exe\u200b"', '"\ufeff"', '"\u{1F600}"', '"\u0001"', '"\\u0001"', '"\\x41"', '"\'; drop table daisi.messages; --"',
  '"{\\"a\\":1}"', '"__proto__"', `"${'x'.repeat(255)}"`, `"${'x'.repeat(256)}"`, `"${'\u{1F600}'.repeat(255)}"`,
  `"${'/'.repeat(255)}"`, `"${'x'.repeat(9_000)}"`, `"${'\u0301'.repeat(500)}"`, '"IN"', '"in"', '"MALE"', '"2025-06-23T00:00:00Z"',
  '"a,b,,c"', '"+62 (812)@x"', '"120363041234567890@g.us"',
]
const SHAPES = ['null', 'true', 'false', '{}', '[]', '[null]', '[{}]', '{"a":{"b":[1,"x",null]}}', '{"":""}', '{"\\u0000":"\\u0000"}',
  '{"\\ud83d":1}', '{"a":1,"a":2}', '{"__proto__":{"x":1}}', '{"\\u005f_proto__":1}', '{"constructor":{"prototype":{}}}', '{"toJSON":1}',
  '{"rawJSON":"1"}', `{"${'k'.repeat(1_025)}":1}`]
const DEPTHS = [5, 61, 62, 63, 64, 65, 1_500]

const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}1${close.repeat(depth)}`

const aValue: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NUMBERS), fc.constantFrom(...TEXTS), fc.constantFrom(...SHAPES),
  fc.constantFrom(...DEPTHS.flatMap((depth) => [nested(depth, '[', ']'), nested(depth, '{"a":', '}')])),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.integer().map(String), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String))

const aKey = fc.constantFrom(
  'message_id', 'chat_id', 'agent_id', 'phone_number', 'company_id', 'messageId', 'MESSAGE_ID', 'id', 'from', 'status', 'unread_count',
  'message_timestamp', 'messages', 'chats', 'contacts', 'is_last_batch', '__proto__', 'constructor', 'then', 'toJSON', '', '\0')

/** How to change the member that `place` picks, counted through the whole document. */
interface Change {
  readonly how: 'replace' | 'remove' | 'rename' | 'double' | 'add'
  readonly place: number
  readonly value: string
  readonly key: string
}

const aChange: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'rename', 'double', 'add'), place: fc.nat({ max: 99 }),
  value: aValue, key: aKey,
})

/** Members of a document as text, so that what is put in stays as it is. */
type Node = string | { readonly open: '{' | '['; readonly members: Member[] }
interface Member { readonly key: string | undefined; readonly node: Node }

const nodeOf = (value: unknown): Node => {
  if (Array.isArray(value)) return { open: '[', members: value.map((element) => ({ key: undefined, node: nodeOf(element) })) }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return { open: '{', members: Object.entries(value).filter(([, member]) => member !== undefined)
    .map(([key, member]) => ({ key, node: nodeOf(member) })) }
}

const textOf = (node: Node): string => {
  if (typeof node === 'string') return node
  const members = node.members.map(({ key, node: member }) => (key === undefined ? '' : `${JSON.stringify(key)}:`) + textOf(member))
  return node.open === '{' ? `{${members.join(',')}}` : `[${members.join(',')}]`
}

/** Every list of members with every place in it. */
const placesOf = (node: Node): ReadonlyArray<readonly [members: Member[], index: number]> =>
  (typeof node === 'string' ? [] : node.members.flatMap(({ node: member }, i) =>
    [[node.members, i] as const, ...placesOf(member)]))

const apply = (root: Node, { how, place, value, key }: Change): void => {
  const places = placesOf(root)
  const [members, index] = places[place % (places.length || 1)] ?? []
  const member = index === undefined ? undefined : members?.[index]
  if (members === undefined || index === undefined || member === undefined) return
  const own = member.key
  switch (how) {
    case 'replace': members[index] = { key: own, node: value }; return
    case 'remove': members.splice(index, 1); return
    case 'rename': members[index] = { key: own === undefined ? own : key, node: member.node }; return
    case 'double': members.splice(index, 0, { key: own, node: value }); return
    case 'add': members.splice(index, 0, { key: own === undefined ? own : key, node: value })
  }
}

/** The document as text, with some of its members replaced, removed, renamed, doubled or added. */
export const mutatedJson = (value: Readonly<Record<string, unknown>>): fc.Arbitrary<string> =>
  fc.array(aChange, { maxLength: 3 }).map((changes) => {
    const root = nodeOf(value)
    for (const change of changes) apply(root, change)
    return textOf(root)
  })
