using System.Globalization;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Safeconduct.Server.Access;
using Safeconduct.Server.Accounts;
using Safeconduct.Server.Agreements;
using Safeconduct.Server.Alerts;
using Safeconduct.Server.Audit;
using Safeconduct.Server.Collect;
using Safeconduct.Server.Devices;
using Safeconduct.Server.Features;
using Safeconduct.Server.Feeds;
using Safeconduct.Server.Findings;
using Safeconduct.Server.Health;
using Safeconduct.Server.Incoming;
using Safeconduct.Server.Live;
using Safeconduct.Server.Operations;
using Safeconduct.Server.Partners;
using Safeconduct.Server.Publishing;
using Safeconduct.Server.Verifying;
using Safeconduct.Server.Situation;
using Safeconduct.Server.Statements;
using Safeconduct.Server.Sync;
using Safeconduct.Server.Texts;
using Safeconduct.Server.Web;
using Safeconduct.Server.Webhooks;

namespace Safeconduct.Server;

/// <summary>The server put together: what it serves, and what every request passes through. Starts only when every endpoint says who may use it.</summary>
public sealed class ServerApp : IAsyncDisposable
{
    /// <summary>No address takes more than this unless it says so.</summary>
    private const int LargestRequest = 256 * 1024;

    private const string Began = "began";

    private readonly WebApplication app;

    private ServerApp(WebApplication app) => this.app = app;

