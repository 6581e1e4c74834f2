/**
 * A dependency did not answer or was busy (SQLSTATE 08, 53, 57P, 40001, 40P01; a broken or silent connection). Never counted as an
 * attempt.
 */
export interface Unavailable {
  readonly type: 'Unavailable'
  readonly cause: Error
  /** It answered, but not within the time that a statement has: less at once may go through. */
  readonly tooMuch?: true
}

/** The data themselves were refused by the store (SQLSTATE 22, 23): final for the event they come from (bad inputs E125). */
export interface Unstorable {
  readonly type: 'Unstorable'
  readonly sqlState: string
  readonly cause: Error
}
