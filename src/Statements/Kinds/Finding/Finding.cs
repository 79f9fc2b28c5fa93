using System.Text.Json;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Claims;
using Safeconduct.Statements.Times;

namespace Safeconduct.Statements.Kinds.Finding;

/// <summary>What the mission finds from certain statements, put to a party for reply before it is adopted. A reply is a statement of the party's that replies to this one.</summary>
/// <param name="Text">The finding in neutral words.</param>
/// <param name="RestsOn">The statements that it rests on, at least one.</param>
/// <param name="To">The party that may reply.</param>
/// <param name="ReplyBy">Until when a reply is waited for.</param>
public sealed record Finding(string Text, IReadOnlyList<StatementId> RestsOn, Party To, Moment ReplyBy) : Said
{
    public const string Name = "finding";
    public const int MostRestsOn = 1000;

    public override string Kind => Name;

    public static Finding Read(Fields f)
    {
        f.Only("text", "about", "to", "reply_by");
        return new(f.Text("text"), ReadRestsOn(f), f.Read("to", Party.Read), f.MomentOf("reply_by"));
    }

    public override void Check(Statement statement)
    {
        if (RestsOn.Count == 0)
        {
            throw new RefusedException("finding.about-nothing", "A finding rests on statements; name at least one in 'about'.", "said.about");
        }

        if (RestsOn.Contains(statement.Id))
        {
            throw new RefusedException("finding.about-itself", "A finding can't rest on itself.", "said.about");
        }

        if (RestsOn.GroupBy(id => id).FirstOrDefault(g => g.Skip(1).Any())?.Key is { } twice)
        {
            throw new RefusedException("finding.about-twice", $"{twice} is named twice.", "said.about");
        }
    }

    /// <summary>None. A finding is drawn from statements; a claim from it would count them a second time.</summary>
    public override IEnumerable<Claim> Claims(Statement statement) => [];

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("text", Text);
        json.Write("about", RestsOn.Select(id => id.Value).ToList());
        To.Write(json, "to");
        json.WriteString("reply_by", ReplyBy.ToString());
    }

    public override string ToString() => $"put to {To} for reply by {ReplyBy}: {Text} (rests on {string.Join(", ", RestsOn)})";

    private static List<StatementId> ReadRestsOn(Fields f)
    {
        try
        {
            return [.. (f.MaybeTexts("about", MostRestsOn) ?? []).Select(id => new StatementId(id))];
        }
        catch (RefusedException refused) when (refused.Problem.Place.Length == 0)
        {
            throw refused.Within($"{f.Path}.about");
        }
    }
}
