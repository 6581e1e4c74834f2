import { CASES } from './failpoints/cases.ts'
import { sweep } from './failpoints/sweep.ts'
const want = process.argv[2] ?? ''
const cases = CASES.filter((c) => `${c.failpoint.boundary} ${c.failpoint.event} ${c.failpoint.action}`.match(want))
console.log(CASES.length, cases.length); const t = Date.now()
const r = await sweep(cases); console.log((Date.now() - t), JSON.stringify(r, null, 1).slice(0, 6000))
