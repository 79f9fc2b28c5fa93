using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Safeconduct.Intake.Forms;
using Safeconduct.Record;
using Safeconduct.Record.Books;
using Safeconduct.Server.Access;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Health;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Statements;
using Safeconduct.Statements;

namespace Safeconduct.Server.Collect;

/// <summary>
/// OpenRosa 1.0 for phones of partners: <c>formats/openrosa.md</c>. Under <c>/key/{token}</c> for clients whose server is an address with a token in it, and under
/// <c>/openrosa/{op}</c> for those that ask for a name and a password. What a phone sends is taken whole or not at all, and sent again it changes nothing.
/// </summary>
internal static class OpenRosaEndpoints
{
    private const string Why = "A phone of a partner has a token in the address, or answers a challenge; both are checked before anything else of it is read.";

    /// <summary>Room for the boundaries between the parts.</summary>
    private const long LargestRequest = OpenRosa.LargestPost + (64 * 1024);

    private static readonly HashSet<string> Pictures = new(StringComparer.Ordinal) { "image/jpeg", "image/png", "image/webp" };

    public static void Map(WebApplication app)
    {
        foreach (var root in (string[])["/key/{token}", "/openrosa/{op}"])
        {
            var group = app.MapGroup(root);
            group.MapGet("/formList", Answering(FormList)).ByOwnKey(Why);
            group.MapGet("/forms/{id}", Answering(Form)).ByOwnKey(Why);
            group.MapGet("/forms/{id}/manifest", Answering(Manifest)).ByOwnKey(Why);
            group.MapGet("/forms/{id}/files/{name}", Answering(Places)).ByOwnKey(Why);
            group.MapMethods("/submission", ["HEAD"], Answering(Head)).ByOwnKey(Why);
            group.MapPost("/submission", Answering(Submit)).ByOwnKey(Why).WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        }
    }

    // As a delegate of its own, so that the description of the interface names the address.
    private static Delegate Answering(Func<HttpContext, Asked, Task> answer) => (HttpContext c) => Answered(c, answer);

    /// <summary>What a request is allowed to: its key, the operation of it, and the address under which that key has its forms.</summary>
    private sealed record Asked(AppUser User, HostedOperation Operation, string Root);

    private static async Task Answered(HttpContext context, Func<HttpContext, Asked, Task> answer)
    {
        try
        {
            if (await Authenticated(context) is { } asked)
            {
                await answer(context, asked);
            }
        }
        catch (FormRefusal r)
        {
            await OpenRosa.Refuse(context, r.Status, r.Code, r.Message);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge && !context.Response.HasStarted)
        {
            await OpenRosa.Refuse(context, StatusCodes.Status413PayloadTooLarge, "post.too-large", $"A post has at most {Shown.Number(OpenRosa.LargestPost / (1024 * 1024))} MB here. Send fewer photos at once, or smaller ones. Nothing of it was kept.");
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await OpenRosa.Refuse(context, e.StatusCode, "post.not-readable", "The post ended before its end, or can't be read. Nothing of it was kept; send it again.");
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested || e is Microsoft.AspNetCore.Connections.ConnectionResetException)
        {
            // The line broke: nobody hears an answer, and nothing was kept.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            if (e is not RecordException)
            {
                context.RequestServices.GetRequiredService<ILogger<ProblemAnswers>>().Fault(e);
            }

            await OpenRosa.Refuse(context, StatusCodes.Status503ServiceUnavailable, (e as RecordException)?.Code ?? "server.fault", "The server can't take anything now. What you filled in stays on your phone; send it again later, and tell the room.");
        }
    }

