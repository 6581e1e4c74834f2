import type { CompanyId } from '../../domain/company.ts'
import type { AgentFinder } from './agent-finder.ts'
import type { ChatFinder } from './chat-finder.ts'
import type { CompanyFinder } from './company-finder.ts'
import type { ContactFinder } from './contact-finder.ts'
import type { FreshnessFinder } from './freshness-finder.ts'
import type { MessageFinder } from './message-finder.ts'
import type { OnboardingFinder } from './onboarding-finder.ts'

/**
 * One request's view of one company's read models. All of its statements run in one read-only transaction, which the first
 * of them opens, one after the other; after a failed one the others fail alike.
 */
export interface Reads {
  readonly chats: ChatFinder
  readonly messages: MessageFinder
  readonly contacts: ContactFinder
  readonly agents: AgentFinder
  readonly onboardings: OnboardingFinder
  readonly company: CompanyFinder
  readonly freshness: FreshnessFinder
  /**
   * Ends the transaction, if there is one; never rejects. Must be called once the request is answered; what is asked afterwards, by a
   * part of the query that ran on after another had failed, is not read.
   */
  readonly close: () => Promise<void>
}

/** What a reader may see of its company, and for how long it waits. */
export interface ReadLimits {
  /** Only what belongs to one of these agents is found; what belongs to no agent is not. `company.totals` counts all. */
  readonly agents?: ReadonlyArray<string>
  /** Aborted: the statement that runs is ended, what follows fails as `Unavailable`. */
  readonly signal?: AbortSignal
}

/** Costs nothing until something is read. Nothing of another company is found. Contract: test/contract/finders.contract.ts */
export type OpenReads = (companyId: CompanyId, limits?: ReadLimits) => Reads
