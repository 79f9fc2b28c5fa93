using System.Globalization;
using NodaTime;
using Safeconduct.Intake.Lexicons;
using Safeconduct.Intake.Texts.Dates;
using Safeconduct.Intake.Texts.Languages;
using Xunit;

namespace Safeconduct.Tests.Core.Intake;

public class OtherLanguageTests
{
    /// <summary>A Friday.</summary>
    private static readonly LocalDate Published = new(2016, 12, 16);

    [Theory]
    [InlineData("fr", "plus de 4 500 personnes", "more than 4,500")]
    [InlineData("fr", "plus de 4\u202F500 personnes", "more than 4,500")]
    [InlineData("fr", "plus d'une centaine de civils", "more than about 100")]
    [InlineData("fr", "une vingtaine de blessés", "about 20")]
    [InlineData("fr", "une douzaine de bus", "about 12")]
    [InlineData("fr", "quelque 2.300 civils", "about 2,300")]
    [InlineData("fr", "près de 900 habitants", "nearly 900")]
    [InlineData("fr", "jusqu'à 150 familles", "up to 150")]
    [InlineData("fr", "au moins sept personnes", "at least 7")]
    [InlineData("fr", "entre 30 et 40 civils", "30 to 40")]
    [InlineData("fr", "30 à 40 civils", "30 to 40")]
    [InlineData("fr", "1,5 million de personnes", "1,500,000")]
    [InlineData("fr", "soixante-dix-sept civils", "77")]
    [InlineData("fr", "quatre-vingts civils", "80")]
    [InlineData("fr", "quatre-vingt-douze civils", "92")]
    [InlineData("fr", "vingt et un civils", "21")]
    [InlineData("fr", "deux mille cinq cents civils", "2,500")]
    [InlineData("fr", "un million de civils", "1,000,000")]
    [InlineData("fr", "plusieurs dizaines de personnes", "several dozen")]
    [InlineData("fr", "des centaines de personnes", "hundreds")]
    [InlineData("fr", "des dizaines de milliers de personnes", "tens of thousands")]
    [InlineData("ru", "свыше 2,5 тысячи человек", "more than 2,500")]
    [InlineData("ru", "более 1,2 тыс. человек", "more than 1,200")]
    [InlineData("ru", "не менее 12 человек", "at least 12")]
    [InlineData("ru", "до 300 бойцов", "up to 300")]
    [InlineData("ru", "от 20 до 25 человек", "20 to 25")]
    [InlineData("ru", "около 9 тысяч жителей", "about 9,000")]
    [InlineData("ru", "около полутора тысяч боевиков", "about 1,500")]
    [InlineData("ru", "почти сто человек", "nearly 100")]
    [InlineData("ru", "двести тридцать пять человек", "235")]
    [InlineData("ru", "две тысячи двести человек", "2,200")]
    [InlineData("ru", "более сотни человек", "more than 100")]
    [InlineData("ru", "две сотни человек", "200")]
    [InlineData("ru", "трое раненых", "3")]
    [InlineData("ru", "сотни больных", "hundreds")]
    [InlineData("ru", "десятки людей", "dozens")]
    [InlineData("ru", "несколько тысяч людей", "several thousand")]
    [InlineData("ru", "десятки тысяч людей", "tens of thousands")]
    [InlineData("ru", "20-25 человек", "20 to 25")]
    [InlineData("uk", "понад 3 тис. мешканців", "more than 3,000")]
    [InlineData("uk", "щонайменше четверо загиблих", "at least 4")]
    [InlineData("uk", "не менше 1 900 родин", "at least 1,900")]
    [InlineData("uk", "п'ятнадцять осіб", "15")]
    [InlineData("uk", "п’ятнадцять осіб", "15")]
    [InlineData("uk", "пʼять осіб", "5")]
    [InlineData("uk", "кілька сотень людей", "several hundred")]
    [InlineData("uk", "до 200 осіб", "up to 200")]
    [InlineData("tr", "3 binden fazla kişi", "more than 3,000")]
    [InlineData("tr", "150'den fazla kişi", "more than 150")]
    [InlineData("tr", "150'ye yakın hasta", "nearly 150")]
    [InlineData("tr", "yaklaşık 6 bin 500 sivil", "about 6,500")]
    [InlineData("tr", "1.250 vatandaş", "1,250")]
    [InlineData("tr", "on iki otobüs", "12")]
    [InlineData("tr", "ON İKİ OTOBÜS", "12")]
    [InlineData("tr", "iki yüz elli kişi", "250")]
    [InlineData("tr", "bir buçuk milyon kişi", "1,500,000")]
    [InlineData("tr", "2,5 milyon kişi", "2,500,000")]
    [InlineData("tr", "yarım milyon kişi", "500,000")]
    [InlineData("tr", "en az dört kişi", "at least 4")]
    [InlineData("tr", "300 ila 350 kişi", "300 to 350")]
    [InlineData("tr", "onlarca kişi", "dozens")]
    [InlineData("tr", "YÜZLERCE KİŞİ", "hundreds")]
    [InlineData("tr", "on binlerce kişi", "tens of thousands")]
    [InlineData("ar", "أكثر من ٤٥٠٠ شخص", "more than 4,500")]
    [InlineData("ar", "٢٬٣٠٠ شخص", "2,300")]
    [InlineData("ar", "۲۳ شخصا", "23")]
    [InlineData("ar", "نحو ألفي مقاتل", "about 2,000")]
    [InlineData("ar", "ما لا يقل عن ستة قتلى", "at least 6")]
    [InlineData("ar", "ما يصل إلى ٨٠ مريضا", "up to 80")]
    [InlineData("ar", "بين 30 و40 مدنيا", "30 to 40")]
    [InlineData("ar", "حافلتين", "2")]
    [InlineData("ar", "وحافلتان", "2")]
    [InlineData("ar", "خمسة وعشرون مدنيا", "25")]
    [InlineData("ar", "مئة وخمسة وعشرون مدنيا", "125")]
    [InlineData("ar", "خمسة وعشرون ألف مدني", "25,000")]
    [InlineData("ar", "ثلاثة عشر مدنيا", "13")]
    [InlineData("ar", "3 آلاف مدني", "3,000")]
    [InlineData("ar", "ألف ومئتا مدني", "1,200")]
    [InlineData("ar", "أكثر من ألف نازح", "more than 1,000")]
    [InlineData("ar", "عشرات المدنيين", "dozens")]
    [InlineData("ar", "عشرات الآلاف من المدنيين", "tens of thousands")]
    [InlineData("ar", "الـمـئـات من المدنيين", "hundreds")]
    [InlineData("ar", "ثَلاثَةُ مدنيين", "3")]
    public void A_count_is_read_with_its_words(string language, string text, string bound)
    {
        var counts = Counts(language, text);
        Assert.Equal(bound, Assert.Single(counts).AsBound().ToString());
    }

