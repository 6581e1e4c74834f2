/**
 * Who may publish and listen where, written down once more by hand (ADR 14): what the shipped configuration allows is held
 * against this, not against itself.
 */

const STREAMS = ['wa_events_stream', 'wa_history_events_stream', 'dlq_stream'] as const
const EVENT_STREAMS = ['wa_events_stream', 'wa_history_events_stream'] as const
const EVENTS = ['v1.chats.upsert', 'v1.chats.update', 'v1.messages.upsert', 'v1.messages.update', 'v1.contacts.upsert',
  'v1.contacts.update', 'v1.connection.update', 'v1.history.chats', 'v1.history.messages', 'v1.history.contacts'] as const

export const [ACME, GLOBEX] = ['ACME', 'Globex-1_x'] as const

const eventsOf = (company: string): ReadonlyArray<string> => EVENTS.map((event) => `${event}.${company}`)
const on = (streams: ReadonlyArray<string>, ...operations: ReadonlyArray<string>): ReadonlyArray<string> =>
  streams.flatMap((stream) => operations.map((operation) => `$JS.API.${operation.replace('@', stream)}`))

/** Tokens that no company has, or more than one (bad inputs E77, E78, E82, E90). */
const STRANGE = [...EVENTS, 'v1.messages.upsert.ACME.01', 'v1.messages.upsert.ACME.', 'v1.messages.upsert..ACME', 'v1.messages.upsert.*',
  'v1.messages.upsert.>', 'v1.messages.*.ACME', '*.messages.upsert.ACME', '>', '*', 'v1.>', `v1.messages.upsert.${'x'.repeat(300)}`,
  'v1.messages.upsert.ÄCME', 'v1.messages.upsert.acme', 'v1.messages.upsert.a$b', 'v2.messages.upsert.ACME', 'V1.messages.upsert.ACME',
  'v1.messages.delete.ACME', 'v1.x.y.ACME', 'v1.dlq.x.ACME', 'v1.dlq.ACME.x', 'v1.dlq.invalid.ACME']

const STREAM_OPERATIONS = ['STREAM.INFO.@', 'STREAM.CREATE.@', 'STREAM.UPDATE.@', 'STREAM.DELETE.@', 'STREAM.PURGE.@', 'STREAM.SNAPSHOT.@',
  'STREAM.RESTORE.@', 'STREAM.MSG.GET.@', 'STREAM.MSG.DELETE.@', 'STREAM.LEADER.STEPDOWN.@', 'STREAM.PEER.REMOVE.@', 'DIRECT.GET.@',
  'DIRECT.GET.@.v1.messages.upsert.ACME', 'CONSUMER.LIST.@', 'CONSUMER.NAMES.@', 'CONSUMER.CREATE.@', 'CONSUMER.CREATE.@.daisi_ingest_ACME',
  'CONSUMER.CREATE.@.x.v1.messages.upsert.ACME', 'CONSUMER.DURABLE.CREATE.@.daisi_ingest_ACME', 'CONSUMER.INFO.@.daisi_ingest_ACME',
  'CONSUMER.DELETE.@.daisi_ingest_ACME', 'CONSUMER.PAUSE.@.daisi_ingest_ACME', 'CONSUMER.RESET.@.daisi_ingest_ACME',
  'CONSUMER.UNPIN.@.daisi_ingest_ACME', 'CONSUMER.LEADER.STEPDOWN.@.daisi_ingest_ACME', 'CONSUMER.MSG.NEXT.@.daisi_ingest_ACME']

const acksOf = (streams: ReadonlyArray<string>): ReadonlyArray<string> =>
  streams.flatMap((stream) => [`$JS.ACK.${stream}.daisi_ingest_ACME.1.1.1.1.0`, `$JS.ACK._.hash.${stream}.daisi_ingest_ACME.1.1.1.1.0`])

const ELSEWHERE = ['$JS.API.INFO', '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST', ...on(['other'], ...STREAM_OPERATIONS),
  '$JS.API.ACCOUNT.PURGE.EVENTS', '$JS.API.META.LEADER.STEPDOWN', '$JS.API.SERVER.REMOVE', '$JS.API.CONSUMER.LIST.*',
  '$JS.API.STREAM.INFO.*',
  '$JS.FC.wa_events_stream.x.y', '$JS.EVENT.ADVISORY.x', '$SYS.REQ.SERVER.PING', '$SYS.REQ.SERVER.PING.VARZ', '$SYS.REQ.SERVER.PING.JSZ',
  '$SYS.REQ.SERVER.x.VARZ', '$SYS.REQ.SERVER.x.RELOAD', '$SYS.REQ.SERVER.x.KICK', '$SYS.REQ.SERVER.x.LDM', '$SYS.REQ.ACCOUNT.EVENTS.CONNZ',
  '$SYS.REQ.CLAIMS.UPDATE', '$SYS.ACCOUNT.EVENTS.CONNECT', '$SYS', '$JS', 'other']

