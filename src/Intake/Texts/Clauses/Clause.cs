namespace Safeconduct.Intake.Texts.Clauses;

/// <summary>How a clause hangs on what stands before it.</summary>
public enum Join : byte
{
    /// <summary>Begins the sentence, or stands beside the one before: "and the army ...".</summary>
    Main,

    /// <summary>Goes on with the subject before: "and called for ...".</summary>
    Shared,

    /// <summary>"that ...", or what is said without it.</summary>
    That,

    /// <summary>"who ...", "which ...": its subject is the noun before.</summary>
    Relative,

    /// <summary>"as", "after", "while", "because".</summary>
    Sub,

    /// <summary>"if", "unless".</summary>
    If,

    /// <summary>"whether".</summary>
    Whether,

    /// <summary>", leaving ...", "despite pledging ...".</summary>
    Participle,
}

/// <summary>The voice and mood that a verb group carries.</summary>
[Flags]
public enum Mood : ushort
{
    None = 0,
    Passive = 1,
    Negated = 2,
    Future = 4,
    Would = 8,
    Might = 16,
    Must = 32,
    Perfect = 64,
    Progressive = 128,

    /// <summary>"is to be", "are to": settled for later.</summary>
    IsTo = 256,
    Can = 512,

    /// <summary>The head is a form of be and no verb follows.</summary>
    Copula = 1024,

    /// <summary>No finite verb: a line of a log, "Gate closed all day", or a participle.</summary>
    Bare = 2048,
}

/// <summary>A verb with what stands before it: "had again been", "will not".</summary>
/// <param name="HeadAt">The main verb.</param>
public readonly record struct VerbGroup(int From, int To, int HeadAt, Mood Mood)
{
    public bool Is(Mood mood) => (Mood & mood) != Mood.None;
}

/// <summary>A clause by its lexemes. The subject may be empty where it is shared or left out.</summary>
/// <param name="Whole">From the joining word to the next clause, final marks excluded.</param>
/// <param name="Subject">The noun phrase without what stands before it ("On 4 March,").</param>
/// <param name="Rest">Behind the verb.</param>
/// <param name="Antecedent">Where the subject is empty: the words that stand for it, outside the clause.</param>
public sealed record Clause(Join Join, Stretch Whole, Stretch Lead, Stretch Subject, VerbGroup Verb, Stretch Rest, Stretch Antecedent)
{
    /// <summary>The subject, or the words outside the clause that stand for it.</summary>
    public Stretch Doer => Subject.IsEmpty ? Antecedent : Subject;

    /// <summary>From the subject, or the verb where there is none, to the end.</summary>
    public Stretch Core => new(Subject.IsEmpty ? Verb.From : Subject.From, Whole.To);
}
