import * as t from 'io-ts'

export const syncEvents = { SyncRequested: t.type({ agentId: t.string, dueAt: t.number }) }
