// What a learner reads when an answer could not be taken.

/** A refusal speaks for itself, in Chinese; a fault of ours does not, so it gets words here. */
export const trouble = (error: { status: number; message: string }): string =>
  error.status !== 500 && error.message ? error.message : ourTrouble

export const ourTrouble = '没有存上，原因在我们这边。答案还在这里，请再按一次'
export const networkTrouble = '网络断了，答案还在这里，请再按一次'
export const busyTrouble = '网站暂时忙不过来，答案还在这里，请过一会儿再按一次'
export const signedOutTrouble = '登录已经过期，答案没有记录。请重新登录后再答一次'
