import type { RuleValue } from '#kernel/rulepack.ts'

/** Lists of a branch from rule data. Pure. */

type Post = { id: string; name: string; roles: readonly string[] }

/**
 * Whose each item is: the post of the branch that has the item's role; without a committee, or where there is no such post, the secretary's, who carries
 * all lists (支部工作条例, ch. 6). What only a committee does is left out without one. No post: the branch has not even a secretary's.
 */
export function proposedFor<P extends Post>(
  rules: readonly RuleValue[],
  posts: readonly P[],
  committee: boolean,
): { rule: RuleValue; post: P | null }[] {
  const withRole = (role: string) => posts.find((post) => post.roles.includes(role))
  const secretary = withRole('branch_secretary') ?? withRole('head') ?? null
  return rules
    .filter((rule) => committee || !rule.committee)
    .map((rule) => ({ rule, post: (committee && rule.role ? withRole(rule.role) : undefined) ?? secretary }))
}
