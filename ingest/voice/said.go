package voice

import "dalel/corpus"

// said are verbs of saying of a party, in the three languages. Russian and
// English verbs stand soon after their subject; a Kazakh sentence ends in its
// verb.
var said = verbs{
	after: phrases(`
		submit|submits|submitted; [did|does|do|had|have|has] not [wish] [to] raise|comment|dispute|contest|object|respond|reply|express|deny|challenge|accept|agree;
		did|does|do not submit|make|provide|file any comments|observations; refrained|declined;
		argue|argues|argued; allege|alleges|alleged; claim|claims|claimed; complain|complains|complained; contend|contends|contended;
		maintain|maintains|maintained; assert|asserts|asserted; state|states|stated; report|reports|reported; add|adds|added;
		consider|considers|considered; [point|points|pointed] out; point|points|pointed to; emphasi*; stress*; highlight*; underline*; note|notes|noted; observe|observes|observed;
		recall|recalls|recalled; reiterate*; insist*; deny|denies|denied; reject|rejects|rejected; dispute|disputes|disputed; contest|contests|contested;
		object|objects|objected; reply|replies|replied; respond|responds|responded; explain*; clarif*; agree|agrees|agreed; disagree*; accept|accepts|accepted;
		acknowledge*; admit|admits|admitted; concede*; invite|invites|invited; refer|refers|referred; rely|relies|relied; suggest|suggests|suggested;
		conclude|concludes|concluded; inform|informs|informed; critici*; challenge|challenges|challenged; plead|pleads|pleaded; believe|believes|believed;
		hold|holds|held; reaffirm*; seek|seeks; ask|asks|asked; pray|prays|prayed; cite|cites|cited; question|questions|questioned; contradict*;
		base|bases|based his|her|its|their pleas|claim|claims; share|shares|shared the … opinion|view; raise|raises|raised; invoke*; adduce*; concur|concurs|concurred; [put|puts] forward; draw|draws|drew a distinction; made|makes no comment*|observation*;
		took|take|takes the view|position; expressed|expresses|express; affirm|affirms|affirmed; declare|declares|declared; rebutted|rebuts;
		утвержда*; заявля*|заявил*; указыва*|указал*; полага*; счита*; отмеча*|отметил*; сообща*|сообщил*; добавля*|добавил*; поясня*|пояснил*;
		настаива*|настоял*; отрица*; оспарива*|оспорил*; возража*|возразил*; подчеркива*|подчеркнул*; напомина*|напомнил*; ссыла*|сослал*; жалу*|жаловал*|пожаловал*;
		не согласен|согласна|согласны|согласно|согласил*|оспарива*|представил* [своих] [замечаний]; согласил*; ответил*|отвеча*; признал*|признает|признают; доказыва*; вновь; повторя*|повторил*; обраща*|обратил* внимание; делает|сделал вывод; выразил*|выража*; просит|просят|просил*;
	`),
	final: phrases(`
		мәлімдейді|мәлімдеді|мәлімдеген; дейді|деді; [деп] айтады|айтты|айтқан; хабарлайды|хабарлады; көрсетеді|көрсетті|көрсеткен; [деп] санайды|есептейді; атап өтеді|өтті|көрсетеді|көрсетті;
		түсіндіреді|түсіндірді; [жоққа] шығарады|шығарды; [деп] сендіреді; қарсы шығады|шықты; келіспейді|келіспеді; дау айтады|айтты; жауап береді|берді|қатты; ескертеді|ескертті;
		[атап] айтады; алға тартады|тартты; шағымданады|шағымданды; талап етеді|етті; сұрайды|сұрады; сілтеме жасайды|жасады; тұжырымдайды; қосады; баса айтады|айтты;
	`),
	anyhow: phrases(`is|are|was|were of the opinion|view|position;`),
	never:  phrases(`was|were|been|be; made|lodged|filed|submitted|submits no|a|an|any [separate] claim|claims|request|application|appeal; submitted|submits|filed|lodged|produced [its|his|her|their|a|an|the] [written|further|additional|several|three|two] [written|medical] observations|defence|defense|memorial|application|brief|documents|document|request|copies|copy|certificates|certificate; who|which|whose; 's; который|которая|которые|которое;`),
}

// speakers of the same grammar make a list shorter to read.
func party(v corpus.Voice, names, views string) speaker {
	return speaker{voice: v, names: phrases(names), views: phrases(views), verbs: &said}
}

// decider is the body or the court itself: its name as a subject is enough.
func decider(v corpus.Voice, names, views string) speaker {
	return speaker{voice: v, names: phrases(names), views: phrases(views), account: true, begins: true}
}