    private string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static ServerApp Build(ServerOptions options)
    {
        Directory.CreateDirectory(options.Data);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = options.Data, EnvironmentName = "Production" });
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls).ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = LargestRequest;
            k.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            k.Limits.MaxConcurrentConnections = 4096;
            k.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Logging.ClearProviders().AddJsonConsole(c => c.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ").AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Safeconduct", LogLevel.Information);
        builder.Services.AddSingleton(options);
        AddServices(builder.Services, new DataFolder(options.Data), options.LongestSession);
        var app = builder.Build();
        Pass(app, options);
        MapAll(app);
        Permissions.CheckAll(((IEndpointRouteBuilder)app).DataSources);
        return new ServerApp(app);
    }

    /// <summary>Opens what lies in the data folder, then listens; then says where, and how the first administrator gets in.</summary>
    public async Task Start()
    {
        using (var scope = app.Services.CreateScope())
        {
            await AccountsSchema.Prepare(scope.ServiceProvider.GetRequiredService<AccountsDb>());
        }

        // The feed hears of every operation from the first one on.
        app.Services.GetRequiredService<LiveFeed>();
        app.Services.GetRequiredService<WebhookCourier>();
        app.Services.GetRequiredService<Uploads>().Sweep(DateTimeOffset.UtcNow);
        app.Services.GetRequiredService<HostedOperations>().OpenAll();
        app.Services.GetRequiredService<Parts>().Begin(() => app.Services.GetRequiredService<HostedOperations>().All.Select(o => o.Slug));
        await app.StartAsync();
        Console.Out.WriteLine($"Safeconduct serves {Address}/");
        if (await InvitationEndpoints.ForFirstAdministrator(app.Services, TimeProvider.System) is { } code)
        {
            Console.Out.WriteLine($"Nobody runs this server yet. Open this address once, within a day: {Address}/room/#/invitation/{code}");
        }

        Console.Out.Flush();
        app.Services.GetRequiredService<Readiness>().IsOpen = true;
    }

    /// <summary>Until somebody stops it; then requests under way are finished.</summary>
    public Task Ended() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static void AddServices(IServiceCollection services, DataFolder folder, TimeSpan longestSession)
    {
        services.AddSingleton(folder);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<HostedOperations>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Figures>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<AppUsers>();
        services.AddSingleton<Digest>();
        services.AddSingleton<OfferedForms>();
        services.AddSingleton<Parts>();
        services.AddSingleton<Assessments>();
        services.AddSingleton<Composing>();
        services.AddSingleton<Printer>();
        services.AddSingleton<SearchTexts>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<FeedKeys>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<WebhookCourier>();
        services.AddHostedService(s => s.GetRequiredService<WebhookCourier>());
        services.AddSingleton<FeatureShelves>();
        services.AddProblemDetails();

        // What can't be read is answered as every refusal is, with its place, and not with an empty page.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ProblemAnswers>();
        services.AddDbContextFactory<AccountsDb>(o => o.UseSqlite(new SqliteConnectionStringBuilder { DataSource = folder.Accounts, DefaultTimeout = 30, Pooling = true }.ToString()));
        services.AddDbContext<AccountsDb>(optionsLifetime: ServiceLifetime.Singleton);
        services.AddDataProtection().SetApplicationName("safeconduct").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(folder.Keys, "sessions")));
        AddIdentity(services, longestSession);
        services.AddAntiforgery(a =>
        {
            a.HeaderName = "X-Safeconduct-Csrf";
            a.Cookie.Name = "safeconduct-csrf";
            a.Cookie.SameSite = SameSiteMode.Strict;
            a.Cookie.HttpOnly = true;
            a.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddRateLimiter(Limits);
        services.AddResponseCompression(c =>
        {
            // Bodies of the interface hold no secret that a guesser could find by their length: the token is in its own answer, which is not compressed.
            c.EnableForHttps = true;
            c.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/geo+json", "application/manifest+json"];
        });
        services.ConfigureHttpJsonOptions(j =>
        {
            j.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            j.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.AddOpenApi("v1", o => o.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
        services.AddRouting();
    }

    private static void AddIdentity(IServiceCollection services, TimeSpan longestSession)
    {
        services.AddIdentityCore<Account>(o =>
        {
            o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            o.Lockout.MaxFailedAccessAttempts = 8;
            o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            // Names are people's own, in any script.
            o.User.AllowedUserNameCharacters = "";
        }).AddEntityFrameworkStores<AccountsDb>().AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, c =>
        {
            c.Cookie.Name = "safeconduct";
            c.Cookie.HttpOnly = true;
            c.Cookie.SameSite = SameSiteMode.Strict;
            c.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Two hours without a request end a session; so does its whole length, however busy it was.
            c.ExpireTimeSpan = TimeSpan.FromHours(2);
            c.SlidingExpiration = true;
            c.Events = new CookieAuthenticationEvents
            {
                OnSigningIn = context =>
                {
                    context.Properties.Items[Began] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                    return Task.CompletedTask;
                },
                OnValidatePrincipal = async context =>
                {
                    if (!long.TryParse(context.Properties.Items.TryGetValue(Began, out var at) ? at : null, NumberStyles.None, CultureInfo.InvariantCulture, out var began)
                        || DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(began) > longestSession)
                    {
                        context.RejectPrincipal();
                        return;
                    }

                    await SecurityStampValidator.ValidatePrincipalAsync(context);
                },
                OnRedirectToLogin = context => { context.Response.StatusCode = StatusCodes.Status401Unauthorized; return Task.CompletedTask; },
                OnRedirectToAccessDenied = context => { context.Response.StatusCode = StatusCodes.Status403Forbidden; return Task.CompletedTask; },
            };
        }).AddCookie(IdentityConstants.TwoFactorUserIdScheme).AddCookie(IdentityConstants.ExternalScheme);
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
    }

    private static void Limits(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            const string Sentence = "Too many requests from this address in a short time. Nothing is lost; wait and try again.";
            await (OpenRosa.IsSpokenAt(rejected.HttpContext.Request.Path)
                ? OpenRosa.Refuse(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "rate.limited", Sentence)
                : ProblemAnswers.Write(rejected.HttpContext, ProblemAnswers.Of(StatusCodes.Status429TooManyRequests, "rate.limited", Sentence)));
        };
        limits.AddPolicy(SessionEndpoints.SignInLimit, c => RateLimitPartition.GetTokenBucketLimiter(c.Connection.RemoteIpAddress, _ => new TokenBucketRateLimiterOptions { TokenLimit = 60, TokensPerPeriod = 30, ReplenishmentPeriod = TimeSpan.FromMinutes(1), AutoReplenishment = true }));
        limits.AddPolicy(DeviceEndpoints.EnrolLimit, c => RateLimitPartition.GetTokenBucketLimiter(c.Connection.RemoteIpAddress, _ => new TokenBucketRateLimiterOptions { TokenLimit = 600, TokensPerPeriod = 300, ReplenishmentPeriod = TimeSpan.FromMinutes(1), AutoReplenishment = true }));
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(c =>
            // All phones of a mission stand behind one address and often share one key: a key that is known has room for all of them at once, and one that is not has its address's.
            OpenRosa.IsSpokenAt(c.Request.Path)
                ? c.RequestServices.GetRequiredService<AppUsers>().Asking(c.Request) is { } user
                    ? RateLimitPartition.GetTokenBucketLimiter("k" + user, _ => new TokenBucketRateLimiterOptions { TokenLimit = 20_000, TokensPerPeriod = 10_000, ReplenishmentPeriod = TimeSpan.FromSeconds(10), AutoReplenishment = true })
                    : RateLimitPartition.GetTokenBucketLimiter("f" + c.Connection.RemoteIpAddress, _ => new TokenBucketRateLimiterOptions { TokenLimit = 2000, TokensPerPeriod = 1000, ReplenishmentPeriod = TimeSpan.FromSeconds(10), AutoReplenishment = true })
                : c.Request.Headers.Authorization.Count > 0
                ? RateLimitPartition.GetTokenBucketLimiter("d" + Secrets.HashOf(c.Request.Headers.Authorization.ToString()), _ => new TokenBucketRateLimiterOptions { TokenLimit = 600, TokensPerPeriod = 300, ReplenishmentPeriod = TimeSpan.FromSeconds(10), AutoReplenishment = true })
                : RateLimitPartition.GetTokenBucketLimiter("a" + (c.Request.Cookies["safeconduct"] is { } cookie ? Secrets.HashOf(cookie) : c.Connection.RemoteIpAddress?.ToString()), _ => new TokenBucketRateLimiterOptions { TokenLimit = 2000, TokensPerPeriod = 1000, ReplenishmentPeriod = TimeSpan.FromSeconds(10), AutoReplenishment = true }));
    }

    private static void Pass(WebApplication app, ServerOptions options)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<Hardening>();
        app.UseResponseCompression();
        app.UsePages(options.Web);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<Gate>();
    }

    private static void MapAll(WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        SessionEndpoints.Map(api);
        InvitationEndpoints.Map(api);
        OwnAccountEndpoints.Map(api);
        OperationEndpoints.Map(api);
        DeviceEndpoints.Map(api);
        AuditEndpoints.Map(api);
        SyncEndpoints.Map(api);
        StatementEndpoints.Map(api);
        ExportEndpoint.Map(api);
        IncomingEndpoints.Map(api);
        TextEndpoints.Map(api);
        SituationEndpoints.Map(api);
        AgreementEndpoints.Map(api);
        DraftEndpoints.Map(api);
        ReportEndpoints.Map(api);
        FindingEndpoints.Map(api);
        LiveEndpoints.Map(api);
        RecordEndpoints.Map(api);
        BundleEndpoints.Map(api);
        FeedKeyEndpoints.Map(api);
        WebhookEndpoints.Map(api);
        FeedEndpoints.Map(app);
        CollectEndpoints.Map(api);
        OpenRosaEndpoints.Map(app);
        AlertEndpoints.Map(api);
        TextPage.Map(app);
        FeatureEndpoints.Map(app);
        HealthEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").OpenToAll("The interface's description holds nothing of any operation.");
    }
}
