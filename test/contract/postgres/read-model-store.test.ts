import { openReadSide, type OpenReadSide } from '../../adapters/postgres/read-models/open-read-side.ts'
import { describeReadModelStore } from '../read-model-store.contract.ts'

describe('on PostgreSQL', () => {
  let side: OpenReadSide
  before(async () => { side = await openReadSide() })
  after(() => side.close())

  describeReadModelStore('PostgreSQL', async () => {
    await side.clear()
    return side
  })
})
