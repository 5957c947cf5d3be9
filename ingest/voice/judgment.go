package voice

import "dalel/corpus"

// States of a judgment of an international court.
var (
	courtProcedure = state{voice: corpus.VoiceCourt, section: corpus.SectionProcedure, turns: openTurns}
	courtNarrates  = state{voice: corpus.VoiceCourt, section: corpus.SectionFacts, turns: accounts}
	courtHears     = state{voice: corpus.VoiceCourt, section: corpus.SectionReasoning, turns: openTurns}
	courtReasons   = state{voice: corpus.VoiceCourt, section: corpus.SectionReasoning}
	courtDecides   = state{voice: corpus.VoiceCourt, section: corpus.SectionOperative}
	courtArguments = state{voice: corpus.VoiceCourt, section: corpus.SectionSubmissions, turns: openTurns}
	applicantSays  = state{voice: corpus.VoiceSource, section: corpus.SectionSubmissions}
	respondentSays = state{voice: corpus.VoiceGovernment, section: corpus.SectionSubmissions}
)

// judgment is a judgment of the European Court of Human Rights, in the layouts
// of 1961 ("AS TO THE LAW", "Whereas the Commission …"), of 1998 (PROCEDURE,
// THE FACTS, THE LAW) and of 2021 (SUBJECT MATTER OF THE CASE, THE COURT'S
// ASSESSMENT), and of the regional courts that follow it. Under THE LAW the
// subject of a paragraph tells whose it is, unless a heading has said so.
var judgment = form{
	first: courtProcedure,
	speakers: []speaker{
		{
			voice: corpus.VoiceGovernment, account: true, verbs: &said,
			names: phrases(`[the] [respondent] government|governments; [the] respondent [state]; [the] defendant [state]; the agent of the … government; [the] state party; власти [государства-ответчика|российской|украины|казахстана]; правительство; государство-ответчик; ответчик; үкімет; жауапкер [мемлекет]; билік;`),
			views: phrases(`according to the government|respondent; in the government's|respondent's view|opinion|submission; in the opinion|view|submission of the government|respondent; [по] мнению|утверждению властей|правительства|ответчика; үкіметтің|жауапкердің пікірінше|айтуынша;`),
		},
		{
			voice: corpus.VoiceSource, verbs: &said,
			names: phrases(`[the] [first|second|third|fourth|fifth|sixth|other] [and] [second|third] applicant|applicants; [the] [first|second|third] applicant's|applicants' lawyer|lawyers|counsel|representative|representatives; applicants; both applicants; [the] plaintiff|complainant|claimant; заявитель|заявительница|заявители; истец|истица|истцы; [адвокат|представитель] заявителя|заявителей; арыз|өтініш|шағым иесі|иелері|беруші|берушілер; талапкер;`),
			views: phrases(`in the applicant's|applicants' view|opinion|submission; [по] мнению|утверждению|словам заявителя|заявительницы|заявителей; арыз|өтініш иесінің|берушінің пікірінше|айтуынша; submissions made by the applicant|applicants;`),
		},
		{
			voice: corpus.VoiceSource, account: true,
			views: phrases(`according to the [first|second|third] applicant|applicants; согласно утверждениям|версии заявителя|заявителей|заявительницы; [по] версии|утверждению заявителя|заявителей|заявительницы;`),
		},
		{
			voice: corpus.VoiceThird, verbs: &said, account: true,
			names: phrases(`[the] third-party|third [party] intervener|interveners|parties|party; [the] intervening government|parties; [the] [european] commission [of] [human] [rights]; [the] majority of the commission; [the] delegate of the commission; [the] united nations high commissioner; [the] commissioner for human rights; третья|третьи сторона|стороны; комиссия; үшінші тарап|тараптар;`),
			views: phrases(`according to the commission; in the commission's opinion|view;`),
		},
		decider(corpus.VoiceCourt, `[the] court|tribunal|chamber; суд [также]; палата; сот;`, `in the court's view|opinion|judgment; in the opinion|view|judgment of the court; according to the court's case-law; having regard to; it follows; по мнению суда; суду; соттың пікірінше;`),
	},
	heads: []head{
		heading(courtProcedure, `[as] [to] [the] procedure; procedure [and] facts; introduction; [viii] [the] procedure|proceedings|proceeding before the court; [the] proceedings; subject matter [of] [the] [case]; [i|ii|iii|iv|v] [description|representation] [of] [the] parties; court's judgment; процедура; [ход] [процедура] разбирательства; введение; предмет дела; рәсім|іс жүргізу; кіріспе; іс жүргізу барысы;`),
		heading(courtNarrates, `[as] [to] [the] facts [of] [the] [case]; facts; [the] circumstances [of] [the] case; [the] facts and procedure; relevant domestic|international|legal law|framework|texts [and] [practice]; [i|ii|iii] relevant [legal|domestic|international|comparative] [and] [domestic|international] law|framework|texts|material|materials|practice|information …; proceedings before the commission; [i|ii] [the] circumstances of the case; [i|ii] the particular circumstances of the case; факты; обстоятельства дела; факты дела; применимое [национальное|международное] [законодательство|право] …; [соответствующее|применимое] внутригосударственное|национальное право|законодательство …; фактілер; істің мән-жайлары|фактілері; қолданылатын құқық …;`),
		heading(courtArguments, `final submissions [to|made|by] [the] [court] …;`),
		heading(courtHears, `[as] [to] [the] law; the law; law; [as] [to] [the] merits …; право; вопросы права; [что] [касается] [вопросов] права; құқық; құқық мәселелері;`),
		{phrases: phrases(`the court's assessment;`), state: courtHears, in: corpus.SectionProcedure},
		{phrases: phrases(`the court's assessment;`), state: courtHears, in: corpus.SectionFacts},
		heading(courtHears, `[i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii] jurisdiction [of] [the] [court]; [i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii] admissibility [of] [the] [application]; [i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii] [the] merit|merits [of] [the] [case]; [i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii] reparations; [i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii] [the] costs [and] [expenses]; приемлемость [жалобы]; существо [жалобы|дела]; қабылдануы; мәні бойынша;`),
		heading(courtDecides, `[for|on] [these|those] reasons [the] [court|chamber|tribunal] [unanimously] …; for these reasons the …; [xiv|xiii|xii|xi|x|ix|viii|vii|vi|v] [the] operative clause|part|provisions; [the] court unanimously …; the court; [по|на] [этим|указанным|изложенным] причинам|основаниям|основании [изложенного] суд|палата …; на основании изложенного суд …; исходя из вышеизложенного|изложенного суд …; осы|аталған себептермен|негіздермен сот …; осы себептерге байланысты сот …;`),
		heading(separateOpinion, separate),
		heading(attached, `appendix|annex [i|ii|iii|iv|1|2] [list] …; приложение …; қосымша …; list of cases|applicants|applications;`),
		within(courtArguments, `[the] parties' [submissions|arguments|observations] …; submissions|arguments|observations of|by|from the parties; [the] parties' submissions and the court's …; доводы|позиции|позиция|замечания сторон; тараптардың уәждері;`),
		within(applicantSays, `[the] [first|second] applicant|applicants|plaintiff; [the] [first|second] applicant's|applicants' submission|submissions|arguments|argument|observations|case|position|comments|reply [on] …; [submissions|arguments|observations] [of|by] the applicant|applicants|plaintiff; applicant's|applicants' case|submissions …; доводы|позиция|замечания|утверждения заявителя|заявительницы|заявителей; заявитель|заявители|заявительница; арыз|өтініш иесінің|берушінің уәждері;`),
		within(respondentSays, `[the] [respondent] government; [the] respondent [state]; [the] [respondent] government's|respondent's|defendant's submission|submissions|arguments|argument|observations|case|position|comments|reply [on] …; [submissions|arguments|observations] [of|by] the [respondent] government|respondent; respondent's|defendant's case|submissions …; доводы|позиция|замечания властей|правительства|государства-ответчика|ответчика [государства]; власти|правительство [государства-ответчика]; үкіметтің|жауапкердің уәждері;`),
		within(state{voice: corpus.VoiceThird, section: corpus.SectionSubmissions}, `[the] third-party|third [party] intervener|interveners|parties|party|intervention|interventions [submissions] …; [the] third-party|third [parties'|party's] submissions|comments|observations; доводы|замечания|позиция третьей|третьих стороны|сторон|лиц [вступивших] …; үшінші тараптың уәждері;`),
		within(courtReasons, `[the] court's|tribunal's [own] assessment|consideration|considerations|analysis|findings|conclusion|conclusions|view|ruling …; assessment|analysis|consideration|findings of|by the court|tribunal; the chamber's|grand assessment …; [the] court's case-law; оценка|мнение|выводы суда; анализ суда; соттың бағалауы|тұжырымы|тұжырымдары|пікірі;`),
	},
	marks: []mark{
		{phrases: phrases(`[lastly|finally|furthermore|secondly|thirdly] [in] [addition] [the|both] [first|second|third|fourth] applicant|applicants [further|also|lastly|finally|moreover] complain|complains|complained|alleged|claimed; the government contested that|this|those|these argument|arguments|view|views; [заявитель|заявительница|заявители] [также] жаловался|жаловалась|жаловались;`), state: courtHears, own: true, in: corpus.SectionReasoning},
		{phrases: phrases(`for these reasons [the] [court] [unanimously]; по этим причинам суд; на основании изложенного суд; осы себептермен сот;`), state: courtDecides, own: true, in: corpus.SectionReasoning},
		{phrases: phrases(`done in english|french; done in … notified in writing; совершено на английском|французском;`), state: state{closed: false}},
	},
}
