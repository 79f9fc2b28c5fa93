using System.Collections.Concurrent;
using Safeconduct.Printing;
using Safeconduct.Server.Access;
using Safeconduct.Statements;

namespace Safeconduct.Server.Publishing;

/// <summary>
/// Prints published editions with the machine's Chromium: one at a time, since each takes a core and some hundred megabytes, and with few who wait. The last few prints are kept in
/// memory by the hash of the HTML, which never changes.
/// </summary>
internal sealed class Printer : IDisposable
{
    private const int MostWaiting = 6;
    private const int MostKept = 4;
    private readonly SemaphoreSlim gate = new(1);
    private readonly ConcurrentDictionary<string, byte[]> kept = new(StringComparer.Ordinal);
    private int waiting;

    /// <exception cref="ServerRefusal"><c>print.busy</c>, <c>print.no-browser</c>, <c>print.failed</c>.</exception>
    public async Task<byte[]> Print(ReadOnlyMemory<byte> html, string sha256, CancellationToken cancelled)
    {
        if (kept.TryGetValue(sha256, out var found))
        {
            return found;
        }

        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw Unavailable("print.busy", "Several reports are being printed; ask again in a minute, or take the HTML.");
        }

        try
        {
            await gate.WaitAsync(cancelled);
            try
            {
                if (kept.TryGetValue(sha256, out found))
                {
                    return found;
                }

                var printed = await PdfPrint.Of(html, Browser.Needed(null), PdfPrint.UsualLimit, cancelled);
                if (kept.Count >= MostKept)
                {
                    kept.Clear();
                }

                return kept[sha256] = printed;
            }
            finally
            {
                gate.Release();
            }
        }
        catch (RefusedException refused)
        {
            // What the browser said, and where it lies, are for whoever runs the server.
            throw Unavailable(refused.Problem.Code, refused.Problem.Code is "print.no-browser"
                ? "This server has no browser to print with: whoever runs it installs Chromium. The HTML, DOCX and Markdown can be had."
                : "The browser of this server printed nothing; ask again, or take the HTML.");
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose() => gate.Dispose();

    private static ServerRefusal Unavailable(string code, string detail) => new(StatusCodes.Status503ServiceUnavailable, code, detail);
}
