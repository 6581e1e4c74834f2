import { expect } from 'chai'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { eventually } from '../../support/eventually.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'
import type { Direction, Toxic } from './toxics.ts'

const DOWN: ReadonlyArray<Direction> = ['down']

/** A client of an echo behind a proxy: what has come back so far. */
interface Caller { readonly socket: Socket; readonly answer: () => string; readonly hasEnded: () => boolean }

const call = async (proxy: TcpProxy): Promise<Caller> => {
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1')
  let [answer, hasEnded] = ['', false]
  socket.on('data', (chunk: Buffer) => { answer += chunk.toString('latin1') })
  socket.on('error', () => undefined)
  socket.once('close', () => { hasEnded = true })
  await once(socket, 'connect')
  return { socket, answer: () => answer, hasEnded: () => hasEnded }
}

const sizedFrame = (type: string, body: string): Buffer => {
  const frame = Buffer.alloc(body.length + 5)
  frame.write(type)
  frame.writeInt32BE(body.length + 4, 1)
  frame.write(body, 5)
  return frame
}

describe('the proxy that breaks links', () => {
  let [server, heard]: [Server, string] = [createServer(), '']
  let proxy: TcpProxy

  beforeEach(async () => {
    heard = ''
    server = createServer((socket) => {
      socket.on('data', (chunk: Buffer) => { heard += chunk.toString('latin1'); socket.write(chunk) })
      socket.on('error', () => undefined)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    proxy = await startTcpProxy(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })

  afterEach(async () => {
    await proxy.close()
    server.close()
  })

  /** Milliseconds until `text` has come back. */
  const roundTrip = async (toxic: Toxic | undefined, text: string): Promise<number> => {
    proxy.poison(toxic)
    const caller = await call(proxy)
    const sentAt = performance.now()
    caller.socket.write(text)
    await eventually('the whole answer', () => caller.answer() === text)
    return performance.now() - sentAt
  }

  it('is not felt while nothing is wrong', async () => {
    const text = 'x'.repeat(300_000)
    expect(await roundTrip(undefined, text)).to.be.below(1_000)
    expect(proxy.cuts()).to.equal(0)
  })

  it('delays each way by the latency, and keeps the order', async () => {
    expect(await roundTrip({ kind: 'latency', ms: 100, jitterMs: 40 }, 'abc')).to.be.within(110, 1_000)
  })

  it('lets through so many bytes a second', async () => {
    expect(await roundTrip({ kind: 'bandwidth', bytesPerSecond: 40_000 }, 'y'.repeat(20_000))).to.be.within(400, 3_000)
  })

  it('cuts what is sent into slices', async () => {
    expect(await roundTrip({ kind: 'slicer', bytes: 1, gapMs: 0 }, 'sliced'.repeat(20))).to.be.below(1_000)
    expect(heard).to.equal('sliced'.repeat(20))
  })

  it('holds everything in a black hole, one way or both, and loses nothing of it', async () => {
    const caller = await call(proxy)
    proxy.poison({ kind: 'timeout' }, DOWN)
    caller.socket.write('question')
    await eventually('the server hears', () => heard === 'question')
    expect(caller.answer()).to.equal('')
    proxy.poison()
    await eventually('the answer comes after all', () => caller.answer() === 'question')
  })

  it('breaks a connection that has carried its bytes, and not the next one', async () => {
    proxy.poison({ kind: 'limit_bytes', bytes: 10 })
    const caller = await call(proxy)
    caller.socket.write('more than ten bytes')
    await eventually('the connection broke', caller.hasEnded)
    expect(proxy.cuts()).to.equal(1)
    expect(await roundTrip(undefined, 'again')).to.be.below(1_000)
  })

  it('resets what is connected, again and again', async () => {
    proxy.poison({ kind: 'reset', everyMs: 50 })
    for (const expected of [1, 2]) {
      const caller = await call(proxy)
      await eventually('reset', caller.hasEnded)
      expect(proxy.cuts()).to.be.at.least(expected)
    }
  })

  it('tells the client late that the server has closed', async () => {
    const caller = await call(proxy)
    caller.socket.write('x')
    await eventually('connected through', () => caller.answer() === 'x')
    proxy.poison({ kind: 'slow_close', ms: 200 }, DOWN)
    const hungUpAt = performance.now()
    proxy.hangUp()
    await eventually('the end', caller.hasEnded)
    expect(performance.now() - hungUpAt).to.be.at.least(190)
  })

  it('breaks the connection when the server has heard COMMIT and before the client hears of it', async () => {
    proxy.poison({ kind: 'ambiguous_commit', each: 2 })
    const caller = await call(proxy)
    for (const frame of [sizedFrame('Q', 'select commit\0'), sizedFrame('Q', 'commit\0')]) caller.socket.write(frame)
    await eventually('the first COMMIT is answered', () => caller.answer().endsWith('commit\0') && proxy.cuts() === 0)
    const before = caller.answer()
    const parse = sizedFrame('P', '\0COMMIT\0\0\0')
    caller.socket.write(parse.subarray(0, 7))
    caller.socket.write(parse.subarray(7))
    await eventually('the second COMMIT is cut', caller.hasEnded)
    expect(heard.endsWith('COMMIT\0\0\0')).to.equal(true)
    expect(caller.answer().slice(before.length)).not.to.include('COMMIT')
  })

  for (const ack of ['PUB $JS.ACK.s.c.1.2.3.4.5 4\r\n+ACK\r\n', 'PUB $JS.ACK.s.c.1.2.3.4.5 0\r\n\r\n'])
    it(`breaks the connection behind an acknowledgement (${ack.includes('+') ? 'spoken' : 'empty'})`, async () => {
      proxy.poison({ kind: 'ambiguous_ack', each: 1 })
      const caller = await call(proxy)
      caller.socket.write('PING\r\nPUB v1.other 4\r\n+ACK\r\n')
      await eventually('no cut for another publish', () => caller.answer().endsWith('+ACK\r\n'))
      expect(caller.hasEnded()).to.equal(false)
      caller.socket.write(ack.slice(0, 20))
      caller.socket.write(ack.slice(20))
      await eventually('cut', caller.hasEnded)
      await eventually('the server has it', () => heard.endsWith(ack))
    })
})
