using NodaTime;
using Safeconduct.Intake.Texts;
using Safeconduct.Intake.Texts.Clauses;
using Safeconduct.Statements.Claims;
using Xunit;

namespace Safeconduct.Tests.Core.Intake.Texts;

public class OtherClauseTests
{
    [Theory]
    [InlineData("fr", "Les habitants ont quitté la ville.", "v.leave", Mood.Perfect)]
    [InlineData("fr", "Les habitants ont été évacués.", "v.evacuate", Mood.Passive)]
    [InlineData("fr", "Les habitants auraient été évacués.", "v.evacuate", Mood.Might)]
    [InlineData("fr", "Les habitants n'ont pas quitté la ville.", "v.leave", Mood.Negated)]
    [InlineData("fr", "Les camions n'ont pas pu passer.", "v.pass", Mood.Can)]
    [InlineData("fr", "Le convoi partira demain.", "v.depart", Mood.Future)]
    [InlineData("fr", "Les évacuations doivent reprendre demain.", "v.resume", Mood.Future)]
    [InlineData("ru", "Жители эвакуированы из города.", "v.evacuate", Mood.Passive)]
    [InlineData("ru", "Бойцы не покинули город.", "v.leave", Mood.Negated)]
    [InlineData("ru", "Эвакуация возобновится завтра.", "v.resume", Mood.Future)]
    [InlineData("ru", "Жители будут эвакуированы завтра.", "v.evacuate", Mood.Future)]
    [InlineData("ru", "Люди могли погибнуть.", "v.kill", Mood.Might)]
    [InlineData("ru", "Автобусы не смогли покинуть город.", "v.leave", Mood.Can)]
    [InlineData("uk", "Мешканців евакуйовано з міста.", "v.evacuate", Mood.Passive)]
    [InlineData("uk", "Рух буде відновлено завтра.", "v.resume", Mood.Future)]
    [InlineData("uk", "Люди можуть загинути.", "v.kill", Mood.Might)]
    [InlineData("tr", "Siviller tahliye edildi.", "v.evacuate", Mood.Passive)]
    [InlineData("tr", "Tahliye yeniden başlayacak.", "v.resume", Mood.Future)]
    [InlineData("tr", "Siviller kaçmış olabilir.", "v.flee", Mood.Might)]
    [InlineData("ar", "لم يغادر السكان البلدة.", "v.leave", Mood.Negated)]
    [InlineData("ar", "قد يغادر السكان البلدة.", "v.leave", Mood.Might)]
    [InlineData("ar", "سوف يغادر السكان البلدة.", "v.leave", Mood.Future)]
    public void A_verb_is_found_by_its_form_with_the_mood_it_carries(string language, string sentence, string rule, Mood mood)
    {
        var words = TextWords.For(language)!;
        var passage = new Passage(words.Lexicon, words);
        var blocks = new Safeconduct.Intake.Texts.Original.Blocks(sentence);
        Assert.True(blocks.Next(passage.Block));
        passage.Read();
        var clause = Assert.Single(new ClauseFinder(passage).Find(passage.Sentences[0]));

        Assert.Equal(rule, passage[clause.Verb.HeadAt].Verb?.Rule);
        Assert.True(clause.Verb.Is(mood), $"{clause.Verb.Mood} has not {mood}.");
    }

