// Package voice tells who is speaking in each paragraph of a document, and in
// which part of the act the paragraph stands, in Russian, Kazakh and English.
//
// An opinion of the UN repeats one sentence as the source's allegation, as the
// Government's denial and as the Group's finding; a verdict tells what the
// defendant, the witnesses and the court said. What tells them apart is the
// form that each kind of act keeps:
//
//   - Headings: "Response from the Government", "The Court's assessment",
//     "ҚАРАР БӨЛІГІ". A heading holds for what stands under it, until another
//     of its level or above.
//   - Marks: words that end a part wherever they stand, "УСТАНОВИЛ:".
//   - Openings: "The applicant argued that …", "Куә … көрсетті". They hold for
//     their paragraph, and for those after it that go on without a subject of
//     their own, where no heading says who speaks.
//
// A form is a table of such phrases and what follows from them. The phrases
// are those of the bodies themselves: the methods of work and opinions of the
// Working Group on Arbitrary Detention, the views of treaty bodies, judgments
// of the European Court of Human Rights from 1961 on, verdicts under the Codes
// of Criminal Procedure of Kazakhstan (2014, articles 393 to 398) and Russia
// (2001, articles 303 to 309), and the rules of parliaments.
//
// What a form does not tell is left unknown.
package voice
