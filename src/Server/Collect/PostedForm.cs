using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Safeconduct.Intake.Forms;
using Safeconduct.Statements;

namespace Safeconduct.Server.Collect;

/// <summary>
/// One post of a phone, read to its end: the filled-in form, and files beside it, which wait on the disk under drawn names until it is known what becomes of them. Disposing of it leaves
/// nothing of it behind.
/// </summary>
/// <param name="IsIncomplete">More posts of the same form follow.</param>
/// <param name="Files">Where each file waits, by the name that the phone gave it.</param>
internal sealed record PostedForm(byte[] Xml, bool IsIncomplete, IReadOnlyDictionary<string, string> Files) : IDisposable
{
    private const int MostParts = 40;
    private const string FormPart = "xml_submission_file";
    private const string IncompletePart = "*isIncomplete*";

    /// <exception cref="FormRefusal">415 <c>post.not-multipart</c>, 400 <c>post.*</c>, <c>form.attachment-name</c>, 413 <c>post.too-large</c>.</exception>
    public static async Task<PostedForm> Read(HttpRequest request, string folder, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data" || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            throw new FormRefusal(StatusCodes.Status415UnsupportedMediaType, "post.not-multipart", "A filled-in form is sent as multipart/form-data with a part xml_submission_file. This came otherwise, and nothing of it was kept.");
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        byte[]? xml = null;
        var (isIncomplete, parts, isTaken) = (false, 0, false);
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = OpenRosa.LargestPost, HeadersLengthLimit = 8 * 1024 };
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                if (++parts > MostParts)
                {
                    throw new FormRefusal(StatusCodes.Status400BadRequest, "post.too-many-parts", $"A post has at most {Shown.Number(MostParts)} parts. Nothing of it was kept.");
                }

                var (name, fileName) = NamesOf(section.ContentDisposition ?? "");
                switch (name)
                {
                    case FormPart when xml is not null:
                        throw new FormRefusal(StatusCodes.Status400BadRequest, "post.two-forms", "A post carries one form, and this one carries two. Nothing of it was kept.");
                    case FormPart:
                        xml = await Small(section.Body, Submission.Largest + 1, cancel);
                        break;
                    case IncompletePart:
                        isIncomplete |= Encoding.UTF8.GetString(await Small(section.Body, 16, cancel)).Trim().ToUpperInvariant() is "YES" or "TRUE";
                        break;
                    default:
                        if (fileName is null)
                        {
                            // A field beside the form (some clients say their device's id) is no file and nothing that anybody stated.
                            await section.Body.CopyToAsync(Stream.Null, cancel);
                            break;
                        }

                        if (!files.TryAdd(CheckedName(fileName), ""))
                        {
                            throw new FormRefusal(StatusCodes.Status400BadRequest, "post.two-files", $"Two files of this post have the name '{Shown.Short(fileName)}'. Nothing of it was kept.");
                        }

                        files[fileName] = await Waiting(section.Body, folder, cancel);
                        break;
                }
            }

            isTaken = xml is not null;
            return new PostedForm(xml ?? throw new FormRefusal(StatusCodes.Status400BadRequest, "post.no-form", "The post has no part xml_submission_file, so there is no form in it. Nothing of it was kept."), isIncomplete, files);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && !cancel.IsCancellationRequested))
        {
            // The reader says by an IOException that the post ended before its last boundary; what goes wrong on this disk is said by Waiting itself.
            throw new FormRefusal(StatusCodes.Status400BadRequest, "post.not-readable", "The post can't be taken apart into its parts. Nothing of it was kept; send it again.");
        }
        finally
        {
            if (!isTaken)
            {
                Forget(files.Values);
            }
        }
    }

    public void Dispose() => Forget(Files.Values);

    private static void Forget(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(p => p.Length > 0))
        {
            File.Delete(path);
        }
    }

    private static string CheckedName(string name)
    {
        try
        {
            return FormReading.CheckedName(name);
        }
        catch (RefusedException e)
        {
            throw FormRefusal.Of(e.Problem);
        }
    }

    private static async Task<byte[]> Small(Stream body, int most, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            // One more than is read of a form: it is then refused as too large, with the sentence for that.
            bytes.Write(buffer, 0, (int)Math.Min(read, most - bytes.Length));
        }

        return bytes.ToArray();
    }

    private static async Task<string> Waiting(Stream body, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".waiting");
        var isWhole = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
            var buffer = new byte[1 << 16];
            int read;
            while ((read = await body.ReadAsync(buffer, cancel)) > 0)
            {
                await Written(file, buffer.AsMemory(0, read), cancel);
            }

            isWhole = true;
            return path;
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(path);
            }
        }
    }

    private static async Task Written(FileStream file, ReadOnlyMemory<byte> piece, CancellationToken cancel)
    {
        try
        {
            await file.WriteAsync(piece, cancel);
        }
        catch (IOException)
        {
            throw new FormRefusal(StatusCodes.Status503ServiceUnavailable, "post.not-written", "The server can't write now. What you filled in stays on your phone; send it again later, and tell the room.");
        }
    }

    /// <summary>
    /// The two names of a part (RFC 7578, 4.2): of the field, and of the file where it is one. The header's bytes are read as UTF-8, as phones write them; <c>filename*</c> (RFC 8187) goes
    /// before <c>filename</c> where a client sends both.
    /// </summary>
    internal static (string? Name, string? FileName) NamesOf(string disposition)
    {
        string? name = null, fileName = null, extended = null;
        for (var i = disposition.IndexOf(';', StringComparison.Ordinal); i >= 0 && i < disposition.Length; i = disposition.IndexOf(';', i))
        {
            var equals = disposition.IndexOf('=', i);
            if (equals < 0)
            {
                break;
            }

            var key = disposition[(i + 1)..equals].Trim().ToUpperInvariant();
            var value = new StringBuilder();
            i = equals + 1;
            while (i < disposition.Length && disposition[i] is ' ' or '\t')
            {
                i++;
            }

            if (i < disposition.Length && disposition[i] == '"')
            {
                for (i++; i < disposition.Length && disposition[i] != '"'; i++)
                {
                    // Only a mark is ever escaped: a stroke before anything else is part of the name, and a path is refused later.
                    value.Append(disposition[i] == '\\' && i + 1 < disposition.Length && disposition[i + 1] is '"' or '\\' ? disposition[++i] : disposition[i]);
                }

                i = Math.Min(i + 1, disposition.Length);
            }
            else
            {
                for (; i < disposition.Length && disposition[i] != ';'; i++)
                {
                    value.Append(disposition[i]);
                }
            }

            switch (key)
            {
                case "NAME":
                    name = value.ToString().Trim();
                    break;
                case "FILENAME":
                    fileName = value.ToString().Trim();
                    break;
                case "FILENAME*":
                    extended = Extended(value.ToString().Trim());
                    break;
            }
        }

        return (name, extended ?? fileName);
    }

    private static string? Extended(string value)
    {
        var parts = value.Split('\'', 3);
        if (parts.Length != 3 || !parts[0].Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new List<byte>();
        for (var i = 0; i < parts[2].Length; i++)
        {
            if (parts[2][i] == '%' && i + 2 < parts[2].Length && byte.TryParse(parts[2].AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(parts[2][i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
