import type { Persona } from '#modules/access/index.ts'

/** Who one can be in the demo office with one click: a key, the sign-in name behind it, and what the person comes to do. All fictional. */
export const cast: Persona[] = [
  { persona: 'director', name: '林致远', post: '党组书记、主任', says: '看哪里红、为什么红；四个亲自做到哪一步' },
  { persona: 'deputy', name: '高秀兰', post: '党组成员、副主任', says: '2月1日起接管工程科和质监站：看分管单位的业务和作风' },
  { persona: 'clerk', name: '许静怡', post: '综合科科长', says: '分解部署、落到人、催办；替领导代录' },
  { persona: 'head', name: '孟庆河', post: '工程科科长', says: '看本科的清单，记一笔，把红的补上' },
  { persona: 'supervisor', name: '贺铁铮', post: '派驻纪检组组长', says: '看全办、回看任何一天、从一件事倒查到人' },
  { persona: 'secretary', name: '邵峰', post: '第二党支部书记、工程科副科长', says: '开一次支部会，一次记下全支部的学习' },
  { persona: 'staff', name: '田小雨', post: '工程科科员', says: '看自己一年要做的几件事，一分钟记完' },
]
