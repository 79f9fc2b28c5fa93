namespace Safeconduct.Intake.Tables;

/// <summary>The core hashtags of HXL 1.1 (hxlstandard.org, dictionary of version 1.1), and which of them hold what.</summary>
internal static class HxlTags
{
    public static IReadOnlyList<string> Core { get; } =
    [
        "#access", "#activity", "#adm1", "#adm2", "#adm3", "#adm4", "#adm5", "#affected", "#beneficiary", "#capacity", "#cause", "#channel", "#contact", "#country", "#crisis", "#currency",
        "#date", "#description", "#event", "#frequency", "#geo", "#group", "#impact", "#indicator", "#inneed", "#item", "#loc", "#meta", "#modality", "#need", "#operations", "#org", "#output",
        "#population", "#reached", "#region", "#respondee", "#sector", "#service", "#severity", "#status", "#subsector", "#targeted", "#value",
    ];

    /// <summary>Names out of a small stock that comes back in row after row, so that a rare one beside a frequent one is likely a slip.</summary>
    private static readonly HashSet<string> Repeating =
    [
        "#org", "#sector", "#subsector", "#status", "#beneficiary", "#access", "#frequency", "#item", "#operations", "#service", "#channel", "#modality", "#currency", "#impact", "#group", "#severity",
        "#region", "#country", "#adm1", "#adm2", "#adm3", "#adm4", "#adm5", "#loc",
    ];

    private static readonly HashSet<string> Counted = ["#population", "#affected", "#inneed", "#targeted", "#reached", "#value"];

    /// <summary>Whether it is one of the core, or an extension of somebody's own (<c>#x_…</c>).</summary>
    public static bool IsKnown(string tag) => tag.StartsWith("#x_", StringComparison.Ordinal) || Core.Contains(tag, StringComparer.Ordinal);

    public static bool IsPlace(string tag) => tag is "#region" or "#country" or "#loc" || tag.StartsWith("#adm", StringComparison.Ordinal);

    public static bool IsDate(string tag) => tag == "#date";

    public static bool IsNumber(string tag, HashSet<string> attributes) => Counted.Contains(tag) || (tag is "#indicator" or "#output" && attributes.Contains("num"));

    public static bool IsRepeating(string tag, HashSet<string> attributes) => Repeating.Contains(tag) || (tag == "#indicator" && attributes.Contains("name"));

    /// <summary>The most degrees either way; null where it is no latitude or longitude.</summary>
    public static int? MostDegrees(string tag, HashSet<string> attributes) => tag != "#geo" ? null : attributes.Contains("lat") ? 90 : attributes.Contains("lon") ? 180 : null;
}