    private static async Task<Asked?> Authenticated(HttpContext context)
    {
        var users = context.RequestServices.GetRequiredService<AppUsers>();
        AppUser? user;
        string root;
        if (context.GetRouteValue("token") is string token)
        {
            user = users.Find(token);
            root = $"{OpenRosa.AddressOf(context)}/key/{token}";
            if (user is null)
            {
                // Not 401: a phone would ask for a name and a password, which there are none of here, and show no sentence. Nobody knows any more whose it was: in every language.
                await OpenRosa.Refuse(context, StatusCodes.Status403Forbidden, "key.unknown", string.Join('\n', FormLanguage.All.Select(l => FormWords.Of("answer.key.unknown", l.Tag))));
                return null;
            }
        }
        else
        {
            var op = (string)context.GetRouteValue("op")!;
            root = $"{OpenRosa.AddressOf(context)}/openrosa/{op}";
            user = await Challenged(context, op, users);
            if (user is null)
            {
                return null;
            }
        }

        context.Items[typeof(AppUser)] = user;
        await users.Heard(user);
        var operation = context.RequestServices.GetRequiredService<HostedOperations>().Find(user.Operation)
            ?? throw new FormRefusal(StatusCodes.Status404NotFound, "operation.not-open", "The operation of this key is not open on this server now. What you filled in stays on your phone; tell the room.");
        return new Asked(user, operation, root);
    }

    private static async Task<AppUser?> Challenged(HttpContext context, string op, AppUsers users)
    {
        var digest = context.RequestServices.GetRequiredService<Digest>();
        var header = context.Request.Headers.Authorization.ToString();
        var user = Digest.UserOf(header) is { } id ? users.FindById(id) : null;
        var outcome = user is not null && user.Operation == op
            ? digest.Check(header, context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget, user)
            : DigestOutcome.Refused;
        if (outcome is DigestOutcome.Accepted)
        {
            return user;
        }

        context.Response.Headers.WWWAuthenticate = digest.Challenge(op, outcome is DigestOutcome.Stale);
        await OpenRosa.Refuse(context, StatusCodes.Status401Unauthorized, "key.unknown", "Give the name and the password of a key of this operation. What you filled in stays on your phone.");
        return null;
    }

    private static async Task FormList(HttpContext context, Asked asked)
    {
        var offer = await OfferOf(context, asked);
        var query = context.Request.Query;
        var wanted = query["formID"].ToString();
        var forms = offer.In(asked.User.Language).Where(f => wanted.Length == 0 || f.Form.Id == wanted);
        await OpenRosa.Write(context, StatusCodes.Status200OK, OpenRosa.FormList(forms, asked.Root, query["verbose"].ToString() is "true" or "1"));
    }

    private static async Task Form(HttpContext context, Asked asked) => await OpenRosa.Write(context, StatusCodes.Status200OK, (await Found(context, asked)).Form.Xml);

    private static async Task Manifest(HttpContext context, Asked asked)
    {
        var (form, offer) = await Found(context, asked);
        await OpenRosa.Write(context, StatusCodes.Status200OK, OpenRosa.Manifest(form, offer.Places, asked.Root));
    }

    private static async Task Places(HttpContext context, Asked asked)
    {
        var (form, offer) = await Found(context, asked);
        if (!form.Form.AsksPlace || context.GetRouteValue("name") as string != PlacesFile.Name)
        {
            throw new FormRefusal(StatusCodes.Status404NotFound, "file.unknown", "This form has no such file.");
        }

        OpenRosa.WriteHeaders(context.Response);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.ContentLength = offer.Places.Length;
        await context.Response.Body.WriteAsync(offer.Places);
    }

