using Safeconduct.Statements;
using Safeconduct.Statements.Sources;

namespace Safeconduct.Reports;

/// <summary>
/// A situation report before it has a form: sections of paragraphs, tables and range plots, and the statements they cite. HTML, Markdown, JSON and the
/// terminal are written from this one document, so that no form says what another withholds.
/// </summary>
/// <param name="Corrects">The reference of the report that this one corrects, or null.</param>
/// <param name="Heading">Cut-off, zone, period, what it was read from: label and value.</param>
/// <param name="Annex">Every statement cited, in the order of ids. Each citation leads to one of these.</param>
/// <param name="Footing">One line for the foot of every page.</param>
public sealed record Sitrep(
    string Reference,
    string Title,
    string? Corrects,
    Audience Audience,
    IReadOnlyList<HeadingLine> Heading,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<CitedStatement> Annex,
    string Footing);

/// <summary>One item of the heading: "cut-off", and when it was.</summary>
public sealed record HeadingLine(string Label, string Value);

/// <summary>One numbered section.</summary>
/// <param name="Id">Stable across reports and languages: <c>status</c>, <c>headline-figures</c>, <c>summary-ar</c>.</param>
public sealed record Section(string Id, int Number, string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>Of every word of ours in it (BCP 47). Names of sources and quoted words stay as they were written.</summary>
    public string Language { get; init; } = Languages.Tongue.OfReports;

    /// <summary>"rtl" or "ltr".</summary>
    public string Direction => Piece.Quote.DirectionOf(Language);
}

/// <summary>One piece of a section. The set is closed: a new form must break every writer at compile time.</summary>
public abstract record Block
{
    private Block()
    {
    }

    public abstract T Match<T>(Func<Paragraph, T> paragraph, Func<Bullets, T> bullets, Func<Table, T> table, Func<RangePlot, T> plot, Func<Subheading, T> subheading, Func<Facts, T> facts);

    /// <param name="IsQuiet">A note beside the matter: set smaller, said last.</param>
    public sealed record Paragraph(Line Text, bool IsQuiet = false) : Block
    {
        public override T Match<T>(Func<Paragraph, T> paragraph, Func<Bullets, T> bullets, Func<Table, T> table, Func<RangePlot, T> plot, Func<Subheading, T> subheading, Func<Facts, T> facts) => paragraph(this);
    }

    /// <summary>Lines of equal size: none stands above another.</summary>
    public sealed record Bullets(IReadOnlyList<Line> Items) : Block
    {
        public override T Match<T>(Func<Paragraph, T> paragraph, Func<Bullets, T> bullets, Func<Table, T> table, Func<RangePlot, T> plot, Func<Subheading, T> subheading, Func<Facts, T> facts) => bullets(this);
    }

    /// <param name="Caption">What the rows are; null where the section's title says it.</param>
    /// <param name="Widths">Shares of the width in per cent, one a column.</param>
    public sealed record Table(string? Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Line>> Rows, IReadOnlyList<int> Widths) : Block
    {
        public override T Match<T>(Func<Paragraph, T> paragraph, Func<Bullets, T> bullets, Func<Table, T> table, Func<RangePlot, T> plot, Func<Subheading, T> subheading, Func<Facts, T> facts) => table(this);
    }

    /// <summary>Begins a part of a section.</summary>
    public sealed record Subheading(string Text) : Block
    {
        public override T Match<T>(Func<Paragraph, T> paragraph, Func<Bullets, T> bullets, Func<Table, T> table, Func<RangePlot, T> plot, Func<Subheading, T> subheading, Func<Facts, T> facts) => subheading(this);
    }

    /// <summary>Labels and values beside each other, as at the head of the report.</summary>
    public sealed record Facts(IReadOnlyList<HeadingLine> Lines) : Block
    {
        public override T Match<T>(Func<Paragraph, T> paragraph, Func<Bullets, T> bullets, Func<Table, T> table, Func<RangePlot, T> plot, Func<Subheading, T> subheading, Func<Facts, T> facts) => facts(this);
    }

    /// <summary>One figure, a row for each source, all on one axis that starts at zero. A picture of what is said, never of what is so.</summary>
    /// <param name="FigureId">The figure's id in <c>assess --json</c>.</param>
    /// <param name="Span">The span of what is said, in words.</param>
    /// <param name="PartDrawn">The category that is drawn as thin marks under its whole, or null.</param>
    /// <param name="AxisStep">Between two grid lines.</param>
    public sealed record RangePlot(Line Caption, string FigureId, Line Span, string? PartDrawn, long AxisEnd, long AxisStep, IReadOnlyList<PlotRow> Rows) : Block
    {
        public override T Match<T>(Func<Paragraph, T> paragraph, Func<Bullets, T> bullets, Func<Table, T> table, Func<RangePlot, T> plot, Func<Subheading, T> subheading, Func<Facts, T> facts) => plot(this);
    }
}

/// <summary>One source in a range plot.</summary>
/// <param name="Words">What it says, in words, with its citations: the drawing only repeats them.</param>
/// <param name="Origin">Rows with the same number go back to one origin and are bracketed; null for a row of its own origin.</param>
public sealed record PlotRow(SourceLabel Source, Line Words, IReadOnlyList<PlotMark> Marks, int? Origin = null);

/// <summary>How a bound is drawn: a tick for a number, a block for a range, an arrow for a floor, a closed bar for a ceiling, dots where no number was given.</summary>
public enum MarkShape
{
    /// <summary>An exact number.</summary>
    Tick,

