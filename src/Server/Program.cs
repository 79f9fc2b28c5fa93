using Safeconduct.Server;
using Safeconduct.Server.Keeping;

// safeconduct-server --data DIR [--urls http://localhost:PORT], or backup, or restore
if (KeepingCommands.IsOne(args))
{
    return KeepingCommands.Run(args, Console.Out, Console.Error);
}

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
