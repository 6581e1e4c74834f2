import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { watchForAck, watchForCommit, type Watch } from './protocol-cuts.ts'
import type { Direction, Toxic } from './toxics.ts'

/** One link between a client and a server, whose faults are at our hand. */
export interface TcpProxy {
  /** `url` with the proxy in the server's place. */
  readonly url: string
  /** What is wrong from now on, in which directions; nothing when left out. */
  readonly poison: (toxic?: Toxic, directions?: ReadonlyArray<Direction>) => void
  /** Closes the server's side of each connection in good order. */
  readonly hangUp: () => void
  /** Connections accepted so far. */
  readonly accepted: () => number
  /** Connections that a toxic has broken so far. */
  readonly cuts: () => number
  readonly close: () => Promise<void>
}

const BOTH: ReadonlyArray<Direction> = ['up', 'down']
/** A pipe that holds more than this stops reading, as a full socket buffer does. */
const MOST_HELD = 1_048_576
/** A narrow link sends so often a second. */
const SENDS_A_SECOND = 20

/** What is wrong now, and a signal that ends when that changes. */
interface Health { toxic: Toxic | undefined; directions: ReadonlyArray<Direction>; changed: AbortController; cuts: number;
  commands: number }

interface Connection { readonly client: Socket; readonly server: Socket; carried: number; isAnswerCut: boolean; isCut: boolean }

const rest = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)

/** Until the link changes, or `from` is gone. */
const forEver = (signal: AbortSignal, from: Socket): Promise<void> => new Promise((resolve) => {
  if (signal.aborted) return resolve()
  const end = (): void => {
    signal.removeEventListener('abort', end)
    from.off('close', end)
    resolve()
  }
  signal.addEventListener('abort', end)
  from.once('close', end)
})

const write = async (to: Socket, piece: Buffer): Promise<void> => {
  if (to.destroyed || !to.writable || to.write(piece)) return
  await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => undefined)
}

/** The server's side of an ambiguous cut ends in good order: a reset would take back what it has not read yet. */
const cut = (health: Health, connection: Connection): void => {
  if (connection.isCut) return
  connection.isCut = true
  health.cuts += 1
  connection.client.resetAndDestroy()
  if (connection.isAnswerCut) connection.server.end()
  else connection.server.resetAndDestroy()
}

/** How much is sent at once, and how long the link rests behind it. */
const pace = (toxic: Toxic | undefined, length: number): { readonly size: number; readonly gapMs: number } => {
  switch (toxic?.kind) {
    case 'slicer': return { size: toxic.bytes, gapMs: toxic.gapMs }
    case 'bandwidth': return { size: Math.max(1, Math.floor(toxic.bytesPerSecond / SENDS_A_SECOND)), gapMs: 1_000 / SENDS_A_SECOND }
    case undefined: case 'latency': case 'slow_close': case 'timeout': case 'reset': case 'limit_bytes': case 'ambiguous_commit':
    case 'ambiguous_ack': return { size: length, gapMs: 0 }
  }
}

