using System.Security.Cryptography;
using System.Text;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Bytes;
using Safeconduct.Statements.Sources;
using Safeconduct.Statements.Times;

namespace Safeconduct.Intake.Texts.Confirming;

/// <summary>A text and what holds for every claim taken from it.</summary>
/// <param name="Original">As it came. Its SHA-256 is that of its UTF-8 bytes, and spans count its UTF-16 characters.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Publisher">Whose text it is: the outermost of those who pass its claims on, and the one who says what it says in its own voice.</param>
/// <param name="Title">Of the text, for its citation.</param>
/// <param name="Handling">A text that anybody can read is public; a message to the room is not.</param>
public sealed record ReviewedText(string Original, string Language, Moment Published, Source Publisher, string? Title = null, Handling Handling = Handling.Room)
{
    private const int ShownOfHash = 12;

    private (string Of, string Hash)? _hashed;

    public string Sha256
    {
        get
        {
            // A copy made with another text has this field too, and must not answer for it.
            if (_hashed is not { } known || !ReferenceEquals(known.Of, Original))
            {
                _hashed = (Original, HashOf(Original));
            }

            return _hashed.Value.Hash;
        }
    }

    /// <summary>"Title, publisher, day": what was read.</summary>
    public string Citation => string.Join(", ", new[] { Title, Publisher.Name, Published.ToString() }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>The same text, span and kind of claim always give the same id, so that what is confirmed twice is one.</summary>
    public StatementId IdOf(Span span, ClaimKind kind) => IdOf(Sha256, span, kind);

    public static StatementId IdOf(string sha256, Span span, ClaimKind kind) => new($"T-{sha256[..ShownOfHash]}-{Shown.Number(span.Start)}-{Shown.Number(span.End)}-{Token.Of(kind)}");

    public static string HashOf(string original) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(original)));
}
