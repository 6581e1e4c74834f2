import * as E from 'fp-ts/lib/Either.js'
import type { EventLog, Position } from '../../application/ports/event-log.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import type { WallClock } from '../../application/ports/wall-clock.ts'
import type { ProjectionName } from '../../application/projections/read-models.ts'

const MS_PER_SECOND = 1_000

export const PROJECTIONS: ReadonlyArray<ProjectionName> = ['message_timeline', 'chat_overview', 'contact_card', 'agent_board',
  'onboarding_list']

/** Age in seconds of the oldest fact behind `position`, 0 where there is none; undefined while the log does not answer. */
export const lagBehind = async (position: Position, log: EventLog, clock: WallClock): Promise<number | undefined> => {
  const oldest = await log.oldestAfter(position)()
  if (E.isLeft(oldest)) return undefined
  return oldest.right === undefined ? 0 : Math.max(0, (clock.nowMs() - oldest.right) / MS_PER_SECOND)
}

/** Age in seconds of the oldest fact that `name` does not show yet. */
export const lagOfProjection = async (
  name: ProjectionName, log: EventLog, store: ReadModelStore, clock: WallClock,
): Promise<number | undefined> => {
  const progress = await store.progress(name)()
  return E.isLeft(progress) ? undefined : lagBehind(progress.right.position, log, clock)
}
