import { Configuration } from '../../src/options.js'
import type { HttpOptions } from '../../src/transport/http-options.js'
import { createRequest, type Request } from '../../src/transport/request.js'
import { type TestClock, testClock } from './clock.js'

/** The transport by itself, on a clock of the test's own. */
export function testRequest(
  serverApiUrl: string,
  httpOptions: HttpOptions = {},
  clock: TestClock = testClock(),
): { request: Request; clock: TestClock } {
  const configuration = new Configuration({ apiKey: 'test_key', serverApiUrl, httpOptions })
  return { request: createRequest(() => configuration.ready, clock), clock }
}
