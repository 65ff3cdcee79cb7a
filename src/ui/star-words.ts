// What the five stars mean, from one on.
export const starWords = ['很难懂', '不大好懂', '还可以', '有用', '很有用'] as const
