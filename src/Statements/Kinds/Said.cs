using System.Text.Json;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Quantities;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Kinds;

/// <summary>What a statement says. Each kind is one folder: its type and refusals, how it is lowered to claims, its bytes, its wording, and a page of worked examples that runs as a test.</summary>
public abstract record Said
{
    /// <summary>The kind's name in bytes and lists: <c>headcount</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Lowers to the closed forms that the engines read; where and when come from the statement around it.</summary>
    public abstract IEnumerable<Claim> Claims(Statement statement);

    /// <summary>Writes the kind's own fields, version 1, into an open JSON object.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>A neutral English phrase without source, place and time: "more than 9,500 people left".</summary>
    public abstract override string ToString();

    /// <summary>The same with each of its counts as <paramref name="instead"/> gives it, in a fixed order; everything else stays. A kind that counts gives every count it holds, or one would leave the room unseen.</summary>
    public virtual Said Recounted(Func<Counted, Counted> instead) => this;

    /// <summary>Refuses what can't be said in this way, such as a headcount that is only promised.</summary>
    /// <exception cref="RefusedException">With a code of the kind.</exception>
    public virtual void Check(Statement statement)
    {
    }

    /// <summary>A count in the statement's place and time. Yields nothing unless the statement asserts: promises, plans and denials are never counts.</summary>
    protected static IEnumerable<Claim> CountOf(Statement statement, Measure measure, Counted? counted, CutKind cut, string? batch = null, TimeSpoken? when = null)
    {
        if (counted is not null && statement.Modality is Modality.Asserted)
        {
            yield return new Claim.Count(
                new Quantity(measure, counted.Unit, counted.Category, statement.Where with { Batch = batch }, new Cut(cut, when ?? statement.About), counted.Group),
                counted.Bound);
        }
    }

    protected static Claim EventOf(Statement statement, string type, string? allegedAuthor = null, string? batch = null) =>
        new Claim.Happened(new Event(type, statement.Where with { Batch = batch }, statement.About, allegedAuthor), statement.Modality);

    /// <summary>Measures of how many there are at one time; the others count over a time.</summary>
    protected static CutKind CutFor(Measure measure) => measure switch
    {
        Measure.Remaining or Measure.Aboard or Measure.Present or Measure.WishedToLeave or Measure.Held => CutKind.At,
        Measure.Left or Measure.Passed or Measure.Arrived or Measure.Recorded or Measure.TurnedBack or Measure.Killed or Measure.Wounded or Measure.Harmed
            or Measure.Found or Measure.Received or Measure.Displaced or Measure.Delivered or Measure.Assigned or Measure.Sent or Measure.Burned or Measure.Released
            or Measure.Boarded or Measure.Born or Measure.GotOff or Measure.Transferred or Measure.Observed => CutKind.During,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>The measure as a verb phrase after the count.</summary>
    public static string Verb(Measure measure) => measure switch
    {
        Measure.Left => "left",
        Measure.Passed => "passed",
        Measure.Arrived => "arrived",
        Measure.Recorded => "recorded on arrival",
        Measure.Aboard => "aboard",
        Measure.Remaining => "still inside",
        Measure.WishedToLeave => "said to wish to leave",
        Measure.TurnedBack => "turned back",
        Measure.Held => "held",
        Measure.Killed => "killed",
        Measure.Wounded => "wounded",
        Measure.Harmed => "killed or wounded",
        Measure.Found => "found",
        Measure.Received => "received into care",
        Measure.Displaced => "displaced",
        Measure.Delivered => "delivered",
        Measure.Assigned => "assigned",
        Measure.Sent => "sent",
        Measure.Burned => "burned",
        Measure.Present => "present",
        Measure.Released => "released",
        Measure.Boarded => "boarded on the way",
        Measure.Born => "born on the way",
        Measure.GotOff => "got off on the way",
        Measure.Transferred => "moved to another vehicle",
        Measure.Observed => "observed",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}

/// <summary>What is done to a count, done where there is one.</summary>
internal static class Counts
{
    public static Counted? Maybe(this Func<Counted, Counted> instead, Counted? counted) => counted is null ? null : instead(counted);
}
