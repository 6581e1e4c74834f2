import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that the kernel gives to clients: none of those may be given it before a server has taken it, or while it is down. */
const [LOWEST, HIGHEST] = [15_000, 32_000] as const
const MOST_TRIES = 100

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer()
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** A free port that a server can still take a moment later, and come back to after it was killed. */
export const steadyPort = async (): Promise<number> => {
  for (let i = 0; i < MOST_TRIES; i += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await isFree(port)) return port
  }
  throw new Error('no free port')
}
