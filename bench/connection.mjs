// A client that costs as little as it can, so that the server is what is measured: `node:http` takes longer to ask than a
// quick server to answer.
import { connect } from 'node:net'

const endOfHead = '\r\n\r\n'
const endOfChunks = Buffer.from('0\r\n\r\n')

/**
 * Opens a connection that is kept. Each call sends one request as it is written, and resolves with the status once the
 * whole answer is there. Only one may be under way at a time.
 *
 * @param {string} url
 * @returns {(request: string) => Promise<number>}
 */
export function connection(url) {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  /** @type {{ resolve: (status: number) => void, reject: (error: Error) => void } | undefined} */
  let asked
  let answer = newAnswer()

  socket.on('data', (/** @type {Buffer} */ bytes) => {
    if (!answer.take(bytes)) return
    const { status } = answer
    answer = newAnswer()
    asked?.resolve(status)
  })
  const fail = (/** @type {Error | undefined} */ error) => asked?.reject(error ?? new Error(`${url} hung up`))
  socket.on('error', fail).on('close', () => fail(undefined))

  return (request) =>
    new Promise((resolve, reject) => {
      asked = { resolve, reject }
      socket.write(request)
    })
}

/** Takes an answer as it comes, and tells when it is whole. Of the body, it looks at nothing but the end. */
function newAnswer() {
  /** @type {Buffer | undefined} */
  let before
  /** Bytes of the body that are still to come; `undefined` while the head is, and of one in chunks. @type {number | undefined} */
  let left
  return {
    status: 0,
    /** @param {Buffer} bytes */
    take(bytes) {
      if (left !== undefined) {
        left -= bytes.length
        return left === 0
      }
      const all = before ? Buffer.concat([before, bytes]) : bytes
      before = all
      const end = all.indexOf(endOfHead)
      if (end === -1) return false
      const head = all.toString('latin1', 0, end)
      this.status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
      if (length === undefined) return all.subarray(-endOfChunks.length).equals(endOfChunks)
      left = end + endOfHead.length + Number(length) - all.length
      return left === 0
    },
  }
}
