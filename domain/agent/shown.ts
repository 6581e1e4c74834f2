import { valuesOf, type Registers, type Shown } from '../register.ts'
import type { AgentFields } from './agent.ts'

/** An agent as tables and read models show it; what nobody has said, or null has cleared, is absent. */
export const shownAgent = (fields: Registers<AgentFields>): Shown<AgentFields> => valuesOf(fields)
