import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What one connection asks again and again. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Load { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

const MS_PER_SECOND = 1_000
const HEAD_END = Buffer.from('\r\n\r\n')

const bytesOf = ({ method, url, headers = {}, body = '' }: Asked): Buffer => {
  const { host, pathname, search } = new URL(url)
  const lines = Object.entries({ host, ...headers, 'content-length': String(Buffer.byteLength(body)) }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** The whole of one answer: nothing of the next can be there, for nobody has asked for it. */
const answerIn = async (socket: Socket): Promise<string> => {
  const chunks: Buffer[] = []
  for (let bytes = 0, needed = Infinity; bytes < needed;) {
    const [chunk] = await once(socket, 'data') as [Buffer]
    chunks.push(chunk)
    bytes += chunk.length
    if (needed < Infinity) continue
    const head = Buffer.concat(chunks)
    const end = head.indexOf(HEAD_END)
    if (end >= 0) needed = end + HEAD_END.length + Number(/content-length: (\d+)/i.exec(head.toString('latin1', 0, end))?.[1] ?? NaN)
  }
  return Buffer.concat(chunks).toString()
}

const opened = async ({ url }: Asked): Promise<Socket> => {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** Body of the answer to one request; rejects whatever is not 200. */
export const askedOnce = async (asked: Asked): Promise<string> => {
  const socket = await opened(asked)
  socket.write(bytesOf(asked))
  const answer = await answerIn(socket)
  socket.destroy()
  if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`answered ${answer.slice(0, 200)}`)
  return answer.slice(answer.indexOf('\r\n\r\n') + HEAD_END.length)
}

const percentile = (sorted: ReadonlyArray<number>, share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN

/** One connection for each of `all`, one request at a time on each; plain sockets, so that the asker takes little of the machine. */
export const httpLoad = async (all: ReadonlyArray<Asked>, seconds: number): Promise<Load> => {
  const until = performance.now() + seconds * MS_PER_SECOND
  const samples: number[] = []
  await Promise.all(all.map(async (asked) => {
    const [socket, bytes] = [await opened(asked), bytesOf(asked)]
    for (let now = performance.now(); now < until;) {
      socket.write(bytes)
      const answer = await answerIn(socket)
      if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`answered ${answer.slice(0, 200)}`)
      samples.push(performance.now() - now)
      now = performance.now()
    }
    socket.destroy()
  }))
  const sorted = samples.sort((a, b) => a - b)
  return { perSecond: samples.length / seconds, p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) }
}
