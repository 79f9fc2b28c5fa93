namespace Safeconduct.Tests.Core;

/// <summary>The project's own folder, found upwards from the tests: for pages, cases and the rules about the sources themselves.</summary>
internal static class Project
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Safeconduct.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from a clone of the project.");
    }
}
