namespace Safeconduct.Intake.Lexicons;

/// <summary>Digits as texts write them: 0 to 9, and the Arabic-Indic and Persian ones. Any other digit is no number here: a mixed or rare script is for a person to read.</summary>
internal static class Digits
{
    /// <summary>0 to 9, or -1.</summary>
    public static int Value(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= '\u0660' and <= '\u0669' => c - '\u0660',
        >= '\u06F0' and <= '\u06F9' => c - '\u06F0',
        _ => -1,
    };

    public static bool Is(char c) => Value(c) >= 0;
}
