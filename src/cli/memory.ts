import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the heap's young space at 8 MB, before anything large is loaded: Node's default of 16 MB (three of them) made an idle server 209 MB
 * instead of 176 MB.
 */
export const keepYoungSpaceSmall = (): void => setFlagsFromString('--max-semi-space-size=8')
