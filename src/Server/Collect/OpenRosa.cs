using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Safeconduct.Intake.Forms;
using Safeconduct.Server.Access;
using Safeconduct.Statements;

namespace Safeconduct.Server.Collect;

/// <summary>A refusal as a phone shows it, always of the 400s: one of the 500s says that the same form may be taken later.</summary>
internal sealed class FormRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static FormRefusal Of(Problem problem, int status = StatusCodes.Status400BadRequest) => new(status, problem.Code, problem.Place.Length == 0 ? problem.Message : $"{problem.Message} ({problem.Place})");
}

/// <summary>The answers of OpenRosa 1.0: headers, and XML in UTF-8. Source: the OpenRosa 1.0 pages on metadata, form discovery and form submission (docs.getodk.org/openrosa).</summary>
internal static class OpenRosa
{
    /// <summary>Bytes of one post at most; a form with more is sent in several posts.</summary>
    public const long LargestPost = 10 * 1024 * 1024;

    public const string ContentType = "text/xml; charset=utf-8";

    private const string ListNamespace = "http://openrosa.org/xforms/xformsList";
    private const string ManifestNamespace = "http://openrosa.org/xforms/xformsManifest";
    private const string ResponseNamespace = "http://openrosa.org/http/response";

    /// <summary>Whether an answer to this request must be one that a phone's form client reads.</summary>
    public static bool IsSpokenAt(PathString path) => path.StartsWithSegments("/key") || path.StartsWithSegments("/openrosa");

    public static void WriteHeaders(HttpResponse response)
    {
        response.Headers["X-OpenRosa-Version"] = "1.0";
        response.Headers["X-OpenRosa-Accept-Content-Length"] = Shown.Number(LargestPost);
        response.Headers.CacheControl = "no-store";
    }

    public static Task Write(HttpContext context, int status, byte[] xml)
    {
        WriteHeaders(context.Response);
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = HttpMethods.IsHead(context.Request.Method) ? null : xml.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(xml).AsTask();
    }

    public static Task Refuse(HttpContext context, int status, string code, string message)
    {
        context.Response.Headers["X-Safeconduct-Code"] = code;
        var language = (context.Items[typeof(AppUser)] as AppUser)?.Language ?? FormLanguage.All[0].Tag;
        return Write(context, status, Response("error", FormWords.Refusal(status >= StatusCodes.Status500InternalServerError ? "not-now" : code, message, language), null));
    }

    /// <param name="submission">Named in the answer where it was taken.</param>
    public static byte[] Response(string nature, string message, Submission? submission) => Xml(xml =>
    {
        xml.WriteStartElement("OpenRosaResponse", ResponseNamespace);
        xml.WriteStartElement("message", ResponseNamespace);
        xml.WriteAttributeString("nature", nature);
        xml.WriteString(Plain(message));
        xml.WriteEndElement();
        if (submission is not null)
        {
            xml.WriteStartElement("submissionMetadata", "http://www.opendatakit.org/xforms");
            xml.WriteAttributeString("id", submission.FormId);
            xml.WriteAttributeString("instanceID", Plain(submission.InstanceId));
            xml.WriteAttributeString("version", submission.Version);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <param name="root">The address under which this key has its forms, without a slash at its end.</param>
    public static byte[] FormList(IEnumerable<OfferedForm> forms, string root, bool verbose) => Xml(xml =>
    {
        xml.WriteStartElement("xforms", ListNamespace);
        foreach (var form in forms)
        {
            xml.WriteStartElement("xform", ListNamespace);
            xml.WriteElementString("formID", ListNamespace, form.Form.Id);
            xml.WriteElementString("name", ListNamespace, form.Name);
            xml.WriteElementString("version", ListNamespace, form.Version);
            xml.WriteElementString("hash", ListNamespace, form.Hash);
            if (verbose)
            {
                xml.WriteElementString("descriptionText", ListNamespace, form.Description);
            }

            xml.WriteElementString("downloadUrl", ListNamespace, $"{root}/forms/{form.Form.Id}");
            if (form.Form.AsksPlace)
            {
                xml.WriteElementString("manifestUrl", ListNamespace, $"{root}/forms/{form.Form.Id}/manifest");
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    public static byte[] Manifest(OfferedForm form, byte[] places, string root) => Xml(xml =>
    {
        xml.WriteStartElement("manifest", ManifestNamespace);
        if (form.Form.AsksPlace)
        {
            xml.WriteStartElement("mediaFile", ManifestNamespace);
            xml.WriteElementString("filename", ManifestNamespace, PlacesFile.Name);
            xml.WriteElementString("hash", ManifestNamespace, HashOf(places));
            xml.WriteElementString("downloadUrl", ManifestNamespace, $"{root}/forms/{form.Form.Id}/files/{PlacesFile.Name}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

#pragma warning disable CA5351 // The protocol's own: it tells a changed file from an unchanged one and guards nothing.
    public static string HashOf(byte[] bytes) => "md5:" + Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    /// <summary>The address that a phone reached this server by. A proxy on this machine is believed about it; nobody else is.</summary>
    public static string AddressOf(HttpContext context)
    {
        var request = context.Request;
        var isBehindProxy = context.Connection.RemoteIpAddress is { } from && System.Net.IPAddress.IsLoopback(from);
        var scheme = isBehindProxy && request.Headers["X-Forwarded-Proto"].ToString() is "https" ? "https" : request.Scheme;
        var host = isBehindProxy && request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } told && HostString.FromUriComponent(told) is { HasValue: true } forwarded ? forwarded : request.Host;
        return $"{scheme}://{host.ToUriComponent()}{request.PathBase}";
    }

    private static byte[] Xml(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            write(xml);
        }

        return bytes.ToArray();
    }

    // A phone's own words may hold what XML can't.
    private static string Plain(string text) => string.Concat(text.EnumerateRunes().Select(r => (r.Value < 0x20 && r.Value != '\n') || r.Value is 0xFFFE or 0xFFFF ? " " : r.ToString()));
}
