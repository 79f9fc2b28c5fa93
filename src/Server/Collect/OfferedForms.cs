using System.Collections.Concurrent;
using Safeconduct.Intake.Forms;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Server.Operations;
using Safeconduct.Statements;

namespace Safeconduct.Server.Collect;

/// <summary>A form as it is offered now, in one language first.</summary>
/// <param name="Hash">Of the exact bytes, as the protocol writes it.</param>
internal sealed record OfferedForm(FieldForm Form, string Version, string Name, string Description, byte[] Xml, string Hash);

/// <summary>All that one operation offers: forms, their file of places, and the versions that phones may still hold.</summary>
/// <param name="Earlier">Questions of each version that was ever offered, by form id and version.</param>
internal sealed record Offer(IReadOnlyDictionary<string, IReadOnlyList<OfferedForm>> ByLanguage, byte[] Places, IReadOnlyDictionary<(string Id, string Version), IReadOnlySet<string>> Earlier)
{
    public IReadOnlyList<OfferedForm> In(string language) => ByLanguage.GetValueOrDefault(language) ?? ByLanguage[FormLanguage.All[0].Tag];

    /// <summary>The form that a filled-in one is read with: as it is now. One of an earlier version is read too, as long as every question it asked is still asked.</summary>
    /// <exception cref="FormRefusal">404 <c>form.unknown</c>; 409 <c>form.other-version</c>.</exception>
    public FieldForm FormOf(Submission submission)
    {
        var now = In(FormLanguage.All[0].Tag).FirstOrDefault(f => f.Form.Id == submission.FormId)
            ?? throw new FormRefusal(StatusCodes.Status404NotFound, "form.unknown", $"This operation has no form '{Shown.Short(submission.FormId)}'. Get the forms again; what you filled in stays on your phone.");
        if (submission.Version == now.Version)
        {
            return now.Form;
        }

        return Earlier.TryGetValue((submission.FormId, submission.Version), out var questions) && now.Form.AsksAll(questions)
            ? now.Form
            : throw new FormRefusal(StatusCodes.Status409Conflict, "form.other-version", $"This was filled in with version '{Shown.Short(submission.Version)}' of the form, which can't be read here; the version now offered is {now.Version}. Get the form again. What you filled in stays on your phone: read it to the room, or fill it in anew.");
    }
}

/// <summary>
/// What each operation offers, made once. A form is put into the record before it is offered: what comes back can be read against it for as long as the record lasts, whatever becomes of
/// this program.
/// </summary>
internal sealed class OfferedForms(HostedOperations operations)
{
    private readonly ConcurrentDictionary<string, (HostedOperation Of, Lazy<Task<Offer>> Offer)> offers = new(StringComparer.Ordinal);

    public async Task<Offer> Of(HostedOperation operation)
    {
        var known = offers.GetOrAdd(operation.Slug, _ => (operation, Begin(operation)));
        if (known.Of != operation)
        {
            offers[operation.Slug] = known = (operation, Begin(operation));
        }

        try
        {
            return await known.Offer.Value;
        }
        catch
        {
            offers.TryRemove(operation.Slug, out _);
            throw;
        }
    }

    private Lazy<Task<Offer>> Begin(HostedOperation operation) => new(() => Make(operation));

    private async Task<Offer> Make(HostedOperation operation)
    {
        var forms = FieldForm.Of(operation.Operation).Select(f => (Form: f, Version: XForm.VersionOf(f))).ToList();
        var offered = FormLanguage.All.ToDictionary(
            l => l.Tag,
            l => (IReadOnlyList<OfferedForm>)[.. forms.Select(f => Offered(f.Form, f.Version, l))],
            StringComparer.Ordinal);
        var earlier = await operation.Write((book, _) =>
        {
            var kept = Kept(book.Snapshot().Documents);
            foreach (var form in offered[FormLanguage.All[0].Tag].Where(f => !kept.ContainsKey((f.Form.Id, f.Version))))
            {
                book.Keep([new NewBody(form.Xml, DocumentMedia.OfferedForm)], operations.Now);
            }

            return Kept(book.Snapshot().Documents);
        });
        return new Offer(offered, PlacesFile.Write(operation.Operation.Gazetteer), earlier);
    }

    private static OfferedForm Offered(FieldForm form, string version, FormLanguage language)
    {
        var xml = XForm.Write(form, version, language);
        return new OfferedForm(form, version, FormWords.Of(form.Title, language.Tag), FormWords.Of(form.Title + ".about", language.Tag), xml, OpenRosa.HashOf(xml));
    }

    private static Dictionary<(string Id, string Version), IReadOnlySet<string>> Kept(IEnumerable<KeptDocument> documents)
    {
        var kept = new Dictionary<(string, string), IReadOnlySet<string>>();
        foreach (var document in documents.Where(d => d.Media[0] == DocumentMedia.OfferedForm))
        {
            // Written here, and signed: what can't be read is of a program newer than this one.
            if (XForm.Asked(document.First) is { } form)
            {
                kept[(form.Id, form.Version)] = form.Questions;
            }
        }

        return kept;
    }
}