    // Exactly this answer: clients take any other for an address that redirects or is no server for forms.
    private static Task Head(HttpContext context, Asked asked)
    {
        OpenRosa.WriteHeaders(context.Response);
        context.Response.Headers.Location = $"{asked.Root}/submission";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task Submit(HttpContext context, Asked asked)
    {
        var services = context.RequestServices;
        var figures = services.GetRequiredService<Figures>();
        try
        {
            using var post = await PostedForm.Read(context.Request, services.GetRequiredService<Parts>().WaitingOf(asked.User.Operation), context.RequestAborted);
            var (status, message, submission) = await Take(context, asked, post);
            figures.Took(status == StatusCodes.Status201Created ? 1 : 0);
            context.Response.Headers.Location = $"{asked.Root}/submission";
            await OpenRosa.Write(context, status, OpenRosa.Response("submit_success", message, submission));
        }
        catch (FormRefusal r)
        {
            figures.Refused(1);
            services.GetRequiredService<AuditLog>().Add(asked.User.Operation, asked.User.Id, "app-user", "form-refused", "submission", r.Code);
            throw;
        }
    }

    private static async Task<(int Status, string Message, Submission Submission)> Take(HttpContext context, Asked asked, PostedForm post)
    {
        var (services, op) = (context.RequestServices, asked.User.Operation);
        var submission = Understood(Submission.Read(post.Xml));
        var form = (await OfferOf(context, asked)).FormOf(submission);
        var named = Refusing(() => FormReading.PicturesOf(form, submission));
        var files = post.Files.Where(f => named.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        var parts = services.GetRequiredService<Parts>();
        var now = StatementEndpoints.NowIn(asked.Operation.Operation.Zone, services.GetRequiredService<TimeProvider>());
        if (named.Count == 0 && !post.IsIncomplete && parts.FindForm(op, submission.InstanceId) is null)
        {
            return await HandIn(context, asked, submission, form, post.Xml, [], now);
        }

        // Whatever can be found wrong without all of the files is found before anything is kept.
        var media = files.ToDictionary(f => f.Key, f => MediaOf(f.Key, f.Value), StringComparer.Ordinal);
        Understood(FormReading.Of(submission, form, asked.Operation.Operation, asked.User.Collector, [AttachedOf(post.Xml, FormReading.FormMedia)], now));

        using var turn = await parts.Turn(op, submission.InstanceId, context.RequestAborted);
        // An answer that was lost on the way makes a phone send again what is recorded already, whole or in part.
        if (await Recorded(asked, submission) is { } recorded)
        {
            return Again(asked, submission, recorded, files.Values.Select(File.ReadAllBytes));
        }

        // What waits was not recorded and nobody was told that it was: other answers take its place, and so does another photo of the same name.
        var goesOn = parts.FindForm(op, submission.InstanceId) is { } first && Submission.Read(first).Value?.SaysTheSame(submission) == true;
        if (post.IsIncomplete)
        {
            parts.Keep(op, submission.InstanceId, post.Xml, files, goesOn);
            return (StatusCodes.Status202Accepted, Answer("answer.part", asked, submission), submission);
        }

        var paths = named.Select(n => (Name: n, Path: files.GetValueOrDefault(n) ?? (goesOn ? parts.Find(op, submission.InstanceId, n) : null))).ToList();
        if (paths.Find(p => p.Path is null) is { Name: not null } missing)
        {
            throw new FormRefusal(StatusCodes.Status400BadRequest, "form.attachment-missing", $"The form names the photo '{Shown.Short(missing.Name)}', and it did not come with it. Send the form again with its photos, or take the photo out of it. Nothing of this post was kept.");
        }

        var bodies = paths.Select(p => (Media: media.GetValueOrDefault(p.Name) ?? MediaOf(p.Name, p.Path!), Bytes: File.ReadAllBytes(p.Path!))).DistinctBy(b => Hash.Of(b.Bytes)).ToList();
        var taken = await HandIn(context, asked, submission, form, post.Xml, bodies, now);
        parts.Forget(op, submission.InstanceId);
        return taken;
    }

    private static async Task<(int Status, string Message, Submission Submission)> HandIn(HttpContext context, Asked asked, Submission submission, FieldForm form, byte[] xml, IReadOnlyList<(string Media, byte[] Bytes)> pictures, Safeconduct.Statements.Times.Moment now)
    {
        var attached = pictures.Select(p => AttachedOf(p.Bytes, p.Media)).Prepend(AttachedOf(xml, FormReading.FormMedia)).ToList();
        var statements = Understood(FormReading.Of(submission, form, asked.Operation.Operation, asked.User.Collector, attached, now));
        var files = pictures.Select(p => (ReadOnlyMemory<byte>)p.Bytes).Prepend(xml).ToList();
        var answer = await asked.Operation.HandIn(new HandedIn(statements, files), context.RequestServices.GetRequiredService<HostedOperations>().Now);
        return answer switch
        {
            { Refused.Code: "book.same-id-other-words" } => await Recorded(asked, submission) is { } recorded ? Again(asked, submission, recorded, pictures.Select(p => p.Bytes)) : throw Differs(),
            { Refused: { } problem } => throw FormRefusal.Of(problem),
            { IsRecorded: true } => (StatusCodes.Status201Created, Answer("answer.received", asked, submission), submission),
            _ => (StatusCodes.Status202Accepted, Answer("answer.again", asked, submission), submission),
        };
    }

    /// <summary>The answer to a form that is recorded already: success where it says the same, with the same pictures as far as they came.</summary>
    private static (int Status, string Message, Submission Submission) Again(Asked asked, Submission submission, (Submission? Form, IReadOnlyList<string> Pictures) recorded, IEnumerable<byte[]> pictures) =>
        recorded.Form?.SaysTheSame(submission) == true && pictures.All(p => recorded.Pictures.Contains(Hash.Of(p).ToString()))
            ? (StatusCodes.Status202Accepted, Answer("answer.again", asked, submission), submission)
            : throw Differs();

    /// <summary>The form as it is recorded for this filling-in, and the SHA-256 of its pictures; null where it is not recorded.</summary>
    private static Task<(Submission? Form, IReadOnlyList<string> Pictures)?> Recorded(Asked asked, Submission submission) =>
        asked.Operation.ReadLog<(Submission? Form, IReadOnlyList<string> Pictures)?>((book, _) =>
        {
            if (book.Find(FormReading.IdOf(submission.InstanceId)) is not { } entered)
            {
                return null;
            }

            var attached = entered.Statement.Attached.Select(a => a.Sha256).ToList();
            return (book.FindAttached(entered, Hash.Parse(attached[0])!.Value) is { } xml ? Submission.Read(xml).Value : null, attached[1..]);
        });

    private static string Answer(string key, Asked asked, Submission submission) => FormWords.Of(key, asked.User.Language).Replace("{id}", FormReading.IdOf(submission.InstanceId).Value, StringComparison.Ordinal);

    private static FormRefusal Differs() => new(StatusCodes.Status409Conflict, "form.same-id-other-answers", "A form with this id was received before, with other answers or other photos. The first stands, and nothing was changed. If something in it is wrong, ask the room to record a correction, or fill in a new form.");

    private static Attached AttachedOf(byte[] bytes, string media) => new(Hash.Of(bytes).ToString(), media);

    // By its first bytes and not by what it is said to be: JPEG (ITU T.81), PNG (RFC 2083), WebP (RFC 9649).
    private static string MediaOf(string name, string path)
    {
        Span<byte> head = stackalloc byte[12];
        using (var file = File.OpenRead(path))
        {
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        var media = head switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
            _ => "",
        };
        return Pictures.Contains(media) ? media : throw new FormRefusal(StatusCodes.Status415UnsupportedMediaType, "form.not-a-photo", $"'{Shown.Short(name)}' is no photo that is taken here: JPEG, PNG or WebP. Nothing of this post was kept.");
    }

    private static async Task<Offer> OfferOf(HttpContext context, Asked asked) => await context.RequestServices.GetRequiredService<OfferedForms>().Of(asked.Operation);

    private static async Task<(OfferedForm Form, Offer Offer)> Found(HttpContext context, Asked asked)
    {
        var offer = await OfferOf(context, asked);
        var id = context.GetRouteValue("id") as string;
        return (offer.In(asked.User.Language).FirstOrDefault(f => f.Form.Id == id) ?? throw new FormRefusal(StatusCodes.Status404NotFound, "form.unknown", $"This operation has no form '{Shown.Short(id)}'. Get the list of forms again."), offer);
    }

    private static T Understood<T>(Parsed<T> parsed)
        where T : class => parsed.Value ?? throw FormRefusal.Of(parsed.Problems[0]);

    private static T Refusing<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (RefusedException e)
        {
            throw FormRefusal.Of(e.Problem);
        }
    }
}