    [Theory]
    [InlineData("fr", "une trêve de 48 heures")]
    [InlineData("fr", "âgé de 34 ans")]
    [InlineData("fr", "40 % des habitants")]
    [InlineData("fr", "en 2014")]
    [InlineData("fr", "le 16 décembre")]
    [InlineData("fr", "un bus")]
    [InlineData("fr", "la résolution 2254")]
    [InlineData("fr", "au cours des dix derniers jours")]
    [InlineData("ru", "на 12 часов")]
    [InlineData("ru", "34-летний")]
    [InlineData("ru", "в 2014 году")]
    [InlineData("ru", "16 декабря 2016 года")]
    [InlineData("ru", "в 16.00")]
    [InlineData("ru", "в 5 км от города")]
    [InlineData("uk", "перемир'я на дванадцять годин")]
    [InlineData("tr", "72 saatlik ateşkes")]
    [InlineData("tr", "saat 14.00'te")]
    [InlineData("tr", "yüzde 40")]
    [InlineData("tr", "bir otobüs")]
    [InlineData("ar", "لمدة 48 ساعة")]
    [InlineData("ar", "في عام 2014")]
    [InlineData("ar", "القرار 2254")]
    public void A_number_that_names_or_measures_is_no_count(string language, string text) => Assert.Empty(Counts(language, text));

