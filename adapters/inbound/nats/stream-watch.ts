import type { JetStreamManager } from '@nats-io/jetstream'
import { ensureStreams } from './streams.ts'

export interface StreamWatchOptions {
  readonly onTrouble: (what: string) => void
  /** A stream has been made again. */
  readonly onMade: () => void
}

/**
 * Each look makes missing streams again, so that publishers are not refused for long, and says what else differs; the same
 * difference is said once. What the first look makes was never there. Who asks while a look is under way shares it: two would each
 * claim to have made the same stream.
 */
export const streamWatch = (jsm: JetStreamManager, { onTrouble, onMade }: StreamWatchOptions) => {
  let said: ReadonlySet<string> | undefined
  const look = async (): Promise<void> => {
    const { made, drift } = await ensureStreams(jsm)
    if (said !== undefined) for (const stream of made) {
      onMade()
      onTrouble(`stream ${stream} was gone, with the events in it; it has been made again`)
    }
    for (const { what, change } of drift) if (said?.has(what) !== true) onTrouble(`${what}: ${change}`)
    said = new Set(drift.map(({ what }) => what))
  }
  let underWay: Promise<void> | undefined
  return (): Promise<void> => {
    underWay ??= look().finally(() => { underWay = undefined })
    return underWay
  }
}
