import type { Chance } from '../../../adapters/main/sample/chance.ts'

/** Everybody of one company: few, so that events meet. */
export interface People {
  readonly company: string
  readonly agents: readonly [string, ...string[]]
  readonly chats: readonly [string, ...string[]]
  readonly phones: readonly [string, ...string[]]
  /** Messages published so far; grows. */
  readonly messages: string[]
}

const list = (count: number, name: (i: number) => string): readonly [string, ...string[]] =>
  [name(0), ...Array.from({ length: count - 1 }, (_, i) => name(i + 1))]

const [AGENTS, CHATS, PHONES] = [2, 12, 15] as const

export const peopleOf = (company: string): People => ({
  company, agents: list(AGENTS, (i) => `agent-${i}`), chats: list(CHATS, (i) => `chat-${i}`),
  phones: list(PHONES, (i) => `62812${10_000 + i}`), messages: [],
})

/** One of the latest messages, or in 10 of 100 one that is still to come. */
export const someMessage = (chance: Chance, { messages }: People): string => {
  const RECENT = 40
  const known = messages.length
  return chance.in(10) || known === 0 ? `m-${known + chance.below(5)}` : messages[Math.max(0, known - 1 - chance.below(RECENT))] ?? `m-${known}`
}
