package voice_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/number"
	"dalel/ingest/voice"
)

// read makes a text of lines: "# " begins a heading, "^ " a footnote. The
// lines are numbered as ingest numbers them.
func read(kind corpus.Kind, lines ...string) *corpus.Text {
	t := &corpus.Text{}
	for _, l := range lines {
		p := corpus.Paragraph{Role: corpus.RoleBody, Text: l}
		if rest, ok := strings.CutPrefix(l, "# "); ok {
			p.Role, p.Text = corpus.RoleHeading, rest
		}
		if rest, ok := strings.CutPrefix(l, "^ "); ok {
			p.Role, p.Text = corpus.RoleFootnote, rest
			p.Label = rest[:1]
		}
		t.Paragraphs = append(t.Paragraphs, p)
	}
	number.Apply(t.Paragraphs)
	voice.Apply(kind, t)
	return t
}

// form is a document in the form of a kind: each line after the voice and the
// section that it must have, "source submissions | 5. Text". A heading has no
// voice.
type form struct {
	why  string
	kind corpus.Kind
	want string
}

func apply(t *corpus.Text) { voice.Apply(corpus.Judgment, t) }

func TestForms(t *testing.T) {
	for _, tt := range forms {
		t.Run(tt.why, func(t *testing.T) {
			var lines, wants []string
			for l := range strings.SplitSeq(strings.TrimSpace(tt.want), "\n") {
				want, text, ok := strings.Cut(l, "|")
				if !ok {
					t.Fatalf("%q has no text", l)
				}
				lines, wants = append(lines, strings.TrimSpace(text)), append(wants, strings.Join(strings.Fields(want), " "))
			}
			got := read(tt.kind, lines...)
			for i, p := range got.Paragraphs {
				if p.Role == corpus.RoleHeading {
					continue
				}
				said := strings.TrimSpace(string(p.Voice) + " " + string(p.Section))
				if said == "" {
					said = "-"
				}
				if said != wants[i] {
					t.Errorf("%q is of %q, want %q", p.Text, said, wants[i])
				}
			}
		})
	}
}