    [Theory]
    [InlineData("fr", "le 16 décembre 2016", "2016-12-16")]
    [InlineData("fr", "le 1er mars", "2016-03-01")]
    [InlineData("fr", "du 12 au 15 mai", "2016-05-12/2016-05-15")]
    [InlineData("fr", "Le 14, des habitants sont partis", "2016-12-14")]
    [InlineData("fr", "jeudi soir", "2016-12-15")]
    [InlineData("fr", "vendredi dernier", "2016-12-09")]
    [InlineData("fr", "hier", "2016-12-15")]
    [InlineData("fr", "avant-hier", "2016-12-14")]
    [InlineData("fr", "il y a trois jours", "2016-12-13")]
    [InlineData("fr", "début octobre", "2016-10")]
    [InlineData("fr", "en mai 2014", "2014-05")]
    [InlineData("fr", "le 05/12/2016", "2016-12-05")]
    [InlineData("ru", "16 декабря 2016 года", "2016-12-16")]
    [InlineData("ru", "16-го декабря", "2016-12-16")]
    [InlineData("ru", "с 5 по 9 ноября", "2016-11-05/2016-11-09")]
    [InlineData("ru", "12–15 мая", "2016-05-12/2016-05-15")]
    [InlineData("ru", "в четверг", "2016-12-15")]
    [InlineData("ru", "в прошлую пятницу", "2016-12-09")]
    [InlineData("ru", "вчера", "2016-12-15")]
    [InlineData("ru", "три дня назад", "2016-12-13")]
    [InlineData("ru", "в мае 2014 года", "2014-05")]
    [InlineData("ru", "в конце октября", "2016-10")]
    [InlineData("ru", "05.12.2016", "2016-12-05")]
    [InlineData("ru", "05.12. Вышли", "2016-12-05")]
    [InlineData("ru", "в 2014 году", "2014-01/2014-12")]
    [InlineData("uk", "із 5 до 9 листопада", "2016-11-05/2016-11-09")]
    [InlineData("uk", "у п'ятницю", "2016-12-16")]
    [InlineData("uk", "16 грудня 2016 року", "2016-12-16")]
    [InlineData("uk", "Учора ввечері", "2016-12-15")]
    [InlineData("tr", "16 Aralık'ta", "2016-12-16")]
    [InlineData("tr", "16 Aralık 2016'da", "2016-12-16")]
    [InlineData("tr", "12-15 Mayıs", "2016-05-12/2016-05-15")]
    [InlineData("tr", "perşembe günü", "2016-12-15")]
    [InlineData("tr", "geçen cuma", "2016-12-09")]
    [InlineData("tr", "dün gece", "2016-12-15")]
    [InlineData("tr", "3 gün önce", "2016-12-13")]
    [InlineData("tr", "Eylülde", "2016-09")]
    [InlineData("ar", "١٦ كانون الأول/ديسمبر ٢٠١٦", "2016-12-16")]
    [InlineData("ar", "16 كانون الأول (ديسمبر)", "2016-12-16")]
    [InlineData("ar", "5 كانون الثاني", "2016-01-05")]
    [InlineData("ar", "5 تشرين الثاني", "2016-11-05")]
    [InlineData("ar", "16 ديسمبر", "2016-12-16")]
    [InlineData("ar", "٩ آب", "2016-08-09")]
    [InlineData("ar", "يوم الخميس", "2016-12-15")]
    [InlineData("ar", "الخميس الماضي", "2016-12-15")]
    [InlineData("ar", "أمس", "2016-12-15")]
    [InlineData("ar", "قبل ثلاثة أيام", "2016-12-13")]
    [InlineData("ar", "في أيلول", "2016-09")]
    public void A_date_is_read_and_resolved(string language, string text, string time) =>
        Assert.Equal(time, DateResolving.Resolve(Assert.Single(Dates(language, text)), Published, null, false)?.ToString());

