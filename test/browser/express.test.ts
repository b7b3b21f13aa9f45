import { walkThrough } from './matrix.js'

walkThrough('behind @clerk/express', { guard: '@clerk/express' })