// The forms, with invented persons. SPECIMEN.
var forms = []form{
	{"an opinion with headings", corpus.WGADOpinion, `
		-                       | A/HRC/WGAD/2022/931
		-                       | # Opinion No. 931/2022 concerning SPECIMEN (Kazakhstan)
		body procedure          | 1. The Working Group on Arbitrary Detention was established in resolution 1991/42.
		body procedure          | 2. In accordance with its methods of work, on 20 May 2022 the Working Group transmitted a communication to the Government.
		body procedure          | (a) When it is clearly impossible to invoke any legal basis (category I);
		-                       | # Submissions
		-                       | # Communication from the source
		source submissions      | 3. SPECIMEN is a citizen of Kazakhstan born in 1981.
		-                       | # Background
		source submissions      | 4. On 3 March 2021 he was arrested and beaten.
		source submissions      | 5. According to the source, he was held for 80 hours.
		-                       | # Response from the Government
		body submissions        | 6. On 20 May 2022, the Working Group transmitted the allegations from the source to the Government.
		government submissions  | 7. In its reply, the Government denies that he was beaten.
		government submissions  | 8. He was detained lawfully.
		body submissions        | 9. The Working Group regrets that it did not receive a timely response.
		-                       | # Further comments from the source
		source submissions      | 10. The source maintains its submissions.
		-                       | # Discussion
		body reasoning          | 11. The Working Group thanks the source and the Government for their submissions.
		body reasoning          | 12. The source alleges that he was beaten, which the Government denies.
		-                       | # Category II
		body reasoning          | 13. The source submits that the detention falls under category II.
		-                       | # Disposition
		body operative          | 14. In the light of the foregoing, the Working Group renders the following opinion:
		body operative          | The deprivation of liberty of SPECIMEN is arbitrary and falls within category II.
		-                       | # Follow-up procedure
		body operative          | 15. The Working Group requests the source and the Government to provide it with information.`},
	{"an opinion of the years before headings", corpus.WGADOpinion, `
		body procedure          | 1. The Working Group on Arbitrary Detention was established by resolution 1991/42.
		body procedure          | 2. The Working Group conveys its appreciation to the Government for having forwarded the requisite information.
		source submissions      | 3. According to the source, SPECIMEN, born in 1955, was arrested on 2 May 1998.
		source submissions      | 4. He was taken to a police station and held for nine days.
		source submissions      | 5. The source alleges that no warrant was shown.
		government submissions  | 6. In its response, the Government states that SPECIMEN was tried by a competent court.
		government submissions  | 7. The sentence was confirmed on appeal.
		body reasoning          | 8. The Working Group considers that the facts are sufficiently established.
		body operative          | 9. In the light of the foregoing, the Working Group renders the following opinion:
		body operative          | The deprivation of liberty of SPECIMEN is arbitrary, and falls within category III.`},
	{"a verdict without headings of its parts, in Kazakh", corpus.Verdict, `
		-                       | # ҮКІМ
		court procedure         | АНЫҚТАДЫ:
		court facts             | Сотталушы ҮЛГІ 2021 жылы тыйым салынған ұйымның қызметіне қатысқан.
		expert facts            | Сот-сараптамалық қорытындыға сәйкес, бейнежазбада шақыру белгілері бар.
		defence submissions     | Қорғаушы сотталушыны ақтауды сұрады.
		court reasoning         | Сот тараптарды тыңдап, іс материалдарын зерделеп, мынадай қорытындыға келді.
		court reasoning         | Сотталушының кінәсі дәлелденді.
		court operative         | ҮКІМ ЕТТІ:`},
	{"an opinion in Russian", corpus.WGADOpinion, `
		body procedure          | 1. Рабочая группа по произвольным задержаниям была учреждена в резолюции 1991/42.
		-                       | # Представленные материалы
		-                       | # Сообщение источника
		source submissions      | 2. ОБРАЗЕЦ родился в 1981 году и живёт в Карасенгире.
		source submissions      | 3. Источник утверждает, что его избивали.
		-                       | # Ответ правительства
		body submissions        | 4. 20 мая 2022 года Рабочая группа препроводила утверждения источника правительству.
		government submissions  | 5. Правительство отрицает это.
		-                       | # Дополнительные комментарии источника
		source submissions      | 6. Источник повторяет свои утверждения.
		-                       | # Обсуждение
		body reasoning          | 7. Источник утверждает, что признание получено под пыткой.
		-                       | # Решение
		body operative          | 8. Лишение свободы ОБРАЗЦА носит произвольный характер и подпадает под категорию II.
		-                       | # Процедура последующих действий
		body operative          | 9. Рабочая группа просит источник и правительство представить информацию.`},
	{"an opinion in Kazakh", corpus.WGADOpinion, `
		body procedure          | 1. Негізсіз ұстау жөніндегі жұмыс тобы 1991/42 қарарымен құрылған.
		-                       | # Дереккөзден алынған хабарлама
		source submissions      | 2. ҮЛГІ 1981 жылы туған, Қарасеңгір қаласында тұрады.
		source submissions      | 3. Дереккөздің айтуынша, оны екі түн бойы ұрған.
		-                       | # Үкіметтің жауабы
		government submissions  | 4. Үкімет бұл айыптауды жоққа шығарады.
		-                       | # Дереккөздің қосымша түсініктемелері
		source submissions      | 5. Дереккөз бұрынғы уәждерін қайталайды.
		-                       | # Талқылау
		body reasoning          | 6. Жұмыс тобы ҮЛГІНІҢ азапталғанын анықтады.
		-                       | # Шешім
		body operative          | 7. ҮЛГІНІ бас бостандығынан айыру негізсіз болып табылады және II санатқа жатады.`},
	{"views with headings", corpus.Views, `
		-                       | CCPR/C/130/D/9931/2021
		body procedure          | 1.1 The author of the communication is SPECIMEN, a national of Kazakhstan. He claims that the State party has violated his rights.
		body procedure          | 1.2 On 3 May 2021, the Committee requested the State party not to remove him.
		-                       | # The facts as submitted by the author
		source facts            | 2.1 On 3 March 2021 the police entered the author's flat.
		source facts            | 2.2 The court convicted him.
		-                       | # The complaint
		source submissions      | 3. The author claims a violation of article 7.
		-                       | # State party's observations on admissibility and the merits
		government submissions  | 4.1 On 5 June 2021, the State party submitted its observations.
		government submissions  | 4.2 The courts examined the evidence.
		-                       | # Author's comments on the State party's observations on admissibility and the merits
		source submissions      | 5.1 On 2 July 2021, the author reiterated that he was beaten.
		-                       | # Issues and proceedings before the Committee
		-                       | # Consideration of admissibility
		body reasoning          | 6.1 Before considering any claim contained in a communication, the Committee must decide whether it is admissible.
		body reasoning          | 6.2 The Committee notes the State party's argument that remedies were not exhausted.
		-                       | # Consideration of the merits
		body reasoning          | 7.1 The author claims that he was beaten.
		body operative          | 8. The Human Rights Committee, acting under article 5 (4) of the Optional Protocol, is of the view that the facts disclose a violation of article 7.
		body operative          | 9. The State party is under an obligation to provide the author with an effective remedy.
		-                       | # Annex
		-                       | # Individual opinion of Committee member SPECIMEN (dissenting)
		dissent                 | 1. I cannot agree with the majority.
		dissent                 | 2. The State party has shown that the trial was fair.`},
	{"views of the years before headings", corpus.Views, `
		body procedure          | 1. The author of the communication (initial letter dated 2 May 1979) is SPECIMEN.
		source procedure        | 2.1 The author states that her husband was arrested in 1975.
		source procedure        | 2.2 He was taken to a barracks.
		body procedure          | 3. By decision of 4 August 1979 the Human Rights Committee transmitted the communication to the State party.
		government procedure    | 4.1 The State party submits that all remedies are open to him.
		government procedure    | 4.2 He was tried by a military court.
		body procedure          | 5. The Committee decides to base its views on the following facts.
		body operative          | 6. The Human Rights Committee, acting under article 5 (4) of the Optional Protocol, is of the view that these facts disclose violations.`},
	{"views in Russian", corpus.Views, `
		body procedure          | 1. Автором сообщения является ОБРАЗЕЦ, гражданин Казахстана.
		-                       | # Факты в изложении автора
		source facts            | 2.1 3 марта 2021 года автора задержали.
		-                       | # Жалоба
		source submissions      | 3. Автор утверждает, что были нарушены его права.
		-                       | # Замечания государства-участника относительно приемлемости и существа сообщения
		government submissions  | 4. Государство-участник оспаривает это.
		-                       | # Комментарии автора к замечаниям государства-участника
		source submissions      | 5. Автор не согласен.
		-                       | # Вопросы и процедура их рассмотрения в Комитете
		-                       | # Рассмотрение вопроса о приемлемости
		body reasoning          | 6. Комитет принимает к сведению довод государства-участника.
		body operative          | 7. Комитет по правам человека, действуя в соответствии с пунктом 4 статьи 5 Факультативного протокола, констатирует нарушение.`},
	{"a judgment", corpus.Judgment, `
		-                       | # CASE OF SPECIMEN v. NOWHERE
		-                       | # PROCEDURE
		court procedure         | 1. The case originated in an application (no. 99001/21) against Nowhere.
		source procedure        | 2. The applicant alleged, in particular, that she had been beaten.
		-                       | # THE FACTS
		-                       | # I. THE CIRCUMSTANCES OF THE CASE
		court facts             | 3. The applicant was born in 1988.
		court facts             | 4. The applicant complained to the prosecutor, who stated that there was no case.
		source facts            | 5. According to the applicant, nobody answered her.
		government facts        | 6. The Government disputed that account.
		-                       | # THE LAW
		-                       | # I. ALLEGED VIOLATION OF ARTICLE 3 OF THE CONVENTION
		source submissions      | 7. The applicant complained that she had been beaten.
		source submissions      | “No one shall be subjected to torture or to inhuman or degrading treatment.”
		government submissions  | 8. The Government contested that argument.
		-                       | # A. Admissibility
		court reasoning         | 9. The Court notes that this complaint is not manifestly ill-founded.
		-                       | # B. Merits
		submissions             | 1. The parties’ submissions
		source submissions      | 10. The applicant maintained her complaint.
		source submissions      | 11. She further argued that the inquiry had been slow.
		government submissions  | 12. The Government, in their turn, submitted that no one had beaten her.
		reasoning               | 2. The Court’s assessment
		court reasoning         | (a) General principles
		court reasoning         | 13. Article 3 enshrines one of the most fundamental values.
		court reasoning         | (b) Application in the present case
		court reasoning         | 14. The Government argued that she had fallen. The Court is not convinced.
		-                       | # II. APPLICATION OF ARTICLE 41 OF THE CONVENTION
		-                       | # A. Damage
		source submissions      | 15. The applicant claimed 5,000 euros (EUR).
		government submissions  | 16. The Government considered the claim excessive.
		court reasoning         | 17. The Court awards EUR 3,000.
		court reasoning         | 18. The applicant made no claim for costs. The Court therefore makes no award.
		-                       | # FOR THESE REASONS, THE COURT, UNANIMOUSLY,
		court operative         | 1. Holds that there has been a violation of Article 3 of the Convention;
		court operative         | (a) that the respondent State is to pay the applicant EUR 3,000;
		-                       | # PARTLY DISSENTING OPINION OF JUDGE SPECIMEN
		dissent                 | 1. I voted against the second point.
		dissent                 | The Court ought to have held otherwise.`},
	{"a judgment with the headings of 2021", corpus.Judgment, `
		-                       | # SUBJECT MATTER OF THE CASE
		court procedure         | 1. The case concerns the ill-treatment of the applicant in police custody.
		source procedure        | 2. The applicant complained under Article 3 that he had been beaten.
		-                       | # THE COURT’S ASSESSMENT
		-                       | # I. ALLEGED VIOLATION OF ARTICLE 3 OF THE CONVENTION
		court reasoning         | 3. The general principles have been summarised in an earlier case.
		-                       | # FOR THESE REASONS, THE COURT, UNANIMOUSLY,
		court operative         | 1. Declares the application admissible;`},
	{"a judgment in Russian", corpus.Judgment, `
		-                       | # ПРОЦЕДУРА
		court procedure         | 1. Дело было возбуждено на основании жалобы № 99001/21.
		-                       | # ФАКТЫ
		court facts             | 2. Заявитель родился в 1980 году.
		-                       | # ПРАВО
		-                       | # I. ПРЕДПОЛАГАЕМОЕ НАРУШЕНИЕ СТАТЬИ 3 КОНВЕНЦИИ
		source submissions      | 3. Заявитель утверждал, что его избили.
		government submissions  | 4. Власти оспорили этот довод.
		court reasoning         | 5. Суд отмечает, что жалоба не является необоснованной.
		-                       | # ПО ЭТИМ ПРИЧИНАМ СУД ЕДИНОГЛАСНО
		court operative         | 1. Постановил, что имело место нарушение статьи 3 Конвенции.
		-                       | # ОСОБОЕ МНЕНИЕ СУДЬИ ОБРАЗЦА
		dissent                 | 1. Я не могу согласиться с большинством.`},
	{"a verdict of Kazakhstan in Russian", corpus.Verdict, `
		-                       | # П Р И Г О В О Р
		-                       | # ИМЕНЕМ РЕСПУБЛИКИ КАЗАХСТАН
		court procedure         | Суд № 2 города Карасенгира, рассмотрев дело по обвинению ОБРАЗЦОВА А. Б. по ч. 2 ст. 405 УК, у с т а н о в и л:
		court facts             | Подсудимый ОБРАЗЦОВ 28 февраля 2021 года находился на площади.
		defence facts           | Допрошенный в судебном заседании подсудимый ОБРАЗЦОВ А. Б. вину не признал и показал, что пришёл сам.
		witness facts           | Свидетель СВИДЕТЕЛЕВ В. Г. показал, что видел подсудимого.
		witness facts           | Он также пояснил, что криков не было.
		witness facts           | Потерпевшая ОБРАЗЦОВА сообщила суду, что претензий не имеет.
		expert facts            | Согласно заключению судебно-медицинской экспертизы № 1 обнаружены кровоподтёки.
		prosecution submissions       | Государственный обвинитель просил признать подсудимого виновным.
		defence submissions           | Адвокат ЗАЩИТНИКОВ просил подсудимого оправдать.
		court reasoning         | Оценив собранные по делу доказательства в их совокупности, суд приходит к выводу о виновности подсудимого.
		court reasoning         | Доводы защитника о незаконности задержания суд находит несостоятельными.
		court reasoning         | При назначении наказания суд учитывает характер содеянного.
		court operative         | На основании изложенного и руководствуясь статьями 390, 393-398 УПК, суд П Р И Г О В О Р И Л:
		court operative         | ОБРАЗЦОВА А. Б. признать виновным по ч. 2 ст. 405 УК.
		court operative         | Приговор может быть обжалован в течение 15 суток.`},
	{"a verdict of Kazakhstan in Kazakh", corpus.Verdict, `
		-                       | # Ү К І М
		court procedure         | Қарасеңгір қаласының № 2 соты ҮЛГІНІ айыптау туралы істі қарап, АНЫҚТАДЫ:
		court facts             | Сотталушы ҮЛГІ 2021 жылғы 28 ақпанда алаңда болған.
		defence facts           | Сотталушы ҮЛГІ сотта кінәсін мойындамады.
		witness facts           | Куә КУӘГЕР алаңда тыныштық болғанын көрсетті.
		witness facts           | Ол айқай естімегенін де айтты.
		expert facts            | Сот-медициналық сараптаманың № 1 қорытындысына сәйкес көгерулер бар.
		prosecution submissions       | Мемлекеттік айыптаушы сотталушыны кінәлі деп тануды сұрады.
		court reasoning         | Сот жиналған дәлелдемелерді жиынтығында бағалап, сотталушының кінәсі дәлелденді деген тұжырымға келді.
		court reasoning         | Қорғаушының уәждері назар аударуға тұрмайды.
		court operative         | Баяндалғанның негізінде сот ҮКІМ ЕТТІ:
		court operative         | ҮЛГІ ҚК-нің 405-бабының 2-бөлігі бойынша кінәлі деп танылсын.`},
	{"an appellate ruling", corpus.Ruling, `
		-                       | # ПОСТАНОВЛЕНИЕ
		court procedure         | Судебная коллегия по уголовным делам в составе трёх судей УСТАНОВИЛА:
		court facts             | Приговором суда от 25 ноября 2021 года ОБРАЗЦОВ осуждён.
		defence submissions           | В апелляционной жалобе адвокат ЗАЩИТНИКОВ просит приговор отменить.
		prosecution submissions       | Прокурор в возражениях просит оставить приговор без изменения.
		court reasoning         | Выслушав стороны, изучив материалы дела, судебная коллегия находит приговор подлежащим изменению.
		court operative         | Руководствуясь статьёй 431 УПК, судебная коллегия ПОСТАНОВИЛА:
		court operative         | Приговор изменить.`},
	{"an indictment", corpus.Indictment, `
		-                       | # ОБВИНИТЕЛЬНЫЙ АКТ
		prosecution             | 1. Досудебное расследование начато 2 марта 2021 года.
		prosecution             | 2. ОБРАЗЦОВ обвиняется в участии в запрещённой организации.
		defence submissions     | 3. Защитник ЗАЩИТНИКОВ заявил, что признание получено под пыткой.`},
	{"a record of a hearing", corpus.HearingRecord, `
		-                       | # ПРОТОКОЛ СУДЕБНОГО ЗАСЕДАНИЯ
		-                       | Заседание началось в десять часов утра, стороны явились.
		court                   | Председательствующий: Заседание открыто.
		prosecution             | Прокурор: Прошу приобщить видеозапись.
		defence                 | Адвокат ЗАЩИТНИКОВ: Возражаю.
		witness                 | Свидетель: Я ничего не видел.`},
	{"a resolution", corpus.Resolution, `
		-                       | # European Parliament resolution of 16 March 2023 on SPECIMEN
		body recitals           | The European Parliament,
		body recitals           | – having regard to its previous resolutions,
		body recitals           | A. whereas SPECIMEN is in prison;
		body operative          | 1. Condemns the imprisonment of SPECIMEN;
		body operative          | 2. Calls for his release;
		body operative          | (a) without delay;`},
	{"a resolution of the United Nations", corpus.Resolution, `
		body recitals           | The Human Rights Council,
		body recitals           | Recalling its resolution 5/1 of 18 June 2007,
		body recitals           | Deeply concerned at the number of cases,
		body operative          | 1. Calls upon all States to release those who are held arbitrarily;
		body operative          | 2. Decides to remain seized of the matter.`},
	{"a motion is its authors'", corpus.Motion, `
		author recitals         | The European Parliament,
		author recitals         | A. whereas SPECIMEN is in prison;
		author operative        | 1. Calls for his release.`},
	{"a submission", corpus.Submission, `
		author                  | 1.1. This submission was prepared by SPECIMEN.
		author                  | - with bullets;`},
	{"a national report is the Government's", corpus.UNDocument, `
		-                       | # National report submitted in accordance with paragraph 5 of the annex to resolution 16/21
		government              | 1. The Government of SPECIMEN submits this report.`},
	{"any other paper of the United Nations is nobody's", corpus.UNDocument, `
		-                       | # Summary of stakeholders’ submissions on SPECIMEN
		-                       | 1. JS1 stated that torture was common.`},
	{"a law is nobody's", corpus.Statute, `
		-                       | Статья 405. ОБРАЗЕЦ`},
}