    [Theory]
    [InlineData("fr", "Le lendemain", "2016-12-11")]
    [InlineData("fr", "le même jour", "2016-12-10")]
    [InlineData("ru", "В тот же день", "2016-12-10")]
    [InlineData("ru", "На следующий день", "2016-12-11")]
    [InlineData("ru", "Спустя два дня", "2016-12-12")]
    [InlineData("uk", "наступного дня", "2016-12-11")]
    [InlineData("tr", "ertesi gün", "2016-12-11")]
    [InlineData("tr", "iki gün sonra", "2016-12-12")]
    [InlineData("ar", "في اليوم التالي", "2016-12-11")]
    public void A_date_may_count_from_the_one_last_spoken_of(string language, string text, string time) =>
        Assert.Equal(time, DateResolving.Resolve(Assert.Single(Dates(language, text)), Published, new(2016, 12, 10), false)?.ToString());

    [Theory]
    [InlineData("fr", "depuis le 12 mai")]
    [InlineData("fr", "à partir du 12 mai")]
    [InlineData("ru", "с 12 мая")]
    [InlineData("ru", "за последние сутки")]
    [InlineData("tr", "12 Mayıs'tan beri")]
    [InlineData("ar", "منذ 12 أيار")]
    public void A_time_with_an_open_end_is_marked(string language, string text) => Assert.True(Assert.Single(Dates(language, text)).IsOpen);

    [Theory]
    [InlineData("fr", "En décembre 20 personnes sont parties", 20)]
    [InlineData("ru", "В декабре 20 человек уехали", 20)]
    [InlineData("ru", "16 декабря 20 человек уехали", 20)]
    [InlineData("tr", "16 Aralık'ta 20 kişi ayrıldı", 20)]
    [InlineData("ar", "في ديسمبر غادر 20 شخصا", 20)]
    public void Beside_a_month_a_count_stays_one(string language, string text, int count) => Assert.Equal(count, Assert.Single(Counts(language, text)).Low);

    [Theory]
    [InlineData("fr", "au moins 12 morts et 30 blessés", "at least 30")]
    [InlineData("ru", "не менее 12 погибших и 30 раненых", "at least 30")]
    [InlineData("uk", "щонайменше четверо загиблих і 17 поранених", "at least 17")]
    [InlineData("tr", "en az 4 ölü ve 10 yaralı", "at least 10")]
    [InlineData("ar", "ما لا يقل عن ستة قتلى و١٥ جريحا", "at least 15")]
    public void A_bound_is_shared_by_the_dead_and_the_wounded(string language, string text, string second) => Assert.Equal(second, Counts(language, text)[1].AsBound().ToString());

    [Fact]
    public void The_noun_of_a_dual_is_where_its_number_is()
    {
        var lexicon = Lexicon.For("ar")!;
        var wording = new Wording().Read("قصف حافلتين", lexicon);
        var mentions = new List<Mention>();
        Bounds.Find(wording, lexicon, mentions);
        Assert.True(Assert.Single(mentions).IsInNoun);
        Assert.True(lexicon.TryMatch(Slot.Vehicle, wording, mentions[0].NumberAt, out _));
    }

