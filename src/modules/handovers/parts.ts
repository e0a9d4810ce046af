import type { HandoverPart } from '#kernel/handover.ts'
import { grantHandover } from '#modules/access/index.ts'
import { confirmationHandover } from '#modules/acts/index.ts'
import { dutyHandover } from '#modules/duties/index.ts'
import { obligationHandover } from '#modules/obligations/index.ts'
import { chargeHandover, postHandover } from '#modules/org/index.ts'
import { pledgeHandover } from '#modules/pledges/index.ts'

/**
 * The one visible list of what is handed over, in the order in which it is carried out: whoever takes over has their post before anything else, and the obligations
 * end with the tally. A part belongs to its own module, which gives it out through its index.
 */
export const parts: readonly HandoverPart[] = [
  postHandover,
  chargeHandover,
  dutyHandover,
  pledgeHandover,
  confirmationHandover,
  grantHandover,
  obligationHandover,
]
