import type { Environment } from '../service-process.ts'

/** Settings that may start in production, but for the servers, which exist nowhere. */
export const PRODUCTION: Environment = {
  NODE_ENV: 'production', NATS_URL: 'tls://nats.invalid:4222', DATABASE_URL: 'postgres://daisi:s3cret-of-the-database@db.invalid/daisi?sslmode=verify-full',
  JWT_JWKS_URL: 'https://keys.invalid/jwks', CURSOR_SECRET: 'b6Yk0c0f1YvQ2m9Zt3xW8uE5rT7pL4aN',
}