    [Fact]
    public void An_elided_word_is_a_word_of_its_own_and_nothing_is_lost()
    {
        const string Text = "L'évacuation d'aujourd'hui, qu'ils n'ont pas vue";
        var wording = new Wording().Read(Text, Lexicon.For("fr")!);
        Assert.Equal(["L'", "évacuation", "d'", "aujourd'hui", ",", "qu'", "ils", "n'", "ont", "pas", "vue"], Enumerable.Range(0, wording.Count).Select(i => wording.Of(i).ToString()));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("fr-FR")]
    public void No_culture_of_the_machine_changes_a_reading(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal("12", Assert.Single(Counts("tr", "ON İKİ OTOBÜS")).AsBound().ToString());
            Assert.Equal("about 15", Assert.Single(Counts("en", "SOME FIFTEEN CIVILIANS")).AsBound().ToString());
            Assert.Equal("2016-12-05", DateResolving.Resolve(Assert.Single(Dates("ru", "5 ДЕКАБРЯ")), Published, null, false)?.ToString());
            Assert.Equal("tr", LanguageOf.Of("Bakanlık, 150'den fazla kişinin dün kentten ayrıldığını açıkladı."));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("en", "The last buses left the town on Friday, the ministry said.")]
    [InlineData("en", "AT LEAST FIFTY PEOPLE WERE KILLED IN THE ATTACK ON THE BRIDGE")]
    [InlineData("fr", "Les derniers autocars ont quitté la ville vendredi, selon le ministère.")]
    [InlineData("ru", "Последние автобусы покинули город в пятницу, сообщили в министерстве.")]
    [InlineData("uk", "Останні автобуси виїхали з міста у п'ятницю, повідомили в міністерстві.")]
    [InlineData("tr", "Son otobüsler cuma günü kentten ayrıldı, bakanlık açıkladı.")]
    [InlineData("ar", "غادرت آخر الحافلات المدينة يوم الجمعة، وفق ما أعلنت الوزارة.")]
    [InlineData("und", "Die letzten Busse haben die Stadt am Freitag verlassen, teilte das Ministerium mit.")]
    [InlineData("und", "Los últimos autobuses salieron de la ciudad el viernes, según el ministerio.")]
    [InlineData("und", "Gli ultimi autobus hanno lasciato la città venerdì, ha detto il ministero.")]
    [InlineData("und", "Os últimos ônibus deixaram a cidade na sexta-feira, disse o ministério.")]
    [InlineData("und", "De laatste bussen hebben de stad vrijdag verlaten, aldus het ministerie.")]
    [InlineData("und", "Ostatnie autobusy opuściły miasto w piątek, podało ministerstwo.")]
    [InlineData("und", "Ultimele autobuze au părăsit orașul vineri, a anunțat ministerul.")]
    [InlineData("und", "De sista bussarna lämnade staden på fredagen, enligt ministeriet.")]
    [InlineData("und", "Последните автобуси напуснаха града в петък, съобщиха от министерството.")]
    [InlineData("und", "Последњи аутобуси напустили су град у петак, саопштило је министарство.")]
    [InlineData("und", "Апошнія аўтобусы пакінулі горад у пятніцу, паведамілі ў міністэрстве.")]
    [InlineData("und", "آخرین اتوبوس‌ها روز جمعه شهر را ترک کردند، وزارت گفت که پنجاه نفر باقی مانده‌اند.")]
    [InlineData("und", "Son avtobuslar cümə günü şəhəri tərk etdi, nazirlik açıqladı.")]
    [InlineData("und", "最后一批公共汽车星期五离开了城市。")]
    [InlineData("und", "")]
    [InlineData("und", "12 345 --- ??? 2016-12-16")]
    [InlineData("und", "Xyzzy plugh")]
    public void The_language_of_a_text_is_told_from_its_letters_and_small_words(string language, string text) => Assert.Equal(language, LanguageOf.Of(text));

