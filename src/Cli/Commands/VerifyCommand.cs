using System.CommandLine;
using System.Text.Json;
using Safeconduct.Cli.Operations;
using Safeconduct.Record;
using Safeconduct.Statements;
using Safeconduct.Storage.Files;
using Safeconduct.Storage.Keys;

namespace Safeconduct.Cli.Commands;

/// <summary><c>verify PATH</c>: re-derives every hash, signature, chain and tile of a record or a bundle. Trusts nothing; needs no server, and without keys opens no body.</summary>
internal static class VerifyCommand
{
    public static Command Make(Surroundings room)
    {
        var path = new Argument<string>("PATH") { Description = "A record's folder, or a bundle (a folder or a ZIP)." };
        var (keys, json) = (Shared.Keys(), Shared.Json());
        var command = new Command("verify", "Check a record or bundle: every signature, hash, chain, tile and body, and say what was checked.") { path, keys, json };
        command.SetAction(parsed =>
        {
            var report = Check(parsed.GetRequiredValue(path), parsed.GetValue(keys));
            if (parsed.GetValue(json))
            {
                PrintJson(room, report);
            }
            else
            {
                Print(room, report, "");
            }

            return report.IsRefuted ? CommandLine.InputIsWrong : CommandLine.Done;
        });
        return command;
    }

    /// <summary>Checks without changing a byte: it opens nothing for writing and repairs nothing. Bodies are opened where the operation's keys are beside the record.</summary>
    public static VerificationReport Check(string path, string? keys)
    {
        if (File.Exists(path) || File.Exists(Path.Combine(path, "MANIFEST")))
        {
            return Bundles.Check(path);
        }

        if (!Directory.Exists(path))
        {
            throw new RefusedException("store.not-found", "There is no such record or bundle.", path);
        }

        var keyFolder = OperationFolder.KeysOf(path, keys);
        using var opened = Directory.Exists(keyFolder) ? KeyFolder.Open(keyFolder, KeyFolder.PassphraseOfEnvironment()) : null;
        return FilesStore.Verify(path, new VerificationScope { Key = opened?.Keys.Bodies });
    }

    public static void Print(Surroundings room, VerificationReport report, string indent)
    {
        var c = report.Checked;
        (long Count, string What)[] counts =
        [
            (c.Entries, "entries: form, order, chain"),
            (c.Signatures, $"signatures of {Shown.Grouped(c.Devices)} keys (ES256)"),
            (report.Logged?.Size ?? 0, "entries under the signed checkpoint (Ed25519), tree and tiles derived anew"),
            (c.Blobs, "sealed or open bodies of their named hash and length"),
            (c.WrappedKeys, "wrapped keys of their name"),
            (c.OpenedBodies, "bodies opened and held to their signer's commitment"),
            (c.WithheldBodies, "bodies not included in this copy"),
        ];
        foreach (var (count, what) in counts.Where(p => p.Count > 0))
        {
            room.Output.WriteLine($"{indent}{Shown.Grouped(count),9}  {what}");
        }

        foreach (var finding in report.Findings)
        {
            room.Output.WriteLine($"{indent}{(finding.Weight is FindingWeight.Refutes ? "REFUTES" : "notable"),9}  {finding}");
        }

        room.Output.WriteLine($"{indent}     root  {report.Tree.Root} at size {Shown.Grouped(report.Tree.Size)}");
        room.Output.WriteLine(report.IsRefuted
            ? $"{indent}This is not the record that was signed."
            : $"{indent}Whole. An earlier state of the same record would look whole too: compare size and root with one you kept.");
    }

    private static void PrintJson(Surroundings room, VerificationReport report)
    {
        var c = report.Checked;
        var document = new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["refuted"] = report.IsRefuted,
            ["operation"] = report.Operation?.ToString(),
            ["size"] = report.Tree.Size,
            ["root"] = report.Tree.Root.ToString(),
            ["logged"] = report.Logged?.Size,
            ["checked"] = new SortedDictionary<string, long>(StringComparer.Ordinal)
            {
                ["entries"] = c.Entries,
                ["signatures"] = c.Signatures,
                ["keys"] = c.Devices,
                ["bodies"] = c.Bodies,
                ["blobs"] = c.Blobs,
                ["wrapped_keys"] = c.WrappedKeys,
                ["opened_bodies"] = c.OpenedBodies,
                ["withheld_bodies"] = c.WithheldBodies,
            },
            ["findings"] = report.Findings.Select(f => new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["weight"] = f.Weight.ToString().ToLowerInvariant(),
                ["code"] = f.Code,
                ["place"] = f.Place,
                ["entry"] = f.Entry?.Value,
                ["message"] = f.Message,
            }).ToList(),
        };
        room.Output.WriteLine(JsonSerializer.Serialize(document, Pretty));
    }

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };
}
