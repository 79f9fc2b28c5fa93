using System.Text;
using Safeconduct.Situation.Agreements;
using Safeconduct.Situation.Agreements.Wording;
using Safeconduct.Statements;

namespace Safeconduct.Cli.Operations;

/// <summary>The file of an agreement, as <c>formats/agreement.md</c> says.</summary>
internal static class AgreementFile
{
    /// <summary>What the file is called where it stands beside a statement list.</summary>
    public const string Name = "agreement.terms";

    public static Agreement Read(string path, Operation operation) => Understood(InputFile.Read(path), operation, path);

    /// <exception cref="RefusedException">With every error of the text, each with its line.</exception>
    public static Agreement Understood(ReadOnlyMemory<byte> text, Operation operation, string place)
    {
        var written = AgreementReader.Read(text.Span, operation);
        return written.Agreement ?? throw InputFile.AsRefusal([.. written.Errors.Select(p => p.AsProblem())], place);
    }
}
