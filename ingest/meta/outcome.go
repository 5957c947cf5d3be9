package meta

import (
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/ingest/lazyregexp"
)

// FromParts adds to facts what the parts of an act tell: what was decided, on
// which articles, and what the act ends. The voices and sections of the text
// are known by now.
func FromParts(facts corpus.Facts, t *corpus.Text) {
	doc := corpus.Document{Read: facts}
	p := &parts{facts: facts, text: t, kind: doc.Kind(), ctx: law.Context{Date: doc.Date(), Lang: lang.Code(doc.Value(corpus.KeyLang)), Memory: new(law.Memory)}}
	switch p.kind {
	case corpus.WGADOpinion:
		p.categories()
		p.adopted()
		p.dispositions(opinionOutcomes, 1)
		p.violations(inContravention)
	case corpus.Views:
		p.dispositions(viewsOutcomes, 2)
		p.violations(disclosed)
	case corpus.Judgment:
		p.holdings()
	case corpus.Verdict:
		p.charges()
		p.dispositions(verdictOutcomes, 2)
		p.sentences()
	case corpus.Ruling, corpus.Decision:
		p.dispositions(rulingOutcomes, 3)
	case corpus.Indictment:
		p.charges()
	case corpus.Resolution:
		p.resolved()
	case corpus.NormativeResolution, corpus.Statute, corpus.Regulation:
		p.replaces()
	default:
	}
}

// parts reads facts from the parts of an act.
type parts struct {
	facts corpus.Facts
	text  *corpus.Text
	kind  corpus.Kind
	ctx   law.Context
}

func (p *parts) add(k corpus.Key, para *corpus.Paragraph, start, end int, confidence float64, values ...string) {
	Add(p.facts, k, corpus.Fact{
		Values: values, Origin: corpus.FromText, Para: para.Ord, Start: start, End: end, Confidence: confidence,
	})
}

// operative yields the paragraphs in which the body or court decides.
func (p *parts) operative(yield func(*corpus.Paragraph) bool) {
	for i := range p.text.Paragraphs {
		para := &p.text.Paragraphs[i]
		if para.Section == corpus.SectionOperative && para.Role == corpus.RoleBody && para.Voice != corpus.VoiceDissent && !yield(para) {
			return
		}
	}
}

// categoryRE finds the categories of the Working Group that a detention falls
// under.
var (
	categoryRE  = lazyregexp.New(`(?i)(?:categor(?:y|ies)|категори\p{L}*|санат\p{L}*)\s+((?:[IVІ]+)(?:(?:\s*,\s*|,?\s+(?:and|и|және|мен|пен)\s+)[IVІ]+)*)|((?:[IVІ]+)(?:(?:\s*,\s*|,?\s+(?:және|мен|пен)\s+)[IVІ]+)*)[- ]санат`)
	arbitraryRE = lazyregexp.New(`(?i)arbitrary|произвольн|ерікті|негізсіз`)
	romanRE     = lazyregexp.New(`[IVІ]+`)
)

// categories reads the disposition of an opinion; where the parts of the text
// are not known, its last third.
func (p *parts) categories() {
	ps := p.text.Paragraphs
	for i := len(ps) - 1; i >= 0; i-- {
		para := &ps[i]
		if para.Section != corpus.SectionOperative && i < len(ps)*2/3 {
			continue
		}
		loc := categoryRE.FindStringIndex(para.Text)
		if loc == nil || para.Role != corpus.RoleBody || !arbitraryRE.MatchString(para.Text) || para.Voice != corpus.VoiceBody && para.Voice != "" {
			continue
		}
		var values []string
		for _, v := range romanRE.FindAllString(para.Text[loc[0]:loc[1]], -1) {
			values = append(values, strings.ReplaceAll(v, "І", "I"))
		}
		slices.Sort(values)
		values = slices.Compact(values)
		if slices.ContainsFunc(values, func(v string) bool { return !slices.Contains(categoryNames, v) }) {
			return
		}
		p.add(corpus.KeyCategory, para, loc[0], loc[1], 0.9, values...)
		return
	}
}

