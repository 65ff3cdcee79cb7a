// Papers as teachers of many habits write them; invented, each with habits of its own.

/** A county school: headings with points, a blank line between questions, answers below each. */
export const school = `2026年村干部培训测试卷
（闭卷，时间60分钟）

一、单项选择题（每题2分，共4分）

1、村级重大事项决策实行“四议两公开”，其中“四议”的第一步是（  ）。
A、党支部会提议
B、两委会商议
C、党员大会审议
D、村民代表会议决议
答案：A
解析：先由党支部提议，再商议、审议、决议。
难度：易

2、下列做法正确的是（  ）
A.评议前收下土鸡
B.当晚退回并说明
C.评议后再退
D.转送他人
答案：Ｂ
解析：退回、说明、留下记录。
三步都要做。

二、多项选择题（每题3分）

1、应当公开的有（  ）
A.低保名单 B.村集体账目 C.家庭电话 D.工程招标结果
正确答案：ABD
答案解析：家庭电话是个人信息。

三、判断题
1、没有人看见的谢礼可以收。（  ）
答案：错误
`

/** Pasted from a chat: no headings, full-width letters, tabs, Windows line ends, the answer in brackets. */
export const chat =
  '\uFEFF１．党员大会要有多少党员到会？（Ｂ）\r\nＡ．二分之一\tＢ．三分之二\tＣ．全体\r\n２．接待来访，先做什么？（ C ）\r\nＡ．登记Ｂ．请坐Ｃ．听他说完Ｄ．答复\r\n３．公示期不少于几天？（AC）\r\nＡ．三天以上\r\nＢ．不用公示\r\nＣ．七天\r\n'

/** Answers at the end of the paper, numbering begins anew in each section. */
export const answersAtEnd = `一、单选题
1. 甲的第一问（）
A. 一 B. 二 C. 三 D. 四
2. 甲的第二问（）
A. 一
B. 二
C. 三
3. 甲的第三问（）
A. 一
B. 二
二、多选题
1. 乙的第一问（）
A. 一
B. 二
C. 三
2. 乙的第二问（）
A. 一
B. 二
C. 三
三、判断题
1. 丙的第一句。（ ）
2. 丙的第二句。（ ）

参考答案：
一、1-3 BCA
二、1.ABC 2.AC
三、1-2 √×
`

/** One key for the whole paper, on the line of its title; missing blank lines. */
export const oneKey = `单选题
1.第一问
A.甲
B.乙
2.第二问
A.甲
B.乙
3.第三问
A.甲
B.乙
4.第四问
A.甲
B.乙
5.第五问
A.甲
B.乙
参考答案：1-5 BAABB`

/** Tags and labels in 【】, everything of a question in few lines, as question banks on the web print it. */
export const tags = `【单选题】1、发现同事收礼，先怎么办？
A.装作没看见；B.提醒他退回；C.发到群里
【答案】B【解析】先提醒，再按规定报告。【难度】中等
【判断题】2、公款可以先借后还。
【答案】×
【解析】公款不能借作私用。
`

/** Steps, pairs, blanks, sentences; some with their indicator and passage. */
export const allKinds = `指标：openness
出处：lsn-siyi
一、排序题
1．“四议两公开”的先后：
①党员大会审议
②党支部会提议
③两委会商议
答案：②③①
二、连线题
1．把会议和人配起来
（1）党员大会
（2）村民代表会议
A．全体党员
B．村民代表
C．驻村干部
答案：1-A，2-B
三、填空题
1．党员大会要有＿＿＿以上的党员到会。
答案：三分之二|2/3
依据：到会党员要达到三分之二
2．公示（    ）天。
答案：七
四、简答题
1．收到匿名信怎么办？
评分要点：登记（2分）
评分要点：按程序转办（3分）
参考答案：先登记，再按程序转办，不打听是谁写的。
`

/** Answers at the end in a table, under a title that is no mere 参考答案. */
export const tableKey = `一、单选题（本大题共2小题，每小题2分，共4分）
1．第一问（　　）
A．甲\tB．乙\tC．丙\tD．丁
2．第二问（　　）
A．甲\tB．乙\tC．丙\tD．丁
二、多选题
3．第三问（　　）
A．甲\tB．乙\tC．丙\tD．丁
三、判断题
4．第四句。（　　）
四、填空题
5．公示____天。
附：参考答案及评分标准
题号\t1\t2\t3\t4
答案\tB\tC\tABC\t×
5．七
`

/** Answers at the end, each with why; points within an explanation are numbered too. */
export const explainedKey = `一、单选题
1. 第一问
A. 甲
B. 乙
2. 第二问
A. 甲
B. 乙
3. 第三问
A. 甲
B. 乙
二、判断题
1. 第四句
2026年村干部测试卷参考答案
一、单选题（每题2分，共6分）
1.【答案】B【解析】见第2条，1年内不得如此。
2.【答案】A
【解析】两点：
1.先登记；
2.再转办。
3、B。见第3条
二、判断题
1、错，应当是三分之二。
`

/** Blanks only, with figures in the answers. */
export const figures = `一、填空题
1. 上限____元。
2. 工期____天。
3. 时间____。
4. 比例____。
参考答案：
1. 2.5万
2. 3-5天
3. 上午9:00
4. 10%
`

/** Answers behind each section; the second has its own numbers. */
export const sectionKeys = `一、单选题
1.甲
A.一 B.二
2.乙
A.一 B.二
3.丙
A.一 B.二
答案：1.A 2.B
第1页 共2页
二、判断题
1.丁
2.戊
3.己
答案：1.√ 2.× 3.×
`