    /// <summary>From one number to another.</summary>
    Block,

    /// <summary>"About": hatched as far as the operation's tolerance reaches, with a tick at the number said.</summary>
    Hatched,

    /// <summary>"More than", "at least": open above.</summary>
    Arrow,

    /// <summary>"Up to", "fewer than": closed at zero.</summary>
    FromZero,

    /// <summary>Somebody spoke and gave no number.</summary>
    Dotted,
}

/// <summary>One bound as drawn.</summary>
/// <param name="Low">The left end on the axis; null where open below.</param>
/// <param name="High">The right end; null where open above.</param>
/// <param name="Said">The numbers that were said, for ticks inside a hatched mark.</param>
/// <param name="IsPart">A part named inside the whole: drawn thin under it, never added.</param>
/// <param name="IsEarlier">Replaced by the same source since: drawn hollow.</param>
/// <param name="Words">The bound in words: a drawing that can't show a floor as open carries them.</param>
public sealed record PlotMark(MarkShape Shape, long? Low, long? High, IReadOnlyList<long> Said, bool IsPart, bool IsEarlier, string Words = "");

/// <summary>A source as it may be named in this edition.</summary>
/// <param name="Kind">What kind of source, never which side.</param>
/// <param name="KindWords">The kind and every declared role, in words.</param>
public sealed record SourceLabel(string Name, SourceKind Kind, string KindWords);

/// <summary>A line of text in pieces.</summary>
public sealed record Line(IReadOnlyList<Piece> Pieces)
{
    public static Line Empty { get; } = new([]);

    public bool IsEmpty => Pieces.Count == 0;

    public static Line Of(string text) => new([new Piece.Run(text)]);

    public bool Equals(Line? other) => other is not null && Pieces.SequenceEqual(other.Pieces);

    public override int GetHashCode() => Pieces.Count;

    /// <summary>The line without its citations.</summary>
    public override string ToString() => string.Concat(Pieces.Select(p => p.Match(r => r.Text, s => s.Label.Name, _ => "", _ => "; ", q => q.Text))).Trim();
}

/// <summary>One piece of a line. Closed, as <see cref="Block"/> is.</summary>
public abstract record Piece
{
    private Piece()
    {
    }

    public abstract T Match<T>(Func<Run, T> run, Func<By, T> by, Func<Cite, T> cite, Func<Break, T> breaks, Func<Quote, T> quote);

    /// <summary>Words. Strong for the one thing the line is about; quiet for what only qualifies it.</summary>
    /// <param name="IsApart">A name or a word of somebody else's in a line of another language or script: its direction must not touch what stands beside it.</param>
    public sealed record Run(string Text, bool IsStrong = false, bool IsQuiet = false, bool IsApart = false) : Piece
    {
        public override T Match<T>(Func<Run, T> run, Func<By, T> by, Func<Cite, T> cite, Func<Break, T> breaks, Func<Quote, T> quote) => run(this);
    }

    /// <summary>A source with the sign of its kind.</summary>
    public sealed record By(SourceLabel Label) : Piece
    {
        public override T Match<T>(Func<Run, T> run, Func<By, T> by, Func<Cite, T> cite, Func<Break, T> breaks, Func<Quote, T> quote) => by(this);
    }

    /// <summary>Leads to a statement of the annex.</summary>
    /// <param name="Anchor">The statement's anchor in the annex.</param>
    /// <param name="Label">The id, without the letters that all ids of the report share.</param>
    /// <param name="Title">Who says it and our paraphrase.</param>
    public sealed record Cite(string Anchor, string Label, string Title) : Piece
    {
        public override T Match<T>(Func<Run, T> run, Func<By, T> by, Func<Cite, T> cite, Func<Break, T> breaks, Func<Quote, T> quote) => cite(this);
    }

    /// <summary>Somebody's own words in their own language (BCP 47), printed as they were written and in their own direction.</summary>
    public sealed record Quote(string Text, string Language) : Piece
    {
        /// <inheritdoc cref="DirectionOf"/>
        public string Direction => DirectionOf(Language);

        /// <summary>"rtl" for languages written from right to left, else "ltr".</summary>
        public static string DirectionOf(string language)
        {
            ArgumentNullException.ThrowIfNull(language);
            return RightToLeft.Contains(language.Split('-')[0].ToLowerInvariant()) ? "rtl" : "ltr";
        }

        private static readonly HashSet<string> RightToLeft = new(StringComparer.Ordinal) { "ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi" };

        public override T Match<T>(Func<Run, T> run, Func<By, T> by, Func<Cite, T> cite, Func<Break, T> breaks, Func<Quote, T> quote) => quote(this);
    }

    /// <summary>A new line inside a cell.</summary>
    public sealed record Break : Piece
    {
        public override T Match<T>(Func<Run, T> run, Func<By, T> by, Func<Cite, T> cite, Func<Break, T> breaks, Func<Quote, T> quote) => breaks(this);
    }
}

/// <summary>One statement as the annex gives it: what was said, by whom, through whom, when, of what time, and where to read it.</summary>
/// <param name="Id">Whole; null for witness accounts, which are merged outside the room.</param>
/// <param name="Says">Our paraphrase.</param>
/// <param name="Standing">"corrected", "withdrawn", "replaced by its source", "hour not stated", or nothing.</param>
public sealed record CitedStatement(
    string Anchor,
    string? Id,
    string Label,
    SourceLabel Source,
    string? RelayedBy,
    string? SaidAt,
    string? About,
    string Says,
    string? Citation,
    string? Standing);
