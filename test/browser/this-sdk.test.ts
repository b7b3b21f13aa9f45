import { walkThrough } from './matrix.js'

walkThrough('behind this SDK', { guard: 'this SDK' })
