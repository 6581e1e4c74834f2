import { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext, type TlsOptions } from 'node:tls'

/** PEM texts. */
export interface Tls {
  readonly certificate: string
  readonly key: string
  /** When given, clients must show a certificate that one of these signed. */
  readonly clientCa?: string
}

const LEAST_VERSION = 'TLSv1.2'

type Choose = (error: Error | null, context?: SecureContext) => void

/** Who asks for another name is refused, rather than shown the wrong certificate (bad inputs H17). */
const onlyFor = ({ certificate, key, clientCa }: Tls): TlsOptions['SNICallback'] => {
  const own = new X509Certificate(certificate)
  const ca = clientCa === undefined ? {} : { ca: clientCa }
  const context = createSecureContext({ cert: certificate, key, minVersion: LEAST_VERSION, ...ca })
  return (name: string, choose: Choose) => {
    if (own.checkHost(name) === undefined) choose(new Error('unknown server name'))
    else choose(null, context)
  }
}

/** TLS 1.2 or newer; older ones are refused in the handshake (RFC 8996). */
export const tlsOptions = (tls: Tls): TlsOptions => ({
  cert: tls.certificate, key: tls.key, minVersion: LEAST_VERSION, SNICallback: onlyFor(tls),
  ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }),
})