// categoryNames are the five categories (methods of work, A/HRC/36/38, para. 8).
var categoryNames = []string{"I", "II", "III", "IV", "V"}

var adoptedRE = lazyregexp.New(`(?i)^\W*(?:adopted on|принят[оаы]? (?:\p{L}+ )?|қабылданған|қабылданды)`)

// adopted reads the day under an opinion: "[Adopted on 16 November 2022]".
func (p *parts) adopted() {
	ps := p.text.Paragraphs
	for i := len(ps) - 1; i >= max(0, len(ps)-12); i-- {
		l := newLine(&ps[i])
		at, d := findDate(l.text)
		if d != "" && len(l.text) < 120 && (adoptedRE.MatchString(l.text) || strings.Contains(l.low, "қабылданды") || strings.Contains(l.low, "қабылданған")) {
			p.add(corpus.KeyAdopted, &ps[i], at.start, at.end, 0.95, string(d))
			p.add(corpus.KeyDate, &ps[i], at.start, at.end, 0.8, string(d)) // where the masthead has none
			return
		}
	}
}

// disposition is a formula by which a body or court decides.
type disposition struct {
	re      *lazyregexp.Regexp
	outcome string
}

// The formulae, negations first: the first that a paragraph has is its own.
var (
	opinionOutcomes = []disposition{
		{lazyregexp.New(`(?i)(?:is|was|were|are) not arbitrary|не (?:является|являлось|носит|носило) произвольн|(?:ерікті|негізсіз) (?:емес|болып табылмайды)`), corpus.OutcomeNotArbitrary},
		{lazyregexp.New(`(?i)\b(?:decides|decided) to (?:file|close)|case (?:is|be) filed|постановляет (?:закрыть|прекратить|сдать)|істі (?:жабу|архивке)`), corpus.OutcomeFiled},
		{lazyregexp.New(`(?i)(?:is|was|were|are|being) (?:therefore )?arbitrary|(?:является|являлось|носит|носило) произвольн|(?:ерікті|негізсіз) (?:болып табылады|деп танылады|сипатта)`), corpus.OutcomeArbitrary},
	}
	viewsOutcomes = []disposition{
		{lazyregexp.New(`(?i)(?:do|does|did) not (?:disclose|reveal|show) (?:a |any )?(?:violation|breach)|не свидетельствуют о нарушени|бұзушылық(?:тар)?ды көрсетпейді`), corpus.OutcomeNoViolation},
		{lazyregexp.New(`(?i)communication is inadmissible|сообщение (?:является )?неприемлемым|хабарлама(?:ны)? қарауға жатпай`), corpus.OutcomeInadmissible},
		{lazyregexp.New(`(?i)(?:disclose|reveal|amounts? to|constitutes?|shows?) (?:a |an? )?(?:separate )?(?:violation|breach)|has violated|свидетельствуют о нарушени|нарушило|бұзушылық(?:тар)?ды(?:ң болғанын)? көрсетеді|бұзды деп`), corpus.OutcomeViolation},
	}
	verdictOutcomes = []disposition{
		{lazyregexp.New(`(?i)оправдать|ақталсын|ақтау`), corpus.OutcomeAcquitted},
		{lazyregexp.New(`(?i)признать (?:[^;]{1,80} )?винов|виновн\p{L}+ признать|кінәлі деп таны`), corpus.OutcomeConvicted},
		{lazyregexp.New(`(?i)(?:дело|производство)[^.;]{0,60} прекратить|прекратить (?:уголовное )?(?:дело|преследование|производство)|іс[^.;]{0,40} (?:тоқтатылсын|қысқартылсын)`), corpus.OutcomeDismissed},
	}
	rulingOutcomes = []disposition{
		{lazyregexp.New(`(?i)без изменени|өзгеріссіз`), corpus.OutcomeUpheld},
		{lazyregexp.New(`(?i)изменить|өзгертілсін|өзгерту`), corpus.OutcomeChanged},
		{lazyregexp.New(`(?i)отменить|күші жойылсын|бұзылсын`), corpus.OutcomeAnnulled},
		{lazyregexp.New(`(?i)прекратить|тоқтатылсын|қысқартылсын`), corpus.OutcomeDismissed},
	}
)