    [Theory]
    [InlineData("fr", "Plus de 40 civils ont quitté la ville, a déclaré jeudi le gouverneur Paul Marnais.", "Paul Marnais", Modality.Asserted)]
    [InlineData("fr", "Selon le gouverneur Paul Marnais, 40 civils ont quitté la ville.", "Paul Marnais", Modality.Asserted)]
    [InlineData("fr", "Le gouverneur Paul Marnais a affirmé que 40 civils avaient quitté la ville.", "Paul Marnais", Modality.Asserted)]
    [InlineData("fr", "Le gouverneur Paul Marnais a promis que les évacuations reprendraient samedi.", "Paul Marnais", Modality.Planned)]
    [InlineData("fr", "L'armée a démenti tout tir contre le convoi.", "armée", Modality.Denied)]
    [InlineData("fr", "Les habitants auraient été évacués vers le nord.", null, Modality.Conditional)]
    [InlineData("ru", "Из города вывезены 40 человек, сообщил в четверг губернатор Павел Марнин.", "Павел Марнин", Modality.Asserted)]
    [InlineData("ru", "По словам Павла Марнина, из города вывезены 40 человек.", "Павла Марнина", Modality.Asserted)]
    [InlineData("ru", "Губернатор Павел Марнин заявил, что из города вывезены 40 человек.", "Павел Марнин", Modality.Asserted)]
    [InlineData("ru", "Губернатор Павел Марнин опроверг обстрел колонны.", "Павел Марнин", Modality.Denied)]
    [InlineData("uk", "З міста евакуйовано 40 осіб, повідомив у п'ятницю губернатор Павло Марненко.", "Павло Марненко", Modality.Asserted)]
    [InlineData("uk", "За даними штабу, з міста евакуйовано 40 осіб.", "штабу", Modality.Asserted)]
    [InlineData("tr", "Kızılhaç, kentten 40 kişinin tahliye edildiğini açıkladı.", "Kızılhaç", Modality.Asserted)]
    [InlineData("tr", "Kızılhaç'a göre 40 kişi tahliye edildi.", "Kızılhaç", Modality.Asserted)]
    [InlineData("ar", "قال وزير الدفاع سالم المرنان إن 40 شخصا غادروا المدينة.", "سالم المرنان", Modality.Asserted)]
    [InlineData("ar", "نفى الجيش استهداف الحافلات.", "الجيش", Modality.Denied)]
    public void Who_says_it_and_how_is_read_in_each_language(string language, string sentence, string? source, Modality modality)
    {
        var reading = TextIntake.Read(new(sentence, new LocalDate(2024, 3, 14), language));

        var claim = Assert.Single(reading.Proposals);
        Assert.Equal(modality, claim.Modality);
        if (source is null)
        {
            Assert.Null(claim.Source);
        }
        else
        {
            Assert.Contains(source, claim.Source?.Name ?? "narrator", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ru", "Из города вышли 215 человек, из них 60 детей.", "215", "60")]
    [InlineData("fr", "Plus de 300 personnes, dont 41 enfants, ont quitté la ville.", "more than 300", "41")]
    [InlineData("ru", "Первые 11 автобусов вывезли из города 480 человек.", "480", "11")]
    public void The_whole_carries_the_head_count_and_its_parts_their_own(string language, string sentence, string whole, string part)
    {
        var reading = TextIntake.Read(new(sentence, null, language));

        var longest = reading.Proposals.MaxBy(p => p.Span.End - p.Span.Start)!;
        Assert.Equal(whole, longest.Count!.Bound.ToString());
        Assert.Contains(reading.Proposals, p => p != longest && p.Count?.Bound.ToString() == part);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("uk")]
    [InlineData("tr")]
    [InlineData("ar")]
    public void What_a_language_does_not_let_the_rules_read_is_said(string language)
    {
        Assert.NotEmpty(TextIntake.Read(new("1", null, language)).NotRead);
        Assert.Empty(TextIntake.Read(new("1", null, "en")).NotRead);
    }

    [Fact]
    public void A_quote_is_the_slice_of_its_span_in_every_text()
    {
        var folder = Path.Combine(Repository.Root, "cases", "texts");
        foreach (var file in Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories))
        {
            var body = File.ReadAllText(file);
            body = body[(body.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            foreach (var proposal in TextIntake.Read(new(body, new LocalDate(2024, 1, 1))).Proposals)
            {
                Assert.True(body[proposal.Span.Start..proposal.Span.End] == proposal.Quote, $"{Path.GetFileName(file)}: {proposal.Span.Start}");
            }
        }
    }
}
