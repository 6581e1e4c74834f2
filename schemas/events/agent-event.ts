import * as t from 'io-ts'
import { Registers } from './registers.ts'

const textOrNull = t.union([t.string, t.null])

export const AgentFields = Registers('AgentFields', {
  qrCode: textOrNull, status: textOrNull, agentName: textOrNull, hostName: textOrNull, version: textOrNull, phoneNumber: textOrNull,
})

export const agentEvents = {
  AgentRegistered: t.type({ agentId: t.string, fields: AgentFields }),
  AgentRevised: t.type({ agentId: t.string, fields: AgentFields }),
}