// dispositions reads up to most outcomes in the operative part.
func (p *parts) dispositions(list []disposition, most int) {
	var values []string
	var first *corpus.Paragraph
	start, end := 0, 0
	p.operative(func(para *corpus.Paragraph) bool {
		for _, d := range list {
			loc := d.re.FindStringIndex(para.Text)
			if loc == nil {
				continue
			}
			if first == nil {
				first, start, end = para, loc[0], loc[1]
			}
			if !slices.Contains(values, d.outcome) {
				values = append(values, d.outcome)
			}
			if most == 1 || p.kind != corpus.Ruling && p.kind != corpus.Decision {
				break
			}
		}
		return len(values) < most
	})
	if first != nil {
		p.add(corpus.KeyOutcome, first, start, end, 0.85, inPart(values)...)
	}
}

// inPart makes one outcome of two: what is annulled in part and upheld in the
// rest is changed.
func inPart(values []string) []string {
	upheld, annulled := slices.Contains(values, corpus.OutcomeUpheld), slices.Contains(values, corpus.OutcomeAnnulled)
	changed := slices.Contains(values, corpus.OutcomeChanged)
	if !upheld || !annulled && !changed {
		return values
	}
	out := []string{corpus.OutcomeChanged}
	for _, v := range values {
		if v != corpus.OutcomeUpheld && v != corpus.OutcomeAnnulled && v != corpus.OutcomeChanged {
			out = append(out, v)
		}
	}
	return out
}

// Phrases before the articles that were found to be violated.
var (
	inContravention = lazyregexp.New(`(?i)(?:in|being in|constitut\p{L}+ a) (?:contravention|violation|breach) of|в нарушение|противореч\p{L}+|нарушени\p{L}+|қайшы|бұза отырып|бұзу`)
	disclosed       = lazyregexp.New(`(?i)(?:disclose|reveal|amounts? to|constitutes?|shows?|of) (?:a |an |the )?(?:separate )?(?:violation|breach)|has violated|свидетельствуют о нарушени|нарушени\p{L}+|бұзушылық`)
)

// violations reads the articles in the paragraph of the disposition that says
// what was violated.
func (p *parts) violations(of *lazyregexp.Regexp) {
	p.operative(func(para *corpus.Paragraph) bool {
		at := of.FindStringIndex(para.Text)
		if at == nil {
			return true
		}
		// What was violated comes after the word for it, in Kazakh before.
		from, to := at[1], len(para.Text)
		if para.Lang == string(lang.KK) {
			from, to = 0, at[0]
		}
		keys, start, end := p.statutes(para, "", from, to)
		if len(keys) == 0 {
			return true
		}
		p.add(corpus.KeyViolated, para, start, end, 0.85, keys...)
		return false
	})
}

