import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { listenToLog } from '../../../adapters/outbound/postgres/listen.ts'
import { postgresLogSignal } from '../../../adapters/outbound/postgres/notify.ts'
import { eventually } from '../../support/eventually.ts'
import { withDatabase } from '../../support/with-database.ts'

const SETTLED_MS = 300

describe('the signal of the log', () => {
  const database = withDatabase()

  it('wakes who listens, however often it is raised, a few times only', async () => {
    const { orm, url } = database()
    let woken = 0
    const connected = Promise.withResolvers<void>()
    const listener = listenToLog(url, 'daisi-test-listen', () => {
      woken += 1
      connected.resolve()
    })
    await connected.promise
    const signal = postgresLogSignal(orm)
    for (let i = 0; i < 1_000; i += 1) signal.raise()
    await eventually('it is woken by them', () => woken > 1)
    await sleep(SETTLED_MS)
    signal.stop()
    await listener.close()
    expect(woken).to.be.at.most(4)
  })
})