// Lines that were set with an end in every line go on as their first one.
func TestWrappedLines(t *testing.T) {
	got := read(corpus.Judgment,
		"# THE LAW", "25. The applicant complained of the prolongation, by twenty months, of",
		"Appeal proceedings, a length which he described as contrary to the", "Convention.", "26. The Court disagrees.")
	for i, want := range []corpus.Voice{"", "source", "source", "source", "court"} {
		if v := got.Paragraphs[i].Voice; v != want {
			t.Errorf("line %d is of %q, want %q", i+1, v, want)
		}
	}
}

func TestQuotes(t *testing.T) {
	for _, tt := range []struct {
		text, want, why string
	}{
		{"12. The source alleges that “he was beaten for two nights in the basement”, which it calls torture.", "source: he was beaten for two nights in the basement", "whose words they are stands before them"},
		{"The “threat” was small.", "", "a word in quotation marks is none"},
		{"The law speaks of «призывы к свержению конституционного строя» only.", ": призывы к свержению конституционного строя", "of whom, it does not say"},
		{"He said \"the basement is the only room in the building without a window\" and left.", ": the basement is the only room in the building without a window", "straight marks"},
	} {
		p := read(corpus.WGADOpinion, "# Discussion", tt.text).Paragraphs[1]
		var all []string
		for _, q := range p.Quotes {
			all = append(all, string(q.Voice)+": "+p.Text[q.Start:q.End])
		}
		if got := strings.Join(all, "|"); got != tt.want {
			t.Errorf("quotations of %q are %q, want %q: %s", tt.text, got, tt.want, tt.why)
		}
	}
}

