using Microsoft.Extensions.FileProviders;

namespace Safeconduct.Server.Web;

/// <summary>The built pages of the room and of the field app, as files.</summary>
internal static class Pages
{
    public static void UsePages(this WebApplication app, string? web)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path == "/" || context.Request.Path == "/room" || context.Request.Path == "/field")
            {
                context.Response.Redirect(context.Request.Path == "/field" ? "/field/" : "/room/");
                return Task.CompletedTask;
            }

            return next(context);
        });
        foreach (var name in (string[])["room", "field"])
        {
            var folder = web is null ? null : Path.Combine(web, name);
            if (folder is null || !Directory.Exists(folder))
            {
                continue;
            }

            var files = new PhysicalFileProvider(folder);
            app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, RequestPath = $"/{name}" });
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                RequestPath = $"/{name}",
                ContentTypeProvider = Types(),
                OnPrepareResponse = answer =>
                {
                    // Built files carry their hash in their name; the page and the worker that name them are asked for anew.
                    var isBuilt = answer.Context.Request.Path.Value!.Contains("/assets/", StringComparison.Ordinal);
                    answer.Context.Response.Headers.CacheControl = isBuilt ? "public, max-age=31536000, immutable" : "no-cache";
                },
            });
        }
    }

    private static Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider Types()
    {
        var types = new Microsoft.AspNetCore.StaticFiles.FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        return types;
    }
}
