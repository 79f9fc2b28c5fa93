namespace Safeconduct.Server.Access;

/// <summary>What an endpoint needs, as metadata on it. An endpoint without one stops the server from starting.</summary>
/// <param name="ReadsNoCookie">The endpoint knows nobody by a cookie, so that a page of another site gains nothing by sending one along.</param>
public sealed record Permission(Act? Act, string? WhyOpen, bool ReadsNoCookie = false);

/// <summary>How endpoints say who may use them, and how the ones behind the gate learn who asks.</summary>
public static class Permissions
{
    /// <summary>Only who may do this act, by <see cref="Rules"/>.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Act act)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Permission(act, null));

    /// <summary>Open to everybody, signed in or not; the reason stands beside it in the code.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint, string why)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Permission(null, why));

    /// <summary>The endpoint itself asks for a key of its own kind, before anything else, and takes no cookie; the reason stands beside it in the code.</summary>
    public static TBuilder ByOwnKey<TBuilder>(this TBuilder endpoint, string why)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Permission(null, why, ReadsNoCookie: true));

    /// <summary>Refuses to start with an endpoint that nobody said who may use.</summary>
    public static void CheckAll(IEnumerable<EndpointDataSource> sources)
    {
        var bare = sources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<Permission>() is null).Select(e => e.RoutePattern.RawText).ToList();
        if (bare.Count > 0)
        {
            throw new InvalidOperationException($"These endpoints say neither Requires(...) nor OpenToAll(...): {string.Join(", ", bare)}");
        }
    }

    public static Member Member(this HttpContext context) => (Member)context.Items[typeof(Member)]!;

    public static Member? MaybeMember(this HttpContext context) => context.Items.TryGetValue(typeof(Member), out var member) ? (Member?)member : null;

    public static CallingDevice Device(this HttpContext context) => (CallingDevice)context.Items[typeof(CallingDevice)]!;
}

/// <summary>The enrolled device that sends a request.</summary>
public sealed record CallingDevice(string Id, string Operation);
