import type * as t from 'io-ts'
import { clearable, optional, payload, required } from '../payload.ts'
import { Identifier, Text } from '../scalars.ts'

/** `v1.connection.update` (contract 4.7): an agent's connection. Absent and empty keep what is stored, null clears. */
export const ConnectionUpdated = payload('ConnectionUpdated', {
  agentId: required('agent_id', Identifier),
  companyId: optional('company_id', Identifier),
  /** Pairing code: a secret, never logged (E120). */
  qrCode: clearable('qr_code', Text),
  status: clearable('status', Text),
  agentName: clearable('agent_name', Text),
  hostName: clearable('host_name', Text),
  version: clearable('version', Text),
  phoneNumber: clearable('phone_number', Text),
})

export type ConnectionUpdated = t.TypeOf<typeof ConnectionUpdated>
