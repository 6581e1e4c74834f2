import type { Found } from './finder-page.ts'

/** A connected device, without its pairing code, which no reader may see (bad inputs E120). */
export interface FoundAgent {
  readonly agentId: string
  readonly status?: string
  readonly agentName?: string
  readonly hostName?: string
  readonly version?: string
  readonly phoneNumber?: string
}

/** Contract: test/contract/finders.contract.ts */
export interface AgentFinder {
  /** The first `most` by id; a company has few. */
  readonly all: (most: number) => Found<ReadonlyArray<FoundAgent>>
  /** By agent id; unknown ones are absent. */
  readonly byIds: (agentIds: ReadonlyArray<string>) => Found<ReadonlyMap<string, FoundAgent>>
}
