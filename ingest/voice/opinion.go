package voice

import "dalel/corpus"

// States of an opinion and of views.
var (
	bodyProcedure   = state{voice: corpus.VoiceBody, section: corpus.SectionProcedure, turns: heldTurns}
	opinionOpens    = state{voice: corpus.VoiceBody, section: corpus.SectionProcedure, turns: heldTurns, parties: &partiesSay}
	bodyReasons     = state{voice: corpus.VoiceBody, section: corpus.SectionReasoning}
	bodyDecides     = state{voice: corpus.VoiceBody, section: corpus.SectionOperative}
	sourceSays      = state{voice: corpus.VoiceSource, section: corpus.SectionSubmissions, turns: ownTurn}
	governmentSays  = state{voice: corpus.VoiceGovernment, section: corpus.SectionSubmissions, turns: ownTurn}
	partiesSay      = state{section: corpus.SectionSubmissions, turns: heldTurns}
	separateOpinion = state{voice: corpus.VoiceDissent, closed: true}
	attached        = state{closed: true} // an annex: anything
)

// separate are the titles of separate opinions, of courts and committees.
const separate = `
	[joint|partly|partially|annex|appendix] [i|ii|iii|iv] [joint|partly|partially] [dissenting|concurring|separate|individual] [and] [partly|partially] dissenting|concurring|separate|individual opinion|opinions [of|by] … … …;
	[joint|partly|partially] dissenting|concurring|separate|individual opinion|opinions; joint opinion of|by …  … …; joint|individual|separate opinion of|by … … …; declaration of vote [by] …;
	statement of|by [dissent] judge …; opinion of judge|mr|mrs|ms …; opinion individual …;
	[совместное|частично] [особое|совпадающее|отдельное|индивидуальное] мнение судьи|судей|члена|членов … … …; [частично] [совместное] особое|совпадающее|отдельное|индивидуальное мнение … … …; особое мнение;
	[комитет] [мүшесінің|судьяның|судьялардың] … ерекше|жеке пікірі|пікір; ерекше пікір; … судьяның ерекше пікірі;
`

// opinionSpeakers are who speaks in an opinion of the Working Group.
var opinionSpeakers = []speaker{
	party(corpus.VoiceSource,
		`[the] source|sources|petitioner|petitioners|complainant; источник|источники|заявитель|податель|авторы; дереккөз|дереккөздер; өтініш|арыз беруші|иесі;`,
		`according to the source|sources|petitioner|complainant; in the source's|petitioner's view|opinion|submission; [по] мнению|словам|утверждению|информации|сообщению источника; согласно [информации|сообщению] источника|источнику|источником; как утверждает|сообщает|указывает источник; дереккөздің айтуынша|мәліметінше|пікірінше; дереккөзге сәйкес; өтініш берушінің айтуынша|пікірінше|мәліметінше;`),
	party(corpus.VoiceGovernment,
		`[the] government|authorities [of]; правительство|власти; [қазақстан] үкімет|үкіметі;`,
		`according to the government [of]; in [its|the] reply|response [of] [the] … government; in the government's view|opinion|submission; [по] мнению|словам|утверждению|данным|информации правительства; согласно [ответу|информации] правительства|правительству; в своем ответе [от] … правительство; үкіметтің айтуынша|пікірінше|мәліметінше; өз жауабында үкімет;`),
	decider(corpus.VoiceBody,
		`[the] working group|committee; [the] special rapporteur|rapporteurs; рабочая группа; комитет; жұмыс тобы; комитет;`,
		`in the view|opinion of the working group|committee; in the working group's|committee's view|opinion; по мнению рабочей группы|комитета; жұмыс тобының пікірінше|айтуынша; комитеттің пікірінше;`),
}

