import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { closedAtEnd } from './frame/ending.ts'

const PUBLISHER = fileURLToPath(new URL('./flood-publisher.ts', import.meta.url))

export interface Flood { readonly natsUrl: string; readonly companies: number; readonly events: number; readonly seed: number }

/** A publisher that is up and connected; what it answers has it publish, and resolves when the broker has stored all. */
export const readyFlood = async ({ natsUrl, ...numbers }: Flood): Promise<() => Promise<void>> => {
  const child = fork(PUBLISHER, [natsUrl, ...[numbers.companies, numbers.events, numbers.seed].map(String)])
  const ended = once(child, 'exit')
  const over = closedAtEnd(async () => { child.kill() })
  const failed = ended.then(() => { throw new Error('the publisher ended before it was ready') })
  await Promise.race([once(child, 'message'), failed])
  failed.catch(() => undefined)
  return async () => {
    child.send('publish')
    const [code] = await ended as [number | null]
    await over()
    if (code !== 0) throw new Error('the publisher failed')
  }
}
