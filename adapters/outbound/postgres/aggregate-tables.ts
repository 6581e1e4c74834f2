import type { AggregateKind } from '../../../application/aggregates.ts'
import { agentTable } from './agent-rows.ts'
import type { AggregateTable } from './aggregate-table.ts'
import { chatTable } from './chat-rows.ts'
import { aliasTable, contactTable } from './contact-rows.ts'
import { messageTable } from './message-rows.ts'
import { onboardingTable, syncTable } from './onboarding-rows.ts'

export const aggregateTables: { readonly [K in AggregateKind]: AggregateTable<K> } = {
  message: messageTable, chat: chatTable, contact: contactTable, alias: aliasTable, agent: agentTable, onboarding: onboardingTable,
  sync: syncTable,
}