// opinion is an opinion of the UN Working Group on Arbitrary Detention. Since
// 2012 its parts have headings; before, the subject of each paragraph tells.
// "[Adopted on …]" ends it (methods of work, A/HRC/36/38).
var opinion = form{
	first:    opinionOpens,
	speakers: opinionSpeakers,
	heads: []head{
		heading(partiesSay, `[i|1|a] submissions; information [received]; [representations] [of] [the] parties; представленные материалы; представленная|полученная информация; материалы|информация, представленные сторонами; [доводы|позиции] сторон; ұсынылған материалдар; тараптардың уәждері;`),
		heading(sourceSays, `[a|1] [initial] communication|communications|information|allegations|submission|submissions|comments|petition [received] [from|of|by] the source|sources|petitioner; [a] source's|source|sources submission|submissions|allegations|communication; [further|additional|final] [and] [additional|further] comments|comment|information|submission|submissions|observations|reply|response|remarks [received] [from|of|by] the source|sources [on|to] …; [further|additional] comments|reply of|from the source; the source's [further|additional] comments|reply|response; source's comments [on] …; rebuttal of|from the source;
			сообщение|информация|сведения|утверждения|представление [поступившее|полученное|полученная|полученные] [от] источника; сообщение|информация, полученное|полученная|полученные|поступившее от источника; дополнительные|последующие|дальнейшие [комментарии|замечания|сведения|соображения|пояснения] [от|представленные] источника|источником; [комментарии|замечания|ответ] источника … …; дополнительная информация [от] источника; доводы|утверждения источника;
			дереккөзден|дереккөздің [алынған|келіп|түскен] хабарлама|хабарламасы|ақпарат|хабарламалары; дереккөздің [қосымша] [түсініктемелері|ескертпелері|ескертулері|пікірлері|уәждері]; өтініш берушінің [қосымша] уәждері|хабарламасы|түсініктемелері|ескертпелері; дереккөздің қосымша түсініктемелері|ескертпелері|ескертулері;`),
		heading(governmentSays, `[b|2] [late|further|additional|initial] response|reply|replies|responses|information|comments|observations|submission|submissions [received] from|of|by the government [to] …; [the] government's [late|further|additional] response|reply|comments|observations|submission [to] …; government response|reply;
			[поздний|запоздалый|дополнительный] ответ|ответы|информация|замечания|комментарии [полученный|поступивший|от|представленная] [от] правительства [на] …; позиция правительства; доводы правительства;
			үкіметтің|үкіметтен [алынған|кешіккен|қосымша] жауабы|жауап|түсініктемелері|ескертпелері|ескертулері|уәждері;`),
		heading(bodyReasons, `[c|d|ii|2|3] discussion; consideration [of] [the] [case]; findings|analysis|assessment [of] [the] [working] [group]; обсуждение; рассмотрение [дела|вопроса|материалов]; [анализ|выводы] рабочей группы; талқылау; жұмыс тобының талқылауы|тұжырымдары; істі талқылау|қарау;`),
		heading(bodyDecides, `[d|e|iii|3|4] disposition; decision; opinion; [disposition] [and] follow-up [procedure]; follow-up procedure; решение; постановляющая часть; заключение; мнение; [процедура] последующих [действий|деятельности]|действий; последующая деятельность; процедура последующих действий|деятельности|мер; шешім; қорытынды; қарар бөлігі; кейінгі іс-қимыл|шаралар [рәсімі|тәртібі]; бақылау рәсімі;`),
		heading(separateOpinion, separate),
	},
	marks: []mark{
		{phrases: phrases(`the working group believes|considers|finds|concludes|recalls|observes; the working group is [now] [of] in|of a|the position|opinion|view; рабочая группа считает|полагает|находит|приходит|напоминает|отмечает; жұмыс тобы … деп санайды|есептейді|табады;`), state: bodyReasons, own: true, in: corpus.SectionSubmissions},
		{phrases: phrases(`in|on [the] light|basis|view of the|all foregoing|above|preceding|this … working group … …; [in] [the] [light] [of] [the] [above|foregoing] the working group … renders|expresses|adopts|issues the following opinion; the working group renders|adopts|expresses …; с|в учетом|свете|силу|виду вышеизложенного|изложенного|этого|вышесказанного … рабочая группа … …; ввиду|исходя [из] вышеизложенного|изложенного … рабочая группа; рабочая группа выносит|выражает|принимает|формулирует следующее мнение|решение; жоғарыда айтылғандардың|баяндалғандардың|айтылғандарды|баяндалғанды … жұмыс тобы … …; жұмыс тобы мынадай|төмендегідей пікір …;`), state: bodyDecides, own: true, in: corpus.SectionReasoning},
		{phrases: phrases(`in|on [the] light|basis|view of the|all foregoing|above|preceding … working group … … opinion; с|в учетом|свете вышеизложенного|изложенного … рабочая группа … … мнение; жоғарыда айтылғандардың|баяндалғандардың … жұмыс тобы … … пікір|пікірін;`), state: bodyDecides, own: true},
	},
}

