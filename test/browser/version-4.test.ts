import { walkThrough } from './matrix.js'

walkThrough('behind 4.13.23', { guard: '4.13.23' })
