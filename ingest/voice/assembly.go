package voice

import "dalel/corpus"

// States of a resolution.
var (
	bodyRecites  = state{voice: corpus.VoiceBody, section: corpus.SectionRecitals}
	bodyResolves = state{voice: corpus.VoiceBody, section: corpus.SectionOperative}
)

// operativeWords begin the clauses by which a parliament or assembly acts
// (United Nations Editorial Manual, "Resolutions"; Rules of Procedure of the
// European Parliament, Rule 168).
const operativeWords = `
	[the|therefore|accordingly|further|again|strongly|also|once|consequently] [assembly|more|council] [therefore|accordingly|thus|also|further|strongly] accepts|acknowledges|adopts|affirms|agrees|appeals|approves|asks|authorizes|authorises|calls|commends|concludes|condemns|confirms|congratulates|considers|decides|declares|demands|denounces|deplores|designates|draws|emphasises|emphasizes|encourages|endorses|expresses|highlights|insists|instructs|invites|notes|points|proclaims|reaffirms|recalls|recommends|regrets|reiterates|reminds|renews|requests|resolves|stresses|strongly|supports|takes|thanks|transmits|underlines|urges|welcomes;
	[ассамблея|парламент] [настоятельно|решительно|также] призывает|осуждает|требует|поручает|настаивает|выражает|напоминает|подчеркивает|постановляет|просит|рекомендует|отмечает|приветствует|считает|предлагает|настоятельно|одобряет|сожалеет|подтверждает|решает;
	шақырады|айыптайды|талап|тапсырады|ұсынады|ескертеді|қаулы|шешеді|құптайды;
`

// resolution is the adopted text of a parliament, of an assembly or of a
// council of the United Nations.
var resolution = assembly(corpus.VoiceBody)

// motion is the same before it is adopted: those who table it speak.
var motion = assembly(corpus.VoiceAuthor)

// recitalWords begin the clauses of a preamble, and the name of who resolves,
// above it.
const recitalWords = `
	the european parliament; the [parliamentary|general|national] assembly; the [human|security|economic] [rights|and] [social] council; the committee; the senate; the house [of] [representatives];
	having regard; [a] whereas; [deeply|also|further|gravely|fully|strongly|again] recalling|reaffirming|noting|bearing|guided|taking|welcoming|expressing|emphasizing|emphasising|stressing|recognizing|recognising|acknowledging|convinced|alarmed|concerned|mindful|considering|affirming|acting|condemning|underlining|reiterating|disturbed|determined|aware|conscious;
	европейский парламент; парламентская ассамблея; генеральная ассамблея; совет по правам человека; ассамблея;
	принимая во внимание; ссылаясь|напоминая|подтверждая|отмечая|выражая|руководствуясь|приветствуя|признавая|учитывая|подчеркивая|сознавая|будучи|действуя|памятуя; поскольку; тогда как;
	еуропалық парламент; парламенттік ассамблея; бас ассамблея; адам құқықтары жөніндегі кеңес;
`

func assembly(v corpus.Voice) form {
	recites, resolves := bodyRecites, bodyResolves
	recites.voice, resolves.voice = v, v
	return form{
		marks: []mark{
			{phrases: phrases(operativeWords), state: resolves, own: true, in: corpus.SectionRecitals},
			{phrases: phrases(recitalWords), state: recites, own: true, in: noSection},
			{phrases: phrases(operativeWords), state: resolves, own: true, in: noSection},
		},
	}
}

// paper is any other paper of the United Nations: only some say whose words
// they are. A national report is the Government's; concluding observations,
// general comments and decisions are the body's.
var paper = form{
	heads: []head{
		heading(state{voice: corpus.VoiceGovernment}, `national report … …; … views on conclusions … … … … by the state under review; … replies of|by|from … …; presentation by the state under review; … information received from … … follow-up to the concluding observations; национальный доклад … … …; ұлттық баяндама … …;`),
		heading(state{voice: corpus.VoiceBody}, `… concluding observations on … … …; general comment|recommendation [no|no.] … … …; заключительные замечания … … …; замечание|рекомендация общего порядка … … …; қорытынды ескертулер|ескертпелер … …; жалпы тәртіптегі ескерту|ескертпе …;`),
		heading(bodyRecites, `… decision|resolution adopted by the … … … …; resolution … adopted by … …; резолюция, принятая … …; решение, принятое … …; … қабылдаған қарар|шешім;`),
		heading(state{}, `[ii|iii] [interactive] dialogue … …; conclusions and|or recommendations … …; conclusions and/or recommendations;`),
	},
	marks: []mark{
		{phrases: phrases(operativeWords), state: bodyResolves, own: true, in: corpus.SectionRecitals},
	},
}
