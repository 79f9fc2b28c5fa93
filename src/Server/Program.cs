using Safeconduct.Server;

// safeconduct-server --data DIR [--urls http://localhost:PORT]
var options = ServerOptions.Read(args);
if (options.Problem is { } problem)
{
    Console.Error.WriteLine($"safeconduct serve: {problem}");
    return 2;
}

await using var app = ServerApp.Build(options);
await app.Start();
await app.Ended();
return 0;