// viewsSpeakers are who speaks in the views of a treaty body.
var viewsSpeakers = []speaker{
	party(corpus.VoiceSource,
		`[the] author|authors|complainant|complainants|petitioner|petitioners|author's|authors' [counsel|lawyer|representative]; counsel; автор|авторы|заявитель|заявительница|податель|адвокат; автор|авторлар; өтініш|шағым беруші|иесі;`,
		`according to the author|authors|complainant|petitioner|counsel; in the author's|complainant's|petitioner's view|opinion; [по] мнению|словам|утверждению автора|авторов|заявителя; автордың айтуынша|пікірінше;`),
	party(corpus.VoiceGovernment,
		`[the] state party; [the] government; государство-участник; правительство; қатысушы мемлекет; мемлекет-қатысушы;`,
		`according to the state party|government; in the state party's view|opinion; by|in [a|its] [further|supplementary] submission|submissions|note|notes|letter|observations [verbale] [of|dated] … the state party; [по] мнению|словам|утверждению государства-участника; [в] [своей|своем|своих] [вербальной] ноте|записке|представлении|замечаниях [от] … государство-участник; қатысушы мемлекеттің айтуынша|пікірінше;`),
	decider(corpus.VoiceBody, `[the] [human] [rights] committee; комитет; [адам] [құқықтары] комитеті; комитет;`, `in the committee's|view|opinion [of] [the] [committee]; по мнению комитета; комитеттің пікірінше; before considering any claim|claims; прежде чем рассматривать;`),
	{voice: corpus.VoiceThird, names: phrases(`[the] third-party|third intervener|interveners|party; третья сторона; третьи стороны;`), verbs: &said},
}

var (
	authorTells   = state{voice: corpus.VoiceSource, section: corpus.SectionFacts, turns: noTurns}
	authorArgues  = state{voice: corpus.VoiceSource, section: corpus.SectionSubmissions, turns: noTurns}
	stateArgues   = state{voice: corpus.VoiceGovernment, section: corpus.SectionSubmissions, turns: ownTurn}
	othersArgue   = state{voice: corpus.VoiceThird, section: corpus.SectionSubmissions, turns: noTurns}
	committeeWays = state{voice: corpus.VoiceBody, section: corpus.SectionReasoning, turns: noTurns}
)

