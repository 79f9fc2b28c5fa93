namespace Safeconduct.Statements;

/// <summary>One thing that is wrong with what was handed in: a stable code that tests and clients may rely on, a sentence that says what to do, and the place.</summary>
/// <param name="Code">Dotted, lower case, never reused for another meaning: <c>bound.low-above-high</c>.</param>
/// <param name="Message">One sentence for a person: what is wrong and what to do.</param>
/// <param name="Place">Where: a field path, a line, a file. Empty when the caller knows it better.</param>
public sealed record Problem(string Code, string Message, string Place = "")
{
    public override string ToString() => Place.Length == 0 ? $"{Message} [{Code}]" : $"{Place}: {Message} [{Code}]";
}

/// <summary>Thrown by constructors that refuse the impossible. Parsing catches it and turns it into a <see cref="Problem"/> with a place.</summary>
public sealed class RefusedException : Exception
{
    public RefusedException(string code, string message, string place = "")
        : base(message) => Problem = new Problem(code, message, place);

    public Problem Problem { get; }

    /// <summary>The same refusal, said of a place further out.</summary>
    public RefusedException Within(string outer) =>
        new(Problem.Code, Problem.Message, Problem.Place.Length == 0 ? outer : $"{outer}.{Problem.Place}");
}

/// <summary>What a parser understood, and everything it had to say about the rest. A value may come with problems; without a value there is at least one.</summary>
public sealed record Parsed<T>(T? Value, IReadOnlyList<Problem> Problems)
    where T : class
{
    public bool Understood => Value is not null;

    public static Parsed<T> Of(T value) => new(value, []);

    public static Parsed<T> Not(params Problem[] problems) => new(null, problems);
}
