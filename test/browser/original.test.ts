import { walkThrough } from './matrix.js'

walkThrough('behind the original 2.6.3', { guard: '2.6.3' })
