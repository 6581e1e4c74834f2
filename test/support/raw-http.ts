import { connect, type Socket } from 'node:net'

/** What came back on a connection before it closed, or before nothing more was awaited. */
export interface RawReply {
  /** Status codes in the order they came. */
  readonly statuses: ReadonlyArray<number>
  readonly text: string
  /** The other side ended the connection. */
  readonly closed: boolean
}

const STATUS_LINES = /HTTP\/1\.1 (\d{3})/g

export interface RawConnection {
  readonly socket: Socket
  readonly reply: () => RawReply
  /** Resolves when `enough` replies are there or the connection is over. */
  readonly until: (enough: number, withinMs?: number) => Promise<RawReply>
}

/** A connection of plain bytes, for what `fetch` refuses to send. */
export const rawConnection = (port: number, bytes: string | Uint8Array): RawConnection => {
  let [text, closed] = ['', false]
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => { socket.write(bytes) })
  const heard = new Set<() => void>()
  const tell = (): void => { for (const listener of heard) listener() }
  socket.on('data', (chunk) => { text += chunk.toString('latin1'); tell() })
  socket.on('error', () => { closed = true; tell() })
  socket.on('end', () => { closed = true; tell() })
  socket.on('close', () => { closed = true; tell() })
  const reply = (): RawReply => ({ text, closed, statuses: [...text.matchAll(STATUS_LINES)].map(([, status]) => Number(status)) })
  return { socket, reply, until: (enough, withinMs = 10_000) => {
    const { promise, resolve, reject } = Promise.withResolvers<RawReply>()
    const timer = setTimeout(() => { reject(new Error(`no answer within ${withinMs} ms`)) }, withinMs)
    const look = (): void => { if (closed || reply().statuses.length >= enough) resolve(reply()) }
    heard.add(look)
    look()
    return promise.finally(() => { clearTimeout(timer); heard.delete(look) })
  } }
}

/** Sends bytes and answers with the first reply; the connection is closed then. */
export const rawReply = async (port: number, bytes: string | Uint8Array, enough = 1): Promise<RawReply> => {
  const connection = rawConnection(port, bytes)
  try {
    return await connection.until(enough)
  } finally {
    connection.socket.destroy()
  }
}