/** One direction of one connection. */
const pipe = (health: Health, connection: Connection, direction: Direction): void => {
  const [from, to] = direction === 'up' ? [connection.client, connection.server] : [connection.server, connection.client]
  const watches: Readonly<Record<'ambiguous_commit' | 'ambiguous_ack', Watch>> = { ambiguous_commit: watchForCommit(),
    ambiguous_ack: watchForAck() }
  let [held, lastDue, sending] = [0, 0, Promise.resolve()]
  const toxic = (): Toxic | undefined => (health.directions.includes(direction) ? health.toxic : undefined)

  /** Acts on what `piece` completes; true when it must not be sent. */
  const swallows = (piece: Buffer): boolean => {
    if (direction === 'down') return connection.isAnswerCut
    const wrong = health.toxic
    if (wrong?.kind !== 'ambiguous_commit' && wrong?.kind !== 'ambiguous_ack') return false
    if (!watches[wrong.kind](piece)) return false
    health.commands += 1
    if (health.commands % wrong.each === 0) connection.isAnswerCut = true
    return false
  }

  const send = async (chunk: Buffer): Promise<void> => {
    for (let at = 0; at < chunk.length && !connection.isCut;) {
      while (toxic()?.kind === 'timeout' && !from.destroyed) await forEver(health.changed.signal, from)
      const wrong = toxic()
      const { size, gapMs } = pace(wrong, chunk.length - at)
      const piece = chunk.subarray(at, at + size)
      at += piece.length
      if (swallows(piece)) return cut(health, connection)
      await write(to, piece)
      connection.carried += piece.length
      if (connection.isAnswerCut && health.toxic?.kind === 'ambiguous_ack') return cut(health, connection)
      if (wrong?.kind === 'limit_bytes' && connection.carried >= wrong.bytes) return cut(health, connection)
      if (gapMs > 0) await rest(gapMs, health.changed.signal)
    }
  }

  const deliver = async (chunk: Buffer, dueMs: number): Promise<void> => {
    if (dueMs > Date.now()) await rest(dueMs - Date.now(), health.changed.signal)
    await send(chunk)
    held -= chunk.length
    if (held <= MOST_HELD) from.resume()
  }

  const dueAt = (): number => {
    const wrong = toxic()
    const delayMs = wrong?.kind === 'latency' ? wrong.ms + (Math.random() * 2 - 1) * wrong.jitterMs : 0
    lastDue = Math.max(lastDue, Date.now() + delayMs)
    return lastDue
  }

  from.on('data', (chunk: Buffer) => {
    const dueMs = dueAt()
    sending = sending.then(() => deliver(chunk, dueMs))
    held += chunk.length
    if (held > MOST_HELD) from.pause()
  })
  from.once('close', () => {
    void sending.then(async () => {
      const wrong = toxic()
      if (wrong?.kind === 'slow_close') await rest(wrong.ms, health.changed.signal)
      to.end()
    })
  })
  from.on('error', () => { from.destroy() })
}

const portOf = (url: URL): number => Number(url.port)

/** A proxy on a port of its own in front of the server that `target` names. */
export const startTcpProxy = async (target: string): Promise<TcpProxy> => {
  const upstream = new URL(target)
  const health: Health = { toxic: undefined, directions: BOTH, changed: new AbortController(), cuts: 0, commands: 0 }
  const connections = new Set<Connection>()
  let [accepted, resetting]: [number, NodeJS.Timeout | undefined] = [0, undefined]
  const listener = createServer((client) => {
    accepted += 1
    const server = connect(portOf(upstream), upstream.hostname)
    const connection: Connection = { client, server, carried: 0, isAnswerCut: false, isCut: false }
    connections.add(connection)
    server.once('close', () => { connections.delete(connection) })
    for (const direction of BOTH) pipe(health, connection, direction)
  })
  await once(listener.listen(0, '127.0.0.1'), 'listening')
  const cutAll = (): void => { for (const connection of connections) cut(health, connection) }
  const url = new URL(target)
  url.port = String((listener.address() as AddressInfo).port)

  return {
    url: url.href.replace(/\/$/, ''),
    poison: (toxic, directions = BOTH) => {
      clearInterval(resetting)
      const before = health.changed
      Object.assign(health, { toxic, directions, changed: new AbortController(), commands: 0 })
      before.abort()
      if (toxic?.kind !== 'reset') return
      cutAll()
      resetting = setInterval(cutAll, toxic.everyMs)
    },
    hangUp: () => { for (const { server } of connections) server.end() },
    accepted: () => accepted,
    cuts: () => health.cuts,
    close: async () => {
      clearInterval(resetting)
      health.changed.abort()
      listener.close()
      for (const { client, server } of connections) { client.destroy(); server.destroy() }
      if (listener.listening) await once(listener, 'close')
    },
  }
}
