package lang

import "testing"

// The texts of the benchmarks are our own; tokens a second is the figure.
const (
	textRU = "Суд первой инстанции признал подсудимого виновным в совершении преступления, предусмотренного ч. 2 ст. 405 УК РК, " +
		"и назначил ему наказание в виде ограничения свободы сроком на два года. Защитник Н.А. Петренко обжаловал приговор, указав, " +
		"что участие в мирном собрании 25.06.2016 не образует состава преступления. Апелляционная коллегия оставила жалобу без удовлетворения. "
	textKK = "Бірінші сатыдағы сот сотталушыны ҚР ҚК-нің 405-бабының екінші бөлігінде көзделген қылмысты жасағаны үшін кінәлі деп таныды " +
		"және оған екі жылға бас бостандығын шектеу жазасын тағайындады. Қорғаушының шағымында айыпталушының бейбіт жиналысқа қатысқаны " +
		"қылмыс құрамын құрмайтыны көрсетілген, бірақ апелляциялық алқа шағымды қанағаттандырусыз қалдырды. "
	textEN = "The trial court found the defendant guilty of taking part in the activities of a banned organization under article 405, part 2, of the " +
		"Criminal Code and sentenced him to two years of restricted liberty. In Opinion No. 46/2023 the Working Group found the detention arbitrary, " +
		"the Council's procedures notwithstanding. The Government's reply did not address the petitioner's allegations. "
)

func benchmarkTokens(b *testing.B, text string) {
	var tokens []Token
	b.SetBytes(int64(len(text)))
	n := 0
	for b.Loop() {
		tokens = AppendTokens(tokens[:0], text)
		n += len(tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkTokensRU(b *testing.B) { benchmarkTokens(b, textRU) }
func BenchmarkTokensKK(b *testing.B) { benchmarkTokens(b, textKK) }
func BenchmarkTokensEN(b *testing.B) { benchmarkTokens(b, textEN) }

// benchmarkStems measures words and their stems, remembered as an index does.
func benchmarkStems(b *testing.B, text string, c Code) {
	var (
		tokens  []Token
		stemmer Stemmer
	)
	n, stems := 0, 0
	for b.Loop() {
		tokens = AppendTokens(tokens[:0], text)
		for _, t := range tokens {
			stems += len(stemmer.Stems(t.Form, c))
		}
		n += len(tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkStemsRU(b *testing.B) { benchmarkStems(b, textRU, RU) }
func BenchmarkStemsKK(b *testing.B) { benchmarkStems(b, textKK, KK) }
func BenchmarkStemsEN(b *testing.B) { benchmarkStems(b, textEN, EN) }

// benchmarkNew measures stems of words seen for the first time.
func benchmarkNew(b *testing.B, text string, c Code) {
	tokens := Tokens(text)
	n := 0
	for b.Loop() {
		for _, t := range tokens {
			Stems(t.Form, c)
		}
		n += len(tokens)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNewStemsRU(b *testing.B) { benchmarkNew(b, textRU, RU) }
func BenchmarkNewStemsKK(b *testing.B) { benchmarkNew(b, textKK, KK) }
func BenchmarkNewStemsEN(b *testing.B) { benchmarkNew(b, textEN, EN) }

func BenchmarkDetect(b *testing.B) {
	for b.Loop() {
		Detect(textKK)
	}
}
