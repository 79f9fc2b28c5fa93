using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Safeconduct.Statements;

namespace Safeconduct.Server.Webhooks;

/// <summary>What came of one try. A status of null: nobody answered, or the address may not be called.</summary>
internal sealed record Posted(int? Status, string? Error)
{
    public bool IsTaken => Status is >= 200 and < 300;
}

/// <summary>Sends one signed message. Follows no redirect, keeps no cookie, asks no proxy, reads no answer beyond its status, and waits no longer than it says.</summary>
internal sealed class WebhookPost : IDisposable
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(15);
    private readonly Reach reach;
    private readonly TimeProvider clock;
    private readonly HttpClient client;

    public WebhookPost(ServerOptions options, TimeProvider clock)
    {
        this.clock = clock;
        reach = new Reach(options.WebhooksToPrivate, options.WebhooksToLoopback);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None, MaxResponseHeadersLength = 16,

            // A name is looked up for every try, and what was looked up is what is called.
            PooledConnectionLifetime = TimeSpan.Zero, ConnectCallback = Connect,
        })
        { Timeout = LongestTry };
    }

    public void Dispose() => client.Dispose();

    /// <summary>Refuses an address that would never be called, where that can be told before it is tried.</summary>
    /// <exception cref="RefusedException"><c>webhook.url</c>, <c>webhook.not-https</c>, <c>webhook.private-address</c>.</exception>
    public async Task<Uri> Checked(string? url)
    {
        if (url is not { Length: > 0 and <= 2000 } || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.Host.Length == 0)
        {
            throw new RefusedException("webhook.url", "Write the whole address, https://..., without a name, a password or a # in it, in at most 2,000 characters.", "url");
        }

        if (uri.Scheme is "http" && !reach.AllowsPlain(uri))
        {
            throw new RefusedException("webhook.not-https", "A webhook leads to an https address.", "url");
        }

        try
        {
            _ = (await AddressesOf(uri.IdnHost, default)).Any(reach.Allows) ? true : throw Closed();
        }
        catch (SocketException)
        {
            // Not known yet, or not at this moment: the test of the webhook says so.
        }

        return uri;
    }

    public async Task<Posted> Send(string url, string secret, string id, string body, CancellationToken cancel)
    {
        var unix = clock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", Shown.Number(unix));
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(secret, id, unix, body));
        request.Headers.Add("idempotency-key", id);
        request.Headers.UserAgent.ParseAdd("Safeconduct-Webhooks/1");
        try
        {
            if (request.RequestUri!.Scheme is "http" && !reach.AllowsPlain(request.RequestUri))
            {
                return new Posted(null, "this address may be called by https alone");
            }

            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var status = (int)answer.StatusCode;
            return new Posted(status, status is >= 300 and < 400 ? "answered with a redirect, which is not followed" : null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Posted(null, $"no answer within {Shown.Number((long)LongestTry.TotalSeconds)} seconds");
        }
        catch (HttpRequestException failed)
        {
            // The inside of a failure would tell who asks what listens where.
            return new Posted(null, failed.InnerException is RefusedException refused ? refused.Problem.Message : failed.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "the name of the address is not known",
                HttpRequestError.SecureConnectionError => "no secure connection came about: look at the certificate",
                _ => "no connection came about",
            });
        }
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var allowed = (await AddressesOf(context.DnsEndPoint.Host, cancel)).Where(reach.Allows).ToArray();
        if (allowed.Length == 0)
        {
            throw Closed();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IPAddress[]> AddressesOf(string host, CancellationToken cancel) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancel);

    private static RefusedException Closed() =>
        new("webhook.private-address", "The address leads into a private network or to this machine; only whoever runs the server can allow that.", "url");
}
