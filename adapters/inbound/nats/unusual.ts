import type { Instruction } from '../../../application/aggregates.ts'
import { isKnownStatus } from '../../../domain/message/status.ts'
import type { EpochSeconds } from '../../../domain/time.ts'

/** What is applied as it came and yet worth a look, by name (bad inputs E50, E66, E67, E95). */
export const UNUSUAL = ['unknown_status', 'time_in_the_past', 'time_in_the_future', 'empty_history'] as const
export type Unusual = (typeof UNUSUAL)[number]

/** 2009-01-01 in Unix seconds: WhatsApp's first year; no message can be older. */
const FIRST_PLAUSIBLE_SECONDS = 1_230_768_000

/** Clocks of phones differ by minutes; by more than these, an event's time is not its clock's error. */
const CLOCK_TOLERANCE_SECONDS = 300

const NOTHING: ReadonlyArray<never> = []

const eventTimeOf = (instruction: Instruction): EpochSeconds | undefined => {
  if (instruction.kind === 'chat') return instruction.command.fields.conversationTimestamp
  return instruction.kind === 'message' && instruction.command.type === 'RecordMessage' ? instruction.command.fields.timestamp : undefined
}

const timing = (at: EpochSeconds | undefined, publishedAt: EpochSeconds): Unusual | undefined => {
  if (at === undefined) return undefined
  if (at < FIRST_PLAUSIBLE_SECONDS) return 'time_in_the_past'
  return at > publishedAt + CLOCK_TOLERANCE_SECONDS ? 'time_in_the_future' : undefined
}

const isStatusUnknown = ({ kind, command }: Instruction): boolean =>
  kind === 'message' && command.status !== undefined && !isKnownStatus(command.status)

/** Each name once, however many items of a history show it. Most events show none, and then nothing is made. */
export const unusualOf = (instructions: ReadonlyArray<Instruction>, publishedAt: EpochSeconds): ReadonlyArray<Unusual> => {
  let found: Set<Unusual> | undefined
  for (const instruction of instructions) {
    const time = timing(eventTimeOf(instruction), publishedAt)
    if (time !== undefined) (found ??= new Set()).add(time)
    if (isStatusUnknown(instruction)) (found ??= new Set()).add('unknown_status')
  }
  return found === undefined ? NOTHING : [...found]
}