    [Fact]
    public void The_language_of_every_example_text_is_told()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "cases", "texts", "tuned"), "*.txt"))
        {
            var text = File.ReadAllText(file);
            var line = text.IndexOf('\n', StringComparison.Ordinal);
            var said = text[..line].Split("language: ")[1].Trim();
            Assert.Equal((Path.GetFileName(file), said), (Path.GetFileName(file), LanguageOf.Of(text[(line + 1)..])));
        }
    }

    [Fact]
    public void A_language_is_told_from_the_beginning_of_a_text_however_long() =>
        Assert.Equal("en", LanguageOf.Of("The people of the town left in the night. " + new string('д', 5_000_000)[..19] + new string(' ', 20_000) + new string('д', 5_000_000)));

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ru")]
    [InlineData("uk")]
    [InlineData("tr")]
    [InlineData("ar")]
    public void Every_value_of_a_lexicon_is_one_that_English_has(string language)
    {
        Slot[] slots = [Slot.Bound, Slot.BoundAfter, Slot.Vague, Slot.Who, Slot.Vehicle, Slot.OtherUnit, Slot.Weekday, Slot.Verb, Slot.Noun, Slot.Particle, Slot.Loaded, Slot.SetAside, Slot.Universal, Slot.MeasureNoun];
        var english = slots.ToDictionary(s => s, s => Lexicon.English.Rules.Where(r => r.Slot == s).SelectMany(r => Meanings(r)).ToHashSet(StringComparer.Ordinal));
        english[Slot.BoundAfter].UnionWith(english[Slot.Bound]);
        var own = Lexicon.For(language)!.Rules;
        var classes = own.Where(r => r.Slot is Slot.Noun).Select(r => r.Says).ToHashSet(StringComparer.Ordinal);
        var needed = own.Where(r => r.Slot is Slot.Verb).SelectMany(r => r.Value.Split(' ')).Where(v => v[0] == '!').SelectMany(v => v[1..].Split(',')).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in Lexicon.For(language)!.Rules.Where(r => slots.Contains(r.Slot)))
        {
            foreach (var value in Meanings(rule))
            {
                // "!person,number" and "goods=aid" are made of a noun's class and a kind; a class that a verb of the language needs may be its own.
                var parts = rule.Slot is Slot.Verb ? value.Split('!', ',', '=') : [value];
                Assert.True(english[rule.Slot].Contains(value) || (parts.Length > 1 && parts.All(p => p.Length == 0 || english[Slot.Verb].Contains(p) || classes.Contains(p) || p is "number" or "name")) || (rule.Slot is Slot.Noun && needed.Contains(value)), $"{rule.Id}: '{value}' is no value of {rule.Slot}");
            }
        }
    }

    /// <summary>What a rule means: of verbs and nouns the kinds, since which nouns a verb needs or leans on is each language's own.</summary>
    private static IEnumerable<string> Meanings(Rule rule) => rule.Slot switch
    {
        Slot.Verb => rule.Value.Split(' ').Where(v => v[0] != '!').Select(v => v[(v.IndexOf('=', StringComparison.Ordinal) + 1)..]),
        Slot.Noun => rule.Value.Split(' ').Skip(1),
        _ => [rule.Value],
    };

    [Fact]
    public void A_language_without_a_lexicon_has_none()
    {
        Assert.Null(Lexicon.For("de"));
        Assert.Null(Lexicon.For("und"));
        Assert.Equal("french 1", Lexicon.For("fr-FR")!.Version);
    }

    [Theory]
    [InlineData("fr", "un ")]
    [InlineData("fr", "l'")]
    [InlineData("fr", "1 000 ")]
    [InlineData("ru", "сто ")]
    [InlineData("ru", "с 1 по ")]
    [InlineData("tr", "bin 1 ")]
    [InlineData("tr", "1'den")]
    [InlineData("ar", "وو")]
    [InlineData("ar", "وألف ")]
    [InlineData("ar", "٬١")]
    [InlineData("uk", "'я")]
    public void A_hostile_text_is_read_in_one_pass(string language, string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 100_000));
        Assert.True(Counts(language, text).Count <= 200_000);
    }

    private static List<Mention> Counts(string language, string text)
    {
        var lexicon = Lexicon.For(language)!;
        var mentions = new List<Mention>();
        Bounds.Find(new Wording().Read(text, lexicon), lexicon, mentions);
        return [.. mentions.Where(m => m.Use is MentionUse.Count)];
    }

    private static List<DateMention> Dates(string language, string text)
    {
        var lexicon = Lexicon.For(language)!;
        var dates = new List<DateMention>();
        DateFinder.Find(new Wording().Read(text, lexicon), lexicon, dates);
        return dates;
    }
}