const INBOXES = ['_INBOX.worker', '_INBOX.provisioner', '_INBOX.operator', '_INBOX.monitor', `_INBOX_${ACME}`, `_INBOX_${GLOBEX}`, '_INBOX'] as const

/** Every subject that somebody might want to publish to. */
export const PUBLISHED: ReadonlyArray<string> = [...eventsOf(ACME), ...eventsOf(GLOBEX), ...STRANGE, `v1.dlq.${ACME}`, `v1.dlq.${GLOBEX}`,
  'v1.dlq.invalid.company', ...on(STREAMS, ...STREAM_OPERATIONS), ...acksOf(STREAMS), ...ELSEWHERE, ...INBOXES.map((inbox) => `${inbox}.x`)]

/** Every subject that somebody might want to listen to. */
export const LISTENED: ReadonlyArray<string> = ['>', '*', '*.>', 'v1.>', 'v1.*.*.ACME', ...eventsOf(ACME), ...eventsOf(GLOBEX), 'v1.dlq.>',
  `v1.dlq.${ACME}`, '$JS.>', '$JS.API.>', '$JS.ACK.>', '$JS.EVENT.>', '$SYS.>', '$SYS.REQ.>', '_INBOX.>', '_INBOX.*.x',
  ...INBOXES.flatMap((inbox) => [`${inbox}.x`, `${inbox}.x.*`, `${inbox}.>`])]

interface Rights { readonly publish: ReadonlyArray<string>; readonly listen: ReadonlyArray<string> }

const answersAt = (inbox: string): ReadonlyArray<string> => [`${inbox}.x`, `${inbox}.x.*`, `${inbox}.>`]

export const RIGHTS: Readonly<Record<'ACME' | 'GLOBEX' | 'worker' | 'provisioner' | 'operator' | 'monitor', Rights>> = {
  ACME: { publish: eventsOf(ACME), listen: answersAt(`_INBOX_${ACME}`) },
  GLOBEX: { publish: eventsOf(GLOBEX), listen: answersAt(`_INBOX_${GLOBEX}`) },
  worker: { listen: answersAt('_INBOX.worker'), publish: ['$JS.API.INFO', `v1.dlq.${ACME}`, `v1.dlq.${GLOBEX}`, 'v1.dlq.invalid.company',
    ...on(STREAMS, 'STREAM.INFO.@'), ...acksOf(EVENT_STREAMS),
    ...on(EVENT_STREAMS, 'STREAM.MSG.GET.@', 'CONSUMER.LIST.@', 'CONSUMER.DURABLE.CREATE.@.daisi_ingest_ACME',
      'CONSUMER.INFO.@.daisi_ingest_ACME', 'CONSUMER.MSG.NEXT.@.daisi_ingest_ACME')] },
  provisioner: { listen: answersAt('_INBOX.provisioner'), publish: ['$JS.API.INFO', '$JS.API.STREAM.NAMES',
    ...on(STREAMS, 'STREAM.INFO.@', 'STREAM.CREATE.@', 'STREAM.UPDATE.@', 'STREAM.DELETE.@'), ...on(EVENT_STREAMS, 'STREAM.PURGE.@',
      'CONSUMER.LIST.@', 'CONSUMER.NAMES.@', 'CONSUMER.INFO.@.daisi_ingest_ACME', 'CONSUMER.DELETE.@.daisi_ingest_ACME')] },
  operator: { listen: answersAt('_INBOX.operator'), publish: ['$JS.API.INFO', '$JS.API.STREAM.NAMES', '$JS.API.STREAM.LIST',
    '$JS.API.CONSUMER.LIST.*', '$JS.API.STREAM.INFO.*',
    ...on(EVENT_STREAMS, 'STREAM.MSG.GET.@'),
    ...on([...STREAMS, 'other'], 'STREAM.INFO.@', 'CONSUMER.LIST.@', 'CONSUMER.NAMES.@', 'CONSUMER.INFO.@.daisi_ingest_ACME')] },
  monitor: { listen: answersAt('_INBOX.monitor'), publish: ['$SYS.REQ.SERVER.PING',
    '$SYS.REQ.SERVER.PING.VARZ', '$SYS.REQ.SERVER.PING.JSZ'] },
}
