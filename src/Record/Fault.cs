namespace Safeconduct.Record;

/// <summary>
/// Why some bytes were not accepted: a stable code for programs (<c>cbor.non-shortest</c>) and one sentence for people. A fault is an
/// answer about bytes, not an accident: readers return it, they do not throw it.
/// </summary>
public readonly record struct Fault(string Code, string Message)
{
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>
/// A request that was refused or could not be carried out, with a stable code (<c>store.locked</c>) and what to do. Thrown only where the
/// caller can do nothing but tell a person.
/// </summary>
public sealed class RecordException : Exception
{
    public RecordException(string code, string message, Exception? cause = null)
        : base($"{code}: {message}", cause)
    {
        Code = code;
    }

    public string Code { get; }
}
