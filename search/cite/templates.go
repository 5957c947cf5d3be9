package cite

import (
	"regexp"
	"strings"

	"dalel/corpus"
)

// group is a set of kinds that are cited alike.
type group int

const (
	gOther      group = iota
	gWGAD             // opinions of the Working Group on Arbitrary Detention
	gViews            // of treaty bodies on communications
	gUN               // papers with a masthead and a symbol
	gUNRes            // resolutions of the General Assembly, the Security Council, the Human Rights Council
	gResolution       // of the European Parliament, or another parliament
	gPACE             // of the Parliamentary Assembly of the Council of Europe
	gMotion           // not adopted, or not yet
	gJudgment         // of the European Court of Human Rights
	gCourt            // verdicts, rulings, decisions
	gCaseFile         // papers of a case: indictment, record, expert report, appeal
	gNormative        // resolutions of a supreme court
	gStatute
	gTreaty
	gSubmission
	gNews
)

var groups = map[corpus.Kind]group{
	corpus.WGADOpinion: gWGAD, corpus.Views: gViews, corpus.UNDocument: gUN, corpus.Resolution: gResolution,
	corpus.Motion: gMotion, corpus.Judgment: gJudgment, corpus.Verdict: gCourt, corpus.Ruling: gCourt,
	corpus.Decision: gCourt, corpus.Indictment: gCaseFile, corpus.ExpertReport: gCaseFile,
	corpus.HearingRecord: gCaseFile, corpus.Interrogation: gCaseFile, corpus.Appeal: gCaseFile,
	corpus.NormativeResolution: gNormative, corpus.Statute: gStatute, corpus.Regulation: gStatute,
	corpus.Treaty: gTreaty, corpus.Submission: gSubmission, corpus.Petition: gSubmission, corpus.News: gNews,
}

var unResolution = regexp.MustCompile(`^(A|S|A/HRC|E)/RES/`)

func groupOf(d *corpus.Document) group {
	g := groups[d.Kind()]
	body := d.Value(corpus.KeyBody)
	switch {
	case (g == gUN || g == gResolution || g == gOther) && unResolution.MatchString(d.Value(corpus.KeySymbol)):
		return gUNRes
	case g == gResolution && (strings.Contains(body, "Parliamentary Assembly") || strings.Contains(body, "PACE") || strings.Contains(body, "ПАСЕ")):
		return gPACE
	}
	return g
}

// template is the form of one citation.
type template struct {
	Text   string
	Source string // of the form
}

// key chooses a template.
type key struct {
	style Style
	lang  string
	group group
}

// The sources of forms.
const (
	srcUN     = "United Nations Editorial Manual, Footnotes, ch. III.A (masthead documents: title and symbol)"
	srcUNRes  = "United Nations Editorial Manual, Footnotes, ch. III.E (resolutions)"
	srcUNby   = "by analogy with the United Nations Editorial Manual, Footnotes, ch. III.A"
	srcUNru   = "by analogy with the footnotes of Russian language versions of United Nations documents"
	srcUNkk   = "by analogy with the United Nations Editorial Manual; Kazakh is not a language of the United Nations"
	srcOX     = "OSCOLA 2006, part IV (citing international law): United Nations documents"
	srcOXtr   = "OSCOLA 2006, part IV: treaties"
	srcOXech  = "OSCOLA 4th edition, European Court of Human Rights, unreported judgments: … App no 48876/08 (ECtHR, 22 April 2013)"
	srcOXweb  = "by analogy with OSCOLA 4th edition, websites"
	srcOXby   = "by analogy with OSCOLA 2006, part IV: United Nations documents"
	srcOXeu   = "by analogy with OSCOLA 4th edition, European Union legal sources"
	srcOXland = "by analogy with OSCOLA 4th edition, cases from other jurisdictions"
	srcOXstat = "by analogy with OSCOLA 4th edition, legislation from other jurisdictions"
	srcBB     = "University of Minnesota Human Rights Library, its own form for opinions of the Working Group; pinpoint by analogy with Bluebook rule 21.7"
	srcBBun   = "by analogy with Bluebook rule 21.7: United Nations sources"
	srcBBtr   = "by analogy with Bluebook rule 21.4: treaties"
	srcBBech  = "by analogy with Bluebook rule 21.5: international cases"
	srcBBland = "by analogy with Bluebook rule 20: foreign materials"
	srcBBweb  = "by analogy with Bluebook rule 18.2: the Internet"
	srcECHR   = "European Court of Human Rights, Note explaining the mode of citation of the case-law (October 2022)"
	srcECHRby = "by analogy with the Note explaining the mode of citation of the case-law of the Court (October 2022)"
	srcGOST   = "by analogy with ГОСТ Р 7.0.5-2008, подстрочные ссылки"
	srcGOSTel = "by analogy with ГОСТ Р 7.0.5-2008, ссылки на электронные ресурсы"
	srcGOSTkk = "by analogy with ГОСТ Р 7.0.5-2008, which gives no Kazakh examples"
	srcKZ     = "by analogy with practice in Kazakhstan: court, date, number; there is no single standard"
	srcAdilet = "headings of acts in the official database of laws of Kazakhstan (adilet): «Нормативное постановление … от … года № …»"
	srcAdilKK = "headings of acts in the official database of laws of Kazakhstan (adilet): «… жылғы …дағы № … нормативтік қаулысы»"
)