// statutes returns the keys of the articles that a paragraph names from one
// byte up to another, each once, and the span from the first to the last.
// Family, if given, begins the instruments that count.
func (p *parts) statutes(para *corpus.Paragraph, family string, from, to int) (keys []string, start, end int) {
	ctx := p.ctx
	if c := lang.Code(para.Lang); c != "" && c != lang.Und {
		ctx.Lang = c
	}
	for _, r := range law.Find(para.Text, ctx) {
		if r.Start < from || r.End > to || r.Kind != law.Statute || r.Article == "" || r.Instrument == "" || !strings.HasPrefix(r.Instrument, family) {
			continue
		}
		if len(keys) == 0 {
			start = r.Start
		}
		end = max(end, r.End)
		if k := r.Key(); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys, start, end
}

// Holdings of the European Court.
var (
	holdsNoRE   = lazyregexp.New(`(?i)\bno (?:violation|breach)|(?:has|had) not been (?:a|any) (?:violation|breach)|не (?:было )?нарушен|отсутстви\p{L}+ нарушени`)
	holdsRE     = lazyregexp.New(`(?i)\b(?:violation|breach) of|violated|нарушени\p{L}+ (?:имело|стать|пункт)|имело место нарушени|бұзылды`)
	inadmissRE  = lazyregexp.New(`(?i)declares?[^.;]{0,80} (?:application|applications|complaints?)[^.;]{0,40} inadmissible|объявляет[^.;]{0,60} неприемлем`)
	echrPrefix  = "ECHR"
	notExamined = lazyregexp.New(`(?i)no need to examine|not necessary to examine|нет необходимости`)
)

// holdings reads the operative part of a judgment: a point a holding.
func (p *parts) holdings() {
	var outcomes, violated []string
	var first, firstArticle *corpus.Paragraph
	var at, where [2]int
	p.operative(func(para *corpus.Paragraph) bool {
		outcome := ""
		var loc []int
		switch {
		case notExamined.MatchString(para.Text):
			return true
		case holdsNoRE.MatchString(para.Text):
			outcome, loc = corpus.OutcomeNoViolation, holdsNoRE.FindStringIndex(para.Text)
		case holdsRE.MatchString(para.Text):
			outcome, loc = corpus.OutcomeViolation, holdsRE.FindStringIndex(para.Text)
		case inadmissRE.MatchString(para.Text) && len(outcomes) == 0:
			outcome, loc = corpus.OutcomeInadmissible, inadmissRE.FindStringIndex(para.Text)
		}
		if outcome == "" {
			return true
		}
		if first == nil {
			first, at = para, [2]int{loc[0], loc[1]}
		}
		if !slices.Contains(outcomes, outcome) {
			outcomes = append(outcomes, outcome)
		}
		if outcome == corpus.OutcomeViolation {
			keys, start, end := p.statutes(para, echrPrefix, 0, len(para.Text))
			if len(keys) > 0 && firstArticle == nil {
				firstArticle, where = para, [2]int{start, end}
			}
			violated = append(violated, keys...)
		}
		return true
	})
	if slices.Contains(outcomes, corpus.OutcomeViolation) || slices.Contains(outcomes, corpus.OutcomeNoViolation) {
		outcomes = slices.DeleteFunc(outcomes, func(o string) bool { return o == corpus.OutcomeInadmissible })
	}
	if first != nil {
		p.add(corpus.KeyOutcome, first, at[0], at[1], 0.9, outcomes...)
	}
	if firstArticle != nil {
		p.add(corpus.KeyViolated, firstArticle, where[0], where[1], 0.85, unique(violated)...)
	}
}

// charges reads the articles of the accusation: those that stand with the
// accused at the head of a verdict, or in the points of an indictment that
// accuse.
func (p *parts) charges() {
	var keys []string
	var first *corpus.Paragraph
	start, end := 0, 0
	for i := range p.text.Paragraphs {
		para := &p.text.Paragraphs[i]
		if para.Role == corpus.RoleFootnote || para.Role == corpus.RoleHeader {
			continue
		}
		if p.kind == corpus.Verdict && (para.Section == corpus.SectionFacts || para.Section == corpus.SectionReasoning || para.Section == corpus.SectionOperative) {
			break
		}
		if !accusesRE.MatchString(para.Text) {
			continue
		}
		found, s, e := p.statutes(para, "", 0, len(para.Text))
		found = slices.DeleteFunc(found, func(k string) bool { return !strings.Contains(k, "-UK") })
		if len(found) > 0 && first == nil {
			first, start, end = para, s, e
		}
		keys = append(keys, found...)
	}
	if first != nil {
		p.add(corpus.KeyCharge, first, start, end, 0.85, unique(keys)...)
	}
}

var accusesRE = lazyregexp.New(`(?i)(?:по )?обвин(?:ению|яем|яется|ённ|енн)|предусмотренн\p{L}+|айыптал|айыптау (?:туралы|бойынша)|айып тағыл|көзделген`)

// sentences are punishments in the operative part of a verdict, as printed.
var sentenceRE = lazyregexp.New(`(?i)((?:\d+|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять) (?:\([\p{L} ]+\) )?(?:год|лет|месяц)\p{L}*(?: и \d+ (?:\([\p{L} ]+\) )?(?:год|лет|месяц)\p{L}*| \d+ (?:\([\p{L} ]+\) )?месяц\p{L}*)? (?:лишения|ограничения) свободы|(?:лишени[яе]|ограничени[яе]) свободы (?:на срок|сроком(?: на)?) \d+ (?:\([\p{L} ]+\) )?(?:год|лет|месяц)\p{L}*(?:(?: и)? \d+ (?:\([\p{L} ]+\) )?месяц\p{L}*)?|\d+ (?:\([\p{L} ]+\) )?(?:жыл|ай)\p{L}*(?: \d+ (?:\([\p{L} ]+\) )?ай\p{L}*)?(?: мерзімге)? бас бостандығын(?:ан айыру|а шек қою|ан айыруға| шектеу)|бас бостандығын(?:ан айыру|а шек қою)\p{L}* \d+ (?:\([\p{L} ]+\) )?(?:жыл|ай)\p{L}*)`)

// inTotalRE stands before the punishment for all counts together.
var inTotalRE = lazyregexp.New(`(?i)окончательн|түпкілікті`)

// sentences reads the punishments; where counts were added up, their sums.
func (p *parts) sentences() {
	var values []string
	var first *corpus.Paragraph
	start, end, total := 0, 0, false
	p.operative(func(para *corpus.Paragraph) bool {
		all := sentenceRE.FindAllStringSubmatchIndex(para.Text, 8)
		if at := inTotalRE.FindStringIndex(para.Text); at != nil { // the punishments for each count come before
			all = slices.DeleteFunc(all, func(loc []int) bool { return loc[2] < at[0] })
			if !total && len(all) > 0 {
				first, values, total = nil, nil, true
			}
		} else if total {
			return true
		}
		for _, loc := range all {
			if first == nil {
				first, start, end = para, loc[2], loc[3]
			}
			values = append(values, para.Text[loc[2]:loc[3]])
		}
		return true
	})
	if first != nil {
		p.add(corpus.KeySentence, first, start, end, 0.8, unique(values)...)
	}
}

// adoptedWordsRE tell that a text was adopted, where it is not a draft.
var textsAdoptedRE = lazyregexp.New(`(?i)texts? adopted|adopted (?:by|on)|P\d{1,2}_TA|принят[аоы]|қабылдан|european parliament resolution of \d`)

// resolved says that a resolution was adopted, if its first page does.
func (p *parts) resolved() {
	for i := range p.text.Paragraphs[:min(pageParagraphs, len(p.text.Paragraphs))] {
		para := &p.text.Paragraphs[i]
		if loc := textsAdoptedRE.FindStringIndex(para.Text); loc != nil && len(para.Text) < 4*shortLine && para.Role != corpus.RoleFootnote {
			p.add(corpus.KeyOutcome, para, loc[0], loc[1], 0.85, corpus.OutcomeAdopted)
			return
		}
	}
}

var (
	repealsRE   = lazyregexp.New(`(?i)признать утративш\p{L}+ силу|считать утративш\p{L}+ силу|күші жойылды деп танылсын|күші жойылсын`)
	actNumberRE = lazyregexp.New(`(?:№|N)\s?(\d[\dIVXІХ/-]*)`)
)

// replaces reads the acts that an act ends, in its last points.
func (p *parts) replaces() {
	ps := p.text.Paragraphs
	for i := len(ps) / 2; i < len(ps); i++ {
		para := &ps[i]
		loc := repealsRE.FindStringIndex(para.Text)
		if loc == nil || para.Role != corpus.RoleBody || aboutPart.MatchString(strings.ToLower(para.Text[loc[0]:min(len(para.Text), loc[1]+60)])) {
			continue
		}
		var numbers []string
		start, end := 0, 0
		for _, m := range actNumberRE.FindAllStringSubmatchIndex(para.Text, 20) {
			if len(numbers) == 0 {
				start = m[2]
			}
			end = m[3]
			numbers = append(numbers, para.Text[m[2]:m[3]])
		}
		if len(numbers) > 0 {
			p.add(corpus.KeyReplaces, para, start, end, 0.8, unique(numbers)...)
			return
		}
	}
}
