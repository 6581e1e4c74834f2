import type { Branded } from '../brand.ts'
import type { Observation } from '../clock.ts'
import type { Registers } from '../register.ts'

/** A WhatsApp agent (connected device) of a company. */
export type AgentId = Branded<string, 'AgentId'>

/** Null clears a field (contract 4.7, extension). */
export interface AgentFields {
  /** Pairing secret: never logged, not in the read API (bad inputs E120). */
  readonly qrCode: string | null
  readonly status: string | null
  readonly agentName: string | null
  readonly hostName: string | null
  readonly version: string | null
  readonly phoneNumber: string | null
}

export type Agent =
  | { readonly kind: 'unseen' }
  | { readonly kind: 'registered'; readonly fields: Registers<AgentFields> }

export type AgentCommand =
  { readonly type: 'RecordAgent'; readonly agentId: AgentId; readonly seen: Observation; readonly fields: Partial<AgentFields> }

export type AgentEvent =
  | { readonly type: 'AgentRegistered'; readonly agentId: AgentId; readonly fields: Registers<AgentFields> }
  | { readonly type: 'AgentRevised'; readonly agentId: AgentId; readonly fields: Registers<AgentFields> }
