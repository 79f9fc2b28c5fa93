using System.CommandLine;

namespace Safeconduct.Cli.Commands;

/// <summary>Options that several commands share, made anew for each so that help stands where it is used.</summary>
internal static class Shared
{
    public static Option<string> Operation() => new("--operation", "-o")
    {
        Description = "The folder of the operation's record, made by init.",
        Required = true,
        HelpName = "DIR",
    };

    public static Option<string?> Keys() => new("--keys")
    {
        Description = "The folder of the operation's keys, where it is not DIR.keys.",
        HelpName = "DIR",
    };

    public static Option<bool> Json() => new("--json") { Description = "One JSON document on stdout and nothing else." };

    public static Option<string?> AsOf() => new("--as-of")
    {
        Description = "Only what was known then, on the operation's clock: 2016-12-16T18:00, or a day (its end).",
        HelpName = "TIME",
    };

    public static Option<string> Known()
    {
        var option = new Option<string>("--known")
        {
            Description = "Statements whose hour of publication is not stated: 'possibly' counts them from that day's start, 'certainly' from its end.",
            DefaultValueFactory = _ => "possibly",
        };
        option.AcceptOnlyFromAmong("possibly", "certainly");
        return option;
    }

    public static Option<string> Lens() => new("--lens")
    {
        Description = "Which statements count: kind:un, source:NAME, role:guarantor, basis:counted, grade:B2+, not, and, or; all, own-observers, without:NAME.",
        DefaultValueFactory = _ => "all",
        HelpName = "LENS",
    };

    public static Option<string?> Places() => new("--places")
    {
        Description = "The GeoJSON of the places, where it is not places.geojson beside the list.",
        HelpName = "FILE",
    };

    public static Option<string?> Terms() => new("--terms")
    {
        Description = "The agreement whose terms are read, where it is not the record's own or agreement.terms beside the list.",
        HelpName = "FILE",
    };

    public static Option<string?> TimeZone() => new("--time-zone")
    {
        Description = "The operation's clock, such as Asia/Damascus.",
        HelpName = "ZONE",
    };

    public static Option<string> Audience()
    {
        var option = new Option<string>("--for")
        {
            Description = "Whom it is for. What may not leave the room is left out, and counted.",
            DefaultValueFactory = _ => "room",
        };
        option.AcceptOnlyFromAmong("room", "parties", "public");
        return option;
    }
}