// views are the views, opinions and decisions of the treaty bodies on
// communications. Paragraphs count as 4.2 under 4: where there are no headings
// (before 1990), the first of a group says whose it is.
var views = form{
	first:    bodyProcedure,
	grouped:  true,
	speakers: viewsSpeakers,
	heads: []head{
		heading(authorTells, `[the] facts [of] [the] [case] [as] [submitted|presented|described|stated] [by] [the] [author|authors|complainant|complainants|petitioner|petitioners|counsel]; [factual] background; summary of [the] [facts|information] …; факты [дела] [в] [изложении|представленные|изложенные] [автора|авторов|автором|авторами|заявителя|заявителем]; изложение фактов [автором]; обстоятельства дела; фактологическая справка; автор баяндаған фактілер; [автор|өтініш] [беруші] баяндаған|келтірген|ұсынған фактілер|мән-жайлар; істің мән-жайлары|фактілері;`),
		heading(authorArgues, `[the] complaint|complaints|claim|claims; [the] [author's|authors'|author|complainant's|petitioner's|counsel's] [further|additional] comments|comment|submission|submissions|observations|information|reply|response|arguments [by|from|of|on] … … …; comments|submissions|observations|information [by|of|from|submitted] [the] [author|authors|complainant|counsel|petitioner] [on] … …; [further|additional] [comments|submissions|observations|information] [by|from|of] the author|authors|complainant|petitioner|counsel … …; жалоба; [содержание|суть|существо] жалобы; [дополнительные] комментарии|замечания|пояснения|представления|возражения автора|авторов|заявителя|заявительницы|адвоката … … …; комментарии к|по замечаниям государства-участника …; шағым; шағымның мәні; автордың|авторлардың [қосымша] түсініктемелері|ескертпелері|пікірлері … …; автордың … түсініктемелері|ескертпелері|пікірлері;`),
		heading(stateArgues, `[the] state party's [further|additional|supplementary] observation|observations|submission|submissions|comments|reply|response|information [on|as] … … … …; [further|additional|supplementary] [observations|submissions|comments|information|reply|response] [of|by|from] the state party … … …; observations|submissions|information|comments of|by|from|submitted [the|by] [the] state party … … …; government's [observations|reply|response] …; [дополнительные] замечания|комментарии|представления|информация|ответ [от] государства-участника … … … ; қатысушы мемлекеттің [қосымша] ескертпелері|түсініктемелері|жауабы|пікірлері … …; қатысушы мемлекеттің … ескертпелері|түсініктемелері|пікірі|жауабы;`),
		heading(othersArgue, `third-party|third [party] [intervention|interventions|submissions|comments] …; submissions by third parties|party …; представления|вмешательство третьей|третьих стороны|сторон …; үшінші тараптың … ;`),
		heading(committeeWays, `issues [and|of] [proceedings] before|by the committee; issues and proceedings …; [the] committee's|committee [decision|consideration|views|examination|deliberations] [on|of] …; [examination|consideration|decision] [of|on] [the] admissibility|merits …; examination of the case …; interim measures …; вопросы и процедура … … …; [рассмотрение|решение] [вопроса|вопросов|комитета] о|по|относительно приемлемости|существу|существа|существе … …; рассмотрение [сообщения|дела] по существу …; вопросы, рассмотренные|рассматриваемые комитетом …; комитеттің|комитет қарауындағы|қараған мәселелер …; хабарламаны|істі|мәнін … қарау; жол берілетіндігін қарау; мәні бойынша қарау;`),
		heading(bodyDecides, `conclusion|conclusions [and] [recommendations|remedy|remedies]; remedy|remedies; выводы [и] [рекомендации]; заключение; қорытынды; ұсынымдар;`),
		heading(separateOpinion, separate),
		heading(separateOpinion, `annex|appendix [i|ii|iii|iv] [to] …; приложение [i|ii|iii|iv] …; қосымша;`),
	},
	marks: []mark{
		{phrases: phrases(`the [human] [rights] committee [on] … acting under article|rule; in the light of the foregoing … committee decides|concludes|is; the [human] [rights] committee therefore|accordingly decides; the committee decides that the communication; the committee against torture decides|concludes that; комитет … действуя|руководствуясь [в] [соответствии|согласно] [со] [статьей|статьи|пункта|пунктом]; [исходя|с|в] [из|учетом|свете] [этого|вышеизложенного] комитет [по] … постановляет|решает; комитет [по] [правам] [человека] поэтому|соответственно постановляет|решает; [адам] [құқықтары] [жөніндегі] комитет|комитеті … бабына|тармағына сәйкес әрекет;`), state: bodyDecides, own: true},
	},
}
