import { generate } from 'selfsigned'

export interface Certificate {
  key: string
  cert: string
}

const day = 24 * 60 * 60 * 1000

/** A certificate for a host that nobody but itself vouches for, good for `days` from now: -1 is over since yesterday. */
export async function certificate(host: string, days = 1): Promise<Certificate> {
  const end = Date.now() + days * day
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(end - 2 * day),
    notAfterDate: new Date(end),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  })
  return { key, cert }
}
