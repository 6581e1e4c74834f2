import type { CompanyId } from '../../../domain/company.ts'
import { tooMuch } from './refusals.ts'

/** A company's share of one process (bad inputs Q35). */
export interface Share {
  /** Most requests answered at a time. */
  readonly concurrency: number
  /** Rows it may ask for, lasting; twice that at once. */
  readonly rowsPerSecond: number
}

export interface Budget {
  /** Runs `work` if there is room for one more request, else throws `RATE_LIMITED`. */
  readonly within: <A>(companyId: CompanyId, work: () => Promise<A>) => Promise<A>
  /** Throws `RATE_LIMITED` and takes nothing when less than that is left. */
  readonly spend: (companyId: CompanyId, rows: number) => void
}

interface Account { running: number; rows: number; at: number }

const BURST_SECONDS = 2
const MS_PER_SECOND = 1_000
/** What a request costs whatever it asks for. */
const ROWS_OF_A_REQUEST = 1
/** Companies remembered; those that are forgotten start with a full account, which they would soon have anyway. */
const MOST_ACCOUNTS = 10_000
const RETRY_SECONDS = 1

/** The least recently used one that is idle goes first. */
const forgetOne = (accounts: Map<CompanyId, Account>): void => {
  for (const [companyId, { running }] of accounts) if (running === 0) {
    accounts.delete(companyId)
    return
  }
}

type AccountOf = (companyId: CompanyId) => Account

/** Refills an account when it is looked at. */
const ledger = (rowsPerSecond: number, nowMs: () => number): AccountOf => {
  const accounts = new Map<CompanyId, Account>()
  const most = rowsPerSecond * BURST_SECONDS
  return (companyId) => {
    const now = nowMs()
    const account = accounts.get(companyId) ?? { running: 0, rows: most, at: now }
    account.rows = Math.min(most, account.rows + (now - account.at) * rowsPerSecond / MS_PER_SECOND)
    account.at = now
    accounts.delete(companyId)
    if (accounts.size >= MOST_ACCOUNTS) forgetOne(accounts)
    accounts.set(companyId, account)
    return account
  }
}

/** Concurrency and a token bucket of rows for each company, in this process's memory. */
export const companyBudget = ({ concurrency, rowsPerSecond }: Share, nowMs = () => performance.now()): Budget => {
  const accountOf = ledger(rowsPerSecond, nowMs)
  const spend: Budget['spend'] = (companyId, rows) => {
    const account = accountOf(companyId)
    if (account.rows < rows) throw tooMuch(Math.ceil((rows - account.rows) / rowsPerSecond))
    account.rows -= rows
  }
  return {
    spend,
    within: async (companyId, work) => {
      const account = accountOf(companyId)
      if (account.running >= concurrency) throw tooMuch(RETRY_SECONDS)
      spend(companyId, ROWS_OF_A_REQUEST)
      account.running += 1
      try {
        return await work()
      } finally {
        account.running -= 1
      }
    },
  }
}
