using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Safeconduct.Statements;

namespace Safeconduct.Printing;

/// <summary>
/// A report's HTML as a tagged PDF: a browser's print of it, with no network, no script and a profile of its own that is thrown away. The HTML is what was hashed and published; the PDF says
/// at the head of every page, and among its properties, of which HTML it is a print. Two prints of one file are alike to the eye and not to the byte.
/// </summary>
public static partial class PdfPrint
{
    public static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(2);

    /// <param name="html">A whole report as <c>SitrepHtml</c> writes it.</param>
    /// <param name="browser">Path of a Chromium; see <see cref="Browser"/>.</param>
    /// <param name="limit">Then the browser is ended and the print refused.</param>
    /// <exception cref="RefusedException"><c>print.too-slow</c>, <c>print.failed</c>.</exception>
    public static async Task<byte[]> Of(ReadOnlyMemory<byte> html, string browser, TimeSpan limit, CancellationToken cancelled = default)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(html.Span));
        var folder = Directory.CreateTempSubdirectory("safeconduct-print-").FullName;
        try
        {
            var (page, pdf) = (Path.Combine(folder, "report.html"), Path.Combine(folder, "report.pdf"));
            await File.WriteAllBytesAsync(page, Headed(html, sha256), cancelled);
            var told = await Run(browser, Arguments(folder, page, pdf), folder, limit, cancelled);
            if (!File.Exists(pdf) || await File.ReadAllBytesAsync(pdf, cancelled) is not { Length: > 0 } printed)
            {
                throw new RefusedException("print.failed", $"The browser printed nothing{(told.Length == 0 ? "" : $"; it said: {Shown.Short(told)}")}. Try another with --browser PATH or {Browser.Variable}.", browser);
            }

            return Described(printed, sha256, TitleOf(html));
        }
        finally
        {
            Discard(folder);
        }
    }

    private static IEnumerable<string> Arguments(string folder, string page, string pdf) =>
    [
        "--headless=new",
        "--disable-gpu",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-extensions",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        $"--user-data-dir={Path.Combine(folder, "profile")}",

        // Nothing a page could ask for is to be had: no name resolves, and the proxy is a port where nobody listens.
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--proxy-server=127.0.0.1:9",

        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        $"--print-to-pdf={pdf}",

        // The system's own walls need a user that is not root; inside a container there often is none.
        .. OperatingSystem.IsLinux() && Environment.UserName == "root" ? (string[])["--no-sandbox"] : [],
        new Uri(page).AbsoluteUri,
    ];

    private static async Task<string> Run(string browser, IEnumerable<string> arguments, string folder, TimeSpan limit, CancellationToken cancelled)
    {
        var start = new ProcessStartInfo(browser) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["HOME"] = folder;
        start.Environment["TZ"] = "UTC";
        Process? started;
        try
        {
            started = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new RefusedException("print.failed", $"The browser can't be started: {e.Message}. Name another with --browser PATH or {Browser.Variable}.", browser);
        }

        using var process = started!;
        process.StandardInput.Close();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        late.CancelAfter(limit);
        try
        {
            var said = process.StandardError.ReadToEndAsync(late.Token);
            _ = process.StandardOutput.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return process.ExitCode == 0 ? "" : (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancelled.ThrowIfCancellationRequested();
            throw new RefusedException("print.too-slow", $"The browser took longer than {Shown.Number((long)limit.TotalSeconds)} seconds to print and was ended; try again when the machine is less busy, or take the HTML.", browser);
        }
    }

    /// <summary>The same page with one line at the head of each sheet, which says of which file it is a print.</summary>
    private static byte[] Headed(ReadOnlyMemory<byte> html, string sha256)
    {
        var text = Encoding.UTF8.GetString(html.Span);
        var end = text.IndexOf("</head>", StringComparison.Ordinal);
        return end < 0
            ? throw new RefusedException("print.not-a-report", "This is no report: it has no head.")
            : Encoding.UTF8.GetBytes(text.Insert(end, $"<style>@page {{ @top-right {{ content: \"Print of the HTML with SHA-256 {sha256}\"; font: 5.5pt \"Noto Sans Mono\", monospace; color: #5a6568; }} }}</style>\n"));
    }

    private static string TitleOf(ReadOnlyMemory<byte> html) =>
        Title().Match(Encoding.UTF8.GetString(html.Span)) is { Success: true } m ? System.Net.WebUtility.HtmlDecode(m.Groups["v"].Value) : "Situation report";

    /// <summary>
    /// An update appended to the file, as PDF 1.7 (ISO 32000-1, 7.5.6) has it, that replaces the document's properties. Where the file is not built as expected it is left as it is: the
    /// head of each page says the same.
    /// </summary>
    private static byte[] Described(byte[] pdf, string sha256, string title)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var at = text.LastIndexOf("startxref", StringComparison.Ordinal);
        var trailer = text.LastIndexOf("trailer", StringComparison.Ordinal);
        if (at < 0 || trailer < 0 || Previous().Match(text, at) is not { Success: true } previous || Root().Match(text, trailer) is not { Success: true } root || Size().Match(text, trailer) is not { Success: true } size)
        {
            return pdf;
        }

        var info = long.Parse(size.Groups["v"].ValueSpan, CultureInfo.InvariantCulture);
        var update = new StringBuilder("\n");
        var offset = pdf.Length + 1;
        update.Append(CultureInfo.InvariantCulture, $"{info} 0 obj\n<< /Title {Hex(title)} /Subject {Hex($"Print of the HTML with SHA-256 {sha256}")} /Keywords {Hex($"sha256:{sha256}")} /Creator {Hex("Safeconduct")} /Producer {Hex("Chromium")} >>\nendobj\n");
        var table = pdf.Length + update.Length;
        update.Append(CultureInfo.InvariantCulture, $"xref\n{info} 1\n{offset:D10} 00000 n \ntrailer\n<< /Size {info + 1} /Root {root.Groups["v"].Value} /Info {info} 0 R /Prev {previous.Groups["v"].Value} >>\nstartxref\n{table}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(update.ToString())];
    }

    /// <summary>Text in a PDF: UTF-16 with its mark, in hexadecimal.</summary>
    private static string Hex(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>A browser's helpers may still be writing for a moment after it has ended.</summary>
    private static void Discard(string folder)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && tries < 20)
            {
                Thread.Sleep(50);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What is left behind is a cache of a report's print in the folder for temporary files.
                return;
            }
        }
    }

    [GeneratedRegex("<title>(?<v>[^<]*)</title>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Title();

    [GeneratedRegex(@"startxref\s+(?<v>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Previous();

    [GeneratedRegex(@"/Root\s+(?<v>\d+ \d+ R)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Root();

    [GeneratedRegex(@"/Size\s+(?<v>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Size();
}
