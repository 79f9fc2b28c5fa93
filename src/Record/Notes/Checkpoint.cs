using System.Globalization;

namespace Safeconduct.Record;

/// <summary>
/// The log's signed statement of its size and root: whoever holds one can later show that the log was changed. Source: C2SP
/// tlog-checkpoint; <c>formats/checkpoint.md</c>.
/// </summary>
public sealed record Checkpoint(OperationId Operation, TreeHead Tree)
{
    /// <summary>The name of an operation's log and of its key.</summary>
    public static string OriginOf(OperationId operation) => $"safeconduct/{operation}";

    public string Text => FormattableString.Invariant($"{OriginOf(Operation)}\n{Tree.Size}\n{Convert.ToBase64String(Tree.Root.ToArray())}\n");

    public byte[] Sign(ICheckpointSigner signer) => SignedNote.Sign(Text, OriginOf(Operation), signer);

    /// <summary>Reads a checkpoint signed by the operation's log key, or says why it is not believed.</summary>
    public static Checkpoint? Read(ReadOnlySpan<byte> bytes, OperationId operation, ReadOnlySpan<byte> key, out Fault? fault)
    {
        if (SignedNote.Read(bytes, OriginOf(operation), key, out fault) is not { } text)
        {
            return null;
        }

        var lines = text.Split('\n');
        Span<byte> root = stackalloc byte[Hash.Length];
        if (lines.Length == 4 && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && Convert.TryFromBase64String(lines[2], root, out var length) && length == Hash.Length)
        {
            var checkpoint = new Checkpoint(operation, new TreeHead(size, new Hash(root)));
            if (checkpoint.Text == text)
            {
                return checkpoint;
            }
        }

        fault = new Fault("checkpoint.form", "not the three lines origin, size and root");
        return null;
    }

    /// <summary>
    /// The size without believing it: for a store or bundle that must know how far its own files should reach before it knows any key. The root has no part in it: one that
    /// was changed into no hash at all is for the signature to find, as any other change.
    /// </summary>
    public static long? SizeUnchecked(ReadOnlySpan<byte> bytes)
    {
        var lines = System.Text.Encoding.UTF8.GetString(bytes).Split('\n');
        return lines.Length >= 4 && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
    }
}