func TestQuotationOverParagraphs(t *testing.T) {
	ps := read(corpus.Judgment, "# THE FACTS", "1. The report states:",
		"“Torture remains endemic in the system.", "Nobody was ever punished for it.”", "2. The court agreed.").Paragraphs
	for i, want := range []int{0, 0, 1, 1, 0} {
		if len(ps[i].Quotes) != want {
			t.Errorf("paragraph %d (%s) has quotations %v, want %d", i+1, ps[i].Role, ps[i].Quotes, want)
		}
	}
}

// A note has the voice of the paragraph that marks it.
func TestNotes(t *testing.T) {
	ps := read(corpus.WGADOpinion, "# Communication from the source", "1. The source refers to a decision.¹ It was not published.",
		"# Discussion", "2. The Working Group disagrees.²", "^ 1 Case No. 1.", "^ 2 Opinion No. 904/2018.").Paragraphs
	if ps[4].Voice != corpus.VoiceSource || ps[5].Voice != corpus.VoiceBody {
		t.Errorf("notes are of %q and %q, want source and body", ps[4].Voice, ps[5].Voice)
	}
}

// FuzzApply checks that voices never change a text, that quotations lie in it,
// and that the same text has the same voices.
func FuzzApply(f *testing.F) {
	f.Add("# Discussion\n1. The Group «finds\n2. that» so\nУ С Т А Н О В И Л:\nx", 0)
	f.Add("# THE LAW\n1. The applicant argued “that\nit\n” so.", 4)
	f.Fuzz(func(t *testing.T, s string, k int) {
		if !utf8.ValidString(s) {
			t.Skip("readers hand over valid UTF-8 only")
		}
		kind := corpus.Kinds[uint(k)%uint(len(corpus.Kinds))]
		lines := strings.Split(s, "\n")
		a, b := read(kind, lines...), read(kind, lines...)
		for i, p := range a.Paragraphs {
			if p.Voice != b.Paragraphs[i].Voice || p.Section != b.Paragraphs[i].Section {
				t.Errorf("paragraph %d differs from run to run", i+1)
			}
			last := 0
			for _, q := range p.Quotes {
				if q.Start < last || q.End <= q.Start || q.End > len(p.Text) || !utf8.ValidString(p.Text[q.Start:q.End]) {
					t.Errorf("quotation %+v does not lie in %q", q, p.Text)
				}
				last = q.End
			}
		}
	})
}
