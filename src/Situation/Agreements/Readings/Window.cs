using NodaTime;

namespace Safeconduct.Situation.Agreements.Readings;

/// <summary>A time that is known only between two instants.</summary>
internal readonly record struct Between(Instant Earliest, Instant Latest)
{
    public static Between At(Instant instant) => new(instant, instant);

    public Between Hull(Between other) => new(Instant.Min(Earliest, other.Earliest), Instant.Max(Latest, other.Latest));
}

/// <summary>The time over which something is judged. Its ends are themselves known only between instants; no end is an open one.</summary>
internal readonly record struct Window(Between From, Between? Until)
{
    public static Window Always { get; } = new(Between.At(Instant.MinValue), null);

    /// <summary>Inside it wherever its ends lie and whenever it happened.</summary>
    public bool Certainly(Instant early, Instant late) => early >= From.Latest && (Until is not { } u || late <= u.Earliest);

    /// <summary>Inside it for some ends and some time.</summary>
    public bool Possibly(Instant early, Instant late) => late >= From.Earliest && (Until is not { } u || early <= u.Latest);

    public Window Within(Window outer) => new(
        new(Instant.Max(From.Earliest, outer.From.Earliest), Instant.Max(From.Latest, outer.From.Latest)),
        (Until, outer.Until) switch
        {
            (null, var o) => o,
            (var u, null) => u,
            ({ } u, { } o) => new Between(Instant.Min(u.Earliest, o.Earliest), Instant.Min(u.Latest, o.Latest)),
        });
}