// full are the templates of first notes.
var full = map[key]template{
	// United Nations, English.
	{UN, "en", gWGAD}:       {"Working Group on Arbitrary Detention, opinion No. {number} concerning {parties}< ({country})>, {symbol}<, {pin}>", srcUNby},
	{UN, "en", gViews}:      {"{body|Human Rights Committee}, _{parties}_< ({symbol})><, {pin}>", srcUNby},
	{UN, "en", gUN}:         {"{symbol}<, {pin}>", srcUN},
	{UN, "en", gUNRes}:      {"{organun} resolution {resno}<, {pin}>", srcUNRes},
	{UN, "en", gResolution}: {"<{bodyif}, >{title}< ({number})><, {pin}>", srcUNby},
	{UN, "en", gPACE}:       {"Parliamentary Assembly of the Council of Europe, resolution {number}, “{title}”<, {pin}>", srcUNby},
	{UN, "en", gMotion}:     {"<{bodyif}, >{title}< ({number})><, {date}>, motion, not an adopted text<, {pin}>", srcUNby},
	{UN, "en", gJudgment}:   {"European Court of Human Rights, _{parties}_, application No. {app}, judgment of {date}<, {pin}>", srcUNby},
	{UN, "en", gCourt}:      {"{court}, {kind} of {date}, case No. {case}<, {pin}>", srcUNby},
	{UN, "en", gCaseFile}:   {"{Kind}< of {date}><, {author}><, case No. {case}><, {pin}>", srcUNby},
	{UN, "en", gNormative}:  {"{court|Supreme Court of Kazakhstan}, normative resolution No. {number} of {date}<, {pin}>", srcUNby},
	{UN, "en", gStatute}:    {"{act}<, No. {actno}>< of {date}><, {pin}>< (as amended up to {edition})>", srcUNby},
	{UN, "en", gTreaty}:     {"{act}<, {pin}>", "United Nations Editorial Manual, Footnotes, ch. III.G (instruments in the Treaty Series)"},
	{UN, "en", gSubmission}: {"{author}, “{title}”<, {date}><, {pin}>< (available at {url})>", "United Nations Editorial Manual, Footnotes, ch. III.K, by analogy"},
	{UN, "en", gNews}:       {"<{author}, >“{title}”, {date}<, {pin}>< (available at {url}; accessed on {accessed})>", "United Nations Editorial Manual, Footnotes, ch. III.K, by analogy"},
	{UN, "en", gOther}:      {"<{author}, >“{title}”<, {date}><, {symbol}><, {pin}>", srcUNby},
	// United Nations, Russian.
	{UN, "ru", gWGAD}:       {"Рабочая группа по произвольным задержаниям, мнение № {number} в отношении {parties}< ({country})>, {symbol}<, {pin}>", srcUNru},
	{UN, "ru", gViews}:      {"{body|Комитет по правам человека}, _{parties}_< ({symbol})><, {pin}>", srcUNru},
	{UN, "ru", gUN}:         {"{symbol}<, {pin}>", srcUNru},
	{UN, "ru", gUNRes}:      {"резолюция {resno} {organru}<, {pin}>", srcUNru},
	{UN, "ru", gResolution}: {"<{bodyif}, >{title}< ({number})><, {pin}>", srcUNru},
	{UN, "ru", gPACE}:       {"Парламентская ассамблея Совета Европы, резолюция {number} «{title}»<, {pin}>", srcUNru},
	{UN, "ru", gMotion}:     {"<{bodyif}, >{title}< ({number})><, {date}>, проект, не принятый текст<, {pin}>", srcUNru},
	{UN, "ru", gJudgment}:   {"Европейский суд по правам человека, _{parties}_, жалоба № {app}, постановление от {date}<, {pin}>", srcUNru},
	{UN, "ru", gCourt}:      {"{court}, {kind} от {date}, дело № {case}<, {pin}>", srcUNru},
	{UN, "ru", gCaseFile}:   {"{Kind}< от {date}><, {author}><, дело № {case}><, {pin}>", srcUNru},
	{UN, "ru", gNormative}:  {"{court|Верховный Суд Республики Казахстан}, нормативное постановление № {number} от {date}<, {pin}>", srcUNru},
	{UN, "ru", gStatute}:    {"{act}< от {date}>< № {actno}><, {pin}>< (с изменениями по {edition})>", srcUNru},
	{UN, "ru", gTreaty}:     {"{act}<, {pin}>", srcUNru},
	{UN, "ru", gSubmission}: {"{author}, «{title}»<, {date}><, {pin}>< (размещено по адресу {url})>", srcUNru},
	{UN, "ru", gNews}:       {"<{author}, >«{title}», {date}<, {pin}>< (размещено по адресу {url}; дата обращения: {accessed})>", srcUNru},
	{UN, "ru", gOther}:      {"<{author}, >«{title}»<, {date}><, {symbol}><, {pin}>", srcUNru},
	// United Nations, Kazakh.
	{UN, "kk", gWGAD}:       {"Негізсіз ұстау жөніндегі жұмыс тобы, № {number} пікір, {parties}< ({country})>, {symbol}<, {pin}>", srcUNkk},
	{UN, "kk", gViews}:      {"{body|Адам құқықтары комитеті}, _{parties}_< ({symbol})><, {pin}>", srcUNkk},
	{UN, "kk", gUN}:         {"{symbol}<, {pin}>", srcUNkk},
	{UN, "kk", gUNRes}:      {"{organkk} {resno} қарары<, {pin}>", srcUNkk},
	{UN, "kk", gResolution}: {"<{bodyif}, >{title}< ({number})><, {pin}>", srcUNkk},
	{UN, "kk", gPACE}:       {"Еуропа Кеңесінің Парламенттік ассамблеясы, {number} қарар, «{title}»<, {pin}>", srcUNkk},
	{UN, "kk", gMotion}:     {"<{bodyif}, >{title}< ({number})><, {date}>, жоба, қабылданған мәтін емес<, {pin}>", srcUNkk},
	{UN, "kk", gJudgment}:   {"Адам құқықтары жөніндегі Еуропа соты, _{parties}_, № {app} шағым, {dateof} шешім<, {pin}>", srcUNkk},
	{UN, "kk", gCourt}:      {"{court}, {dateof} {kind}, № {case} іс<, {pin}>", srcUNkk},
	{UN, "kk", gCaseFile}:   {"<{dateof} >{kind}<, {author}><, № {case} іс><, {pin}>", srcUNkk},
	{UN, "kk", gNormative}:  {"{court|Қазақстан Республикасының Жоғарғы Соты}, {dateof} № {number} нормативтік қаулы<, {pin}>", srcUNkk},
	{UN, "kk", gStatute}:    {"{act}<, {date}><, № {actno}><, {pin}>< ({editionkk} дейінгі өзгерістерімен)>", srcUNkk},
	{UN, "kk", gTreaty}:     {"{act}<, {pin}>", srcUNkk},
	{UN, "kk", gSubmission}: {"{author}, «{title}»<, {date}><, {pin}>< (мекенжайы: {url})>", srcUNkk},
	{UN, "kk", gNews}:       {"<{author}, >«{title}», {date}<, {pin}>< (мекенжайы: {url}; қаралған күні: {accessed})>", srcUNkk},
	{UN, "kk", gOther}:      {"<{author}, >«{title}»<, {date}><, {symbol}><, {pin}>", srcUNkk},
	// OSCOLA.
	{OSCOLA, "en", gWGAD}:       {"_{parties} v {country}_ (Opinion No {number}) UN Doc {symbol} ({date})< {pin}>", srcOXby},
	{OSCOLA, "en", gViews}:      {"_{parties}_ UN Doc {symbol} ({date})< {pin}>", srcOXby},
	{OSCOLA, "en", gUN}:         {"<{body} >‘{title}’ ({date}) UN Doc {symbol}< {pin}>", srcOX},
	{OSCOLA, "en", gUNRes}:      {"{organox} Res {resno} ({date}) UN Doc {symbol}< {pin}>", srcOX},
	{OSCOLA, "en", gResolution}: {"{title}< ({number})><, {pin}>", srcOXeu},
	{OSCOLA, "en", gPACE}:       {"PACE Resolution {number} ‘{title}’ ({date})< {pin}>", srcOXby},
	{OSCOLA, "en", gMotion}:     {"{title}< ({number})>< ({date})> (motion, not adopted)< {pin}>", srcOXeu},
	{OSCOLA, "en", gJudgment}:   {"_{parties}_ App no {app} (ECtHR, {date})<, {pin}>", srcOXech},
	{OSCOLA, "en", gCourt}:      {"{Kind} in case no {case} ({court}, {date})<, {pin}>", srcOXland},
	{OSCOLA, "en", gCaseFile}:   {"{Kind}< in case no {case}> (<{author}, >{date})<, {pin}>", srcOXland},
	{OSCOLA, "en", gNormative}:  {"{court|Supreme Court of Kazakhstan}, Normative Resolution No {number} ({date})<, {pin}>", srcOXland},
	{OSCOLA, "en", gStatute}:    {"{act} {year} (Kazakhstan)<, No {actno}><, {pin}>< (as amended to {edition})>", srcOXstat},
	{OSCOLA, "en", gTreaty}:     {"{act} (adopted {date}<, entered into force {inforce}>) {series}< ({abbr})>< {pin}>", srcOXtr},
	{OSCOLA, "en", gSubmission}: {"{author}, ‘{title}’ ({date})< {pin}>< \\<{url}\\> accessed {accessed}>", srcOXweb},
	{OSCOLA, "en", gNews}:       {"‘{title}’ <_{author}_ >({date})< {pin}>< \\<{url}\\> accessed {accessed}>", srcOXweb},
	{OSCOLA, "en", gOther}:      {"<{author}, >‘{title}’ ({date})< {pin}>< \\<{url}\\> accessed {accessed}>", srcOXweb},
	// Bluebook.
	{Bluebook, "en", gWGAD}:       {"{parties} v. {country}, Working Group on Arbitrary Detention, Opinion No. {number}, U.N. Doc. {symbol}<, {pin}> ({year})", srcBB},
	{Bluebook, "en", gViews}:      {"{parties}, {body|Human Rights Committee}, U.N. Doc. {symbol}<, {pin}> ({date})", srcBBun},
	{Bluebook, "en", gUN}:         {"<{body}, >_{title}_<, {pin}>, U.N. Doc. {symbol} ({date})", srcBBun},
	{Bluebook, "en", gUNRes}:      {"{organbb} Res. {resno}<, {pin}> ({date})", srcBBun},
	{Bluebook, "en", gResolution}: {"{title}<, {number}><, {pin}>", srcBBland},
	{Bluebook, "en", gPACE}:       {"Eur. Parl. Ass., _{title}_, Res. {number}<, {pin}> ({year})", "by analogy with Bluebook rule 21"},
	{Bluebook, "en", gMotion}:     {"{title}<, {number}><, {pin}>< ({date})> (motion, not adopted)", srcBBland},
	{Bluebook, "en", gJudgment}:   {"{parties}, App. No. {app}<, {pin}> ({date})", srcBBech},
	{Bluebook, "en", gCourt}:      {"{Kind} No. {case}, {court}<, {pin}> ({date}) (Kaz.)", srcBBland},
	{Bluebook, "en", gCaseFile}:   {"{Kind}<, No. {case}><, {author}><, {pin}>< ({date})> (Kaz.)", srcBBland},
	{Bluebook, "en", gNormative}:  {"Normative Resolution No. {number}, {court|Supreme Court of Kazakhstan}<, {pin}> ({date}) (Kaz.)", srcBBland},
	{Bluebook, "en", gStatute}:    {"{act}<, No. {actno}><, {pin}> ({year}) (Kaz.)< (as amended to {edition})>", srcBBland},
	{Bluebook, "en", gTreaty}:     {"{act}<, {pin}>, {date}, {seriesbb}", srcBBtr},
	{Bluebook, "en", gSubmission}: {"{author}, _{title}_<, {pin}> ({date})<, {url}>", srcBBweb},
	{Bluebook, "en", gNews}:       {"_{title}_<, {author}><, {pin}> ({date})<, {url} (captured {accessed})>", srcBBweb},
	{Bluebook, "en", gOther}:      {"<{author}, >_{title}_<, {pin}> ({date})<, {url}>", srcBBweb},
	// European Court of Human Rights.
	{ECHR, "en", gWGAD}:       {"Working Group on Arbitrary Detention, Opinion no. {number}, {symbol}<, {pin}>, {date}", srcECHRby},
	{ECHR, "en", gViews}:      {"_{parties}_<, {symbol}><, {pin}>, {date}", srcECHRby},
	{ECHR, "en", gUN}:         {"<{body}, >{title}, {symbol}<, {pin}><, {date}>", srcECHRby},
	{ECHR, "en", gUNRes}:      {"{organun} Resolution {resno}<, {pin}>, {date}", srcECHRby},
	{ECHR, "en", gResolution}: {"{title}< ({number})><, {pin}>", srcECHRby},
	{ECHR, "en", gPACE}:       {"Parliamentary Assembly of the Council of Europe, Resolution {number}, “{title}”<, {pin}>", srcECHRby},
	{ECHR, "en", gMotion}:     {"{title}< ({number})>, motion, not adopted<, {pin}>", srcECHRby},
	{ECHR, "en", gJudgment}:   {"_{parties}_, no. {app}<, {pin}>, {date}", srcECHR},
	{ECHR, "en", gCourt}:      {"{court}, {kind} of {date}, no. {case}<, {pin}>", srcECHRby},
	{ECHR, "en", gCaseFile}:   {"{Kind}< of {date}><, {author}><, no. {case}><, {pin}>", srcECHRby},
	{ECHR, "en", gNormative}:  {"{court|Supreme Court of Kazakhstan}, Normative Resolution no. {number} of {date}<, {pin}>", srcECHRby},
	{ECHR, "en", gStatute}:    {"{act}<, no. {actno}>< of {date}><, {pin}>< (as amended up to {edition})>", srcECHRby},
	{ECHR, "en", gTreaty}:     {"{act}<, {pin}>", srcECHRby},
	{ECHR, "en", gSubmission}: {"{author}, “{title}”<, {date}><, {pin}>< ({url})>", srcECHRby},
	{ECHR, "en", gNews}:       {"“{title}”<, {author}>, {date}<, {pin}>< ({url}, accessed on {accessed})>", srcECHRby},
	{ECHR, "en", gOther}:      {"<{author}, >“{title}”<, {date}><, {pin}>", srcECHRby},
	// ГОСТ Р 7.0.5, Russian.
	{GOST, "ru", gWGAD}:       {"Мнение № {number} относительно {parties}< ({country})> / Рабочая группа по произвольным задержаниям. {date}. Док. ООН {symbol}<. {Pin}><. URL: {url} (дата обращения: {accessed})>", srcGOST},
	{GOST, "ru", gViews}:      {"{parties} : соображения / {body|Комитет по правам человека}. {date}. Док. ООН {symbol}<. {Pin}>", srcGOST},
	{GOST, "ru", gUN}:         {"{title}< / {body}>. {date}. Док. ООН {symbol}<. {Pin}>", srcGOST},
	{GOST, "ru", gUNRes}:      {"Резолюция {resno} {organru}. {date}. Док. ООН {symbol}<. {Pin}>", srcGOST},
	{GOST, "ru", gResolution}: {"{title}< / {body}><. {number}>. {date}<. {Pin}>", srcGOST},
	{GOST, "ru", gPACE}:       {"{title} : резолюция {number} / Парламентская ассамблея Совета Европы. {date}<. {Pin}>", srcGOST},
	{GOST, "ru", gMotion}:     {"{title} : проект резолюции, не принят< / {body}><. {number}>. {date}<. {Pin}>", srcGOST},
	{GOST, "ru", gJudgment}:   {"{parties} : постановление Европейского суда по правам человека от {date}, жалоба № {app}<. {Pin}>", srcGOST},
	{GOST, "ru", gCourt}:      {"{Kind} суда: {court}, от {date} по делу № {case}<. {Pin}>", srcGOST},
	{GOST, "ru", gCaseFile}:   {"{Kind}< от {date}>< / {author}>< по делу № {case}><. {Pin}>", srcGOST},
	{GOST, "ru", gNormative}:  {"<{title} : >нормативное постановление Верховного Суда Республики Казахстан от {date} № {number}<. {Pin}>", srcGOST},
	{GOST, "ru", gStatute}:    {"{act} от {date}< № {actno}>< (с изм. по {edition})><. {Pin}>", srcGOST},
	{GOST, "ru", gTreaty}:     {"{act} от {date}<. {Pin}>", srcGOST},
	{GOST, "ru", gSubmission}: {"{title}< / {author}>. {date}<. {Pin}><. URL: {url} (дата обращения: {accessed})>", srcGOSTel},
	{GOST, "ru", gNews}:       {"{title} \\[Электронный ресурс\\]< // {author}>. {date}<. {Pin}><. URL: {url} (дата обращения: {accessed})>", srcGOSTel},
	{GOST, "ru", gOther}:      {"{title}< / {author}><. {date}><. {Pin}>", srcGOST},
	// ГОСТ Р 7.0.5, Kazakh.
	{GOST, "kk", gWGAD}:       {"{parties}< ({country})> : № {number} пікір / Негізсіз ұстау жөніндегі жұмыс тобы. {date}. БҰҰ құжаты {symbol}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gViews}:      {"{parties} : пікір / {body|Адам құқықтары комитеті}. {date}. БҰҰ құжаты {symbol}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gUN}:         {"{title}< / {body}>. {date}. БҰҰ құжаты {symbol}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gUNRes}:      {"{organkk} {resno} қарары. {date}. БҰҰ құжаты {symbol}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gResolution}: {"{title}< / {body}><. {number}>. {date}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gPACE}:       {"{title} : {number} қарар / Еуропа Кеңесінің Парламенттік ассамблеясы. {date}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gMotion}:     {"{title} : қарар жобасы, қабылданбаған< / {body}><. {number}>. {date}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gJudgment}:   {"{parties} : Адам құқықтары жөніндегі Еуропа сотының {dateof} шешімі, № {app} шағым<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gCourt}:      {"{court}. {Dateof} {kind}, № {case} іс<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gCaseFile}:   {"{Kind}<. {date}>< / {author}><. № {case} іс><. {Pin}>", srcGOSTkk},
	{GOST, "kk", gNormative}:  {"<{title} : >Қазақстан Республикасы Жоғарғы Сотының {dateof} № {number} нормативтік қаулысы<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gStatute}:    {"{act}. {date}<. № {actno}>< ({editionkk} дейінгі өзгерістерімен)><. {Pin}>", srcGOSTkk},
	{GOST, "kk", gTreaty}:     {"{act}. {date}<. {Pin}>", srcGOSTkk},
	{GOST, "kk", gSubmission}: {"{title}< / {author}>. {date}<. {Pin}><. URL: {url} (қаралған күні: {accessed})>", srcGOSTkk},
	{GOST, "kk", gNews}:       {"{title} \\[Электрондық ресурс\\]< // {author}>. {date}<. {Pin}><. URL: {url} (қаралған күні: {accessed})>", srcGOSTkk},
	{GOST, "kk", gOther}:      {"{title}< / {author}><. {date}><. {Pin}>", srcGOSTkk},
	// Kazakhstan, Russian.
	{KZ, "ru", gWGAD}:       {"Мнение Рабочей группы ООН по произвольным задержаниям № {number} относительно {parties}< ({country})> от {date}, {symbol}<, {pin}>", srcKZ},
	{KZ, "ru", gViews}:      {"Соображения {bodyof|Комитета ООН по правам человека} по делу {parties}<, {symbol}>, {date}<, {pin}>", srcKZ},
	{KZ, "ru", gUN}:         {"{title}, документ ООН {symbol}<, {date}><, {pin}>", srcKZ},
	{KZ, "ru", gUNRes}:      {"Резолюция {resno} {organru} от {date}<, {pin}>", srcKZ},
	{KZ, "ru", gResolution}: {"{title}< ({number})><, {date}><, {pin}>", srcKZ},
	{KZ, "ru", gPACE}:       {"Резолюция ПАСЕ {number} «{title}» от {date}<, {pin}>", srcKZ},
	{KZ, "ru", gMotion}:     {"{title}< ({number})><, {date}>, проект, не принятый текст<, {pin}>", srcKZ},
	{KZ, "ru", gJudgment}:   {"Постановление Европейского суда по правам человека по делу «{parties}» от {date}, жалоба № {app}<, {pin}>", srcKZ},
	{KZ, "ru", gCourt}:      {"{Kind}: {court}, {date}, дело № {case}<, {pin}>", srcKZ},
	{KZ, "ru", gCaseFile}:   {"{Kind}< от {date}><, {author}><, дело № {case}><, {pin}>", srcKZ},
	{KZ, "ru", gNormative}:  {"Нормативное постановление Верховного Суда Республики Казахстан от {date} № {number}< «{title}»><, {pin}>", srcAdilet},
	{KZ, "ru", gStatute}:    {"{act} от {date}< № {actno}><, {pin}>< (с изменениями по {edition})>", srcAdilet},
	{KZ, "ru", gTreaty}:     {"{act} от {date}<, {pin}>", srcKZ},
	{KZ, "ru", gSubmission}: {"{author}, «{title}»<, {date}><, {pin}><, {url}>", srcKZ},
	{KZ, "ru", gNews}:       {"«{title}»<, {author}>, {date}<, {pin}><, {url} (дата обращения: {accessed})>", srcKZ},
	{KZ, "ru", gOther}:      {"{title}<, {author}><, {date}><, {pin}>", srcKZ},
	// Kazakhstan, Kazakh.
	{KZ, "kk", gWGAD}:       {"БҰҰ Негізсіз ұстау жөніндегі жұмыс тобының {dateof} № {number} пікірі, {parties}< ({country})>, {symbol}<, {pin}>", srcKZ},
	{KZ, "kk", gViews}:      {"{body|БҰҰ Адам құқықтары комитеті}, {parties} ісі бойынша пікір<, {symbol}>, {date}<, {pin}>", srcKZ},
	{KZ, "kk", gUN}:         {"{title}, БҰҰ құжаты {symbol}<, {date}><, {pin}>", srcKZ},
	{KZ, "kk", gUNRes}:      {"{organkk} {dateof} {resno} қарары<, {pin}>", srcKZ},
	{KZ, "kk", gResolution}: {"{title}< ({number})><, {date}><, {pin}>", srcKZ},
	{KZ, "kk", gPACE}:       {"ЕКПА-ның {dateof} {number} қарары, «{title}»<, {pin}>", srcKZ},
	{KZ, "kk", gMotion}:     {"{title}< ({number})><, {date}>, жоба, қабылданған мәтін емес<, {pin}>", srcKZ},
	{KZ, "kk", gJudgment}:   {"Адам құқықтары жөніндегі Еуропа сотының «{parties}» ісі бойынша {dateof} шешімі, № {app} шағым<, {pin}>", srcKZ},
	{KZ, "kk", gCourt}:      {"{court}, {dateof} {kind}, № {case} іс<, {pin}>", srcKZ},
	{KZ, "kk", gCaseFile}:   {"<{dateof} >{kind}<, {author}><, № {case} іс><, {pin}>", srcKZ},
	{KZ, "kk", gNormative}:  {"Қазақстан Республикасы Жоғарғы Сотының {dateof} № {number} нормативтік қаулысы<, «{title}»><, {pin}>", srcAdilKK},
	{KZ, "kk", gStatute}:    {"{act}, {date}<, № {actno}><, {pin}>< ({editionkk} дейінгі өзгерістерімен)>", srcAdilKK},
	{KZ, "kk", gTreaty}:     {"{act}, {date}<, {pin}>", srcKZ},
	{KZ, "kk", gSubmission}: {"{author}, «{title}»<, {date}><, {pin}><, {url}>", srcKZ},
	{KZ, "kk", gNews}:       {"«{title}»<, {author}>, {date}<, {pin}><, {url} (қаралған күні: {accessed})>", srcKZ},
	{KZ, "kk", gOther}:      {"{title}<, {author}><, {date}><, {pin}>", srcKZ},
}

// later are the templates of later notes, of every kind.
var later = map[Style]map[string][2]template{ // Short, Ibid
	UN: {
		"en": {{"{Short}<, {pin}>", srcUNby}, {"Ibid.<, {pin}>", "by analogy with the footnotes of United Nations documents: Ibid., para. 55"}},
		"ru": {{"{Short}<, {pin}>", srcUNru}, {"Там же<, {pin}>", srcUNru}},
		"kk": {{"{Short}<, {pin}>", srcUNkk}, {"Сонда<, {pin}>", srcUNkk}},
	},
	OSCOLA: {"en": {{"{Short} (n {note})< {pin}>", "OSCOLA 4th edition, subsequent citations: Austin (n 1)"}, {"ibid< {pin}>", "OSCOLA 4th edition, subsequent citations: ibid"}}},
	Bluebook: {
		"en": {{"{Short}, _supra_ note {note}<, {pin}>", "by analogy with Bluebook rule 4.2"}, {"_Id._< {pin}>", "by analogy with Bluebook rule 4.1"}},
	},
	ECHR: {"en": {{"_{Short}_, cited above<, {pin}>", srcECHRby}, {"ibid.<, {pin}>", srcECHRby}}},
	GOST: {
		"ru": {{"{Short}<. {Pin}>", "by analogy with ГОСТ Р 7.0.5-2008, повторные ссылки"}, {"Там же<. {Pin}>", "ГОСТ Р 7.0.5-2008, повторные ссылки: Там же"}},
		"kk": {{"{Short}<. {Pin}>", srcGOSTkk}, {"Сонда<. {Pin}>", srcGOSTkk}},
	},
	KZ: {
		"ru": {{"{Short}<, {pin}>", srcKZ}, {"Там же<, {pin}>", srcKZ}},
		"kk": {{"{Short}<, {pin}>", srcKZ}, {"Сонда<, {pin}>", srcKZ}},
	},
}

// templateFor returns the template of a group in a style, language and form.
// A citation in the running text has the words of a note, in brackets.
func templateFor(g group, s Style, lang string, f Form) template {
	switch f {
	case Short:
		return later[s][lang][0]
	case Ibid:
		return later[s][lang][1]
	default:
	}
	if t, ok := full[key{s, lang, g}]; ok {
		return t
	}
	return full[key{s, lang, gOther}]
}
