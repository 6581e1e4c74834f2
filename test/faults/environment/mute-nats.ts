import { setTimeout as sleep } from 'node:timers/promises'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { KeptServer } from '../harness/kept-servers.ts'

export interface MuteWatch { readonly stop: () => Promise<void> }

const SUBJECT = 'probe.publish'
/** Larger than what a block of the file system may have left. */
const BODY = 'x'.repeat(16_384)
const ASK_EVERY_MS = 500
const ANSWER_WITHIN_MS = 1_000
const MUTE_AFTER_MS = 10_000

/**
 * What a supervisor of nats-server has to do: publish, and start the server again when no publish has been acknowledged for 10 s. After its
 * disk was full a server says that it is well, and stores nothing until it is restarted (reliability M8; 2.15.1 still).
 */
export const restartWhenMute = async (server: KeptServer): Promise<MuteWatch> => {
  const connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: ASK_EVERY_MS })
  await (await jetstreamManager(connection)).streams.add({ name: 'probe', subjects: [SUBJECT], max_msgs: 1 })
  const js = jetstream(connection)
  let [stopping, answeredAt] = [false, Date.now()]
  const run = async (): Promise<void> => {
    while (!stopping) {
      await js.publish(SUBJECT, BODY, { timeout: ANSWER_WITHIN_MS }).then(() => { answeredAt = Date.now() }, () => undefined)
      if (Date.now() - answeredAt > MUTE_AFTER_MS) {
        await server.kill('SIGKILL')
        await server.untilReady()
        answeredAt = Date.now()
      }
      await sleep(ASK_EVERY_MS)
    }
  }
  const running = run()
  return { stop: async () => {
    stopping = true
    await running
    await connection.close()
  } }
}
