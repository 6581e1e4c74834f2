import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AgentFinder, FoundAgent } from '../../../application/ports/agent-finder.ts'
import type { Agent } from '../../../domain/agent/agent.ts'
import { shownAgent } from '../../../domain/agent/shown.ts'
import { compareIds } from './finder-pages.ts'
import { keyedBy, viewsOf, type ReadableStore, type Visible } from './finder-rows.ts'

const toView = (agentId: string, row: Agent): FoundAgent | undefined => {
  if (row.kind !== 'registered') return undefined
  const { qrCode: _, ...shown } = shownAgent(row.fields)
  return { agentId, ...shown }
}

export const memoryAgentFinder = (store: ReadableStore, visible: Visible): AgentFinder => {
  const found = (): ReadonlyArray<FoundAgent> => viewsOf(store, 'agent_board', visible, toView)
  return {
    all: (most) => TE.fromIO(() => [...found()].sort((a, b) => compareIds(a.agentId, b.agentId)).slice(0, most)),
    byIds: (agentIds) => TE.fromIO(() => keyedBy(found(), ({ agentId }) => agentId, agentIds)),
  }
}
