using NodaTime;
using Safeconduct.Intake.Texts.Proposals;
using Safeconduct.Statements;
using Safeconduct.Statements.Places;

namespace Safeconduct.Intake.Texts;

/// <summary>A text to be read, and all that its reading depends on.</summary>
/// <param name="Original">As it came; it is never edited.</param>
/// <param name="Published">On which day: weekdays and "yesterday" count from it. Null where nobody knows; such words then stay unresolved.</param>
/// <param name="Language">BCP 47; null lets the reader tell it from the text.</param>
public sealed record TextRequest(string Original, LocalDate? Published, string? Language = null, Gazetteer? Places = null);

/// <summary>What a text claims, and what was left unread.</summary>
/// <param name="Lexicon">The version of the rules: the same text under the same version reads the same.</param>
/// <param name="SetAside">Stretches that are no part of the text: buttons, captions, bylines.</param>
/// <param name="NotRead">What the language lacks here, in sentences: nothing is guessed in its place.</param>
/// <param name="Problems">With any of these that is not a remark there are no proposals.</param>
public sealed record TextReading(
    string Original,
    string Language,
    string Lexicon,
    IReadOnlyList<Proposal> Proposals,
    IReadOnlyList<Span> SetAside,
    IReadOnlyList<string> NotRead,
    IReadOnlyList<Problem> Problems)
{
    public bool Understood => Problems.Count == 0;
}

/// <summary>From a text to proposals. The rules are one; a language model behind a leash may be another. Neither records anything.</summary>
public interface IExtractor
{
    /// <param name="progress">Called with the number of characters read.</param>
    ValueTask<TextReading> Read(TextRequest request, Action<int>? progress = null, CancellationToken stop = default);
}
